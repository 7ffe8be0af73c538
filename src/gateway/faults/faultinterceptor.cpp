// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/faults/faultinterceptor.h"

#include "builtin/catalogue.h"
#include "gateway/faults/faultwriter.h"

#include <QCoreApplication>

namespace diptych {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::FaultInterceptor", source);
}

std::optional<Error> refusalOf(const Fault &fault)
{
    if (fault.kind == Fault::Kind::RateLimit) {
        return Error {.kind = Error::Kind::RateLimited,
            .message = text("The model faulty was asked to refuse: too many requests."),
            .providerCode = QStringLiteral("rate_limit_exceeded"),
            .retryAfter = fault.retryAfter};
    }
    if (fault.kind == Fault::Kind::Error) {
        return Error {.kind = Error::Kind::Provider,
            .httpStatus = fault.status,
            .message = text("The model faulty was asked to fail."),
            .providerCode = QStringLiteral("asked_to_fail")};
    }
    return std::nullopt;
}

} // namespace

FaultInterceptor::FaultInterceptor(IsFaulty isFaulty)
    : m_isFaulty(isFaulty ? std::move(isFaulty) : [](const QString &model) { return model == faultyModel; })
{
}

Interceptor::Outcome FaultInterceptor::intercept(const Call &call)
{
    if (!m_isFaulty(call.model))
        return {};
    const Result<std::optional<Fault>> fault = findFault(call.body);
    if (!fault)
        return {.refusal = fault.error()};
    if (!*fault)
        return {};
    if (const auto refusal = refusalOf(**fault))
        return {.refusal = refusal};
    return {.writer = std::make_unique<FaultWriter>(**fault, call.writer)};
}

} // namespace diptych
