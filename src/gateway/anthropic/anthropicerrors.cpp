// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/anthropic/anthropicerrors.h"

#include "gateway/openai/errorencoder.h"

#include <QJsonDocument>

namespace diptych {

namespace {

constexpr int overloaded = 529;

int anthropicStatusOf(const Error &error)
{
    if (error.kind == Error::Kind::Unsupported)
        return error.httpStatus == 405 && error.parameter.isEmpty() ? 405 : 400;
    const int status = statusOf(error);
    return error.kind == Error::Kind::Provider && status == 503 ? overloaded : status;
}

QString typeOf(int status)
{
    switch (status) {
    case 401:
        return QStringLiteral("authentication_error");
    case 403:
        return QStringLiteral("permission_error");
    case 404:
        return QStringLiteral("not_found_error");
    case 413:
        return QStringLiteral("request_too_large");
    case 429:
        return QStringLiteral("rate_limit_error");
    case 504:
        return QStringLiteral("timeout_error");
    case overloaded:
        return QStringLiteral("overloaded_error");
    default:
        return status < 500 ? QStringLiteral("invalid_request_error") : QStringLiteral("api_error");
    }
}

} // namespace

QJsonObject anthropicError(const Error &error)
{
    const QJsonObject inner {{QStringLiteral("type"), typeOf(anthropicStatusOf(error))},
        {QStringLiteral("message"), messageWithPath(error)}};
    QJsonObject object {{QStringLiteral("type"), QStringLiteral("error")}, {QStringLiteral("error"), inner}};
    if (!error.requestId.isEmpty())
        object.insert(QStringLiteral("request_id"), error.requestId);
    return object;
}

SurfaceAnswer encodeAnthropicError(const Error &error, const QJsonObject &)
{
    const int status = anthropicStatusOf(error);
    return {.status = status,
        .headers = errorHeaders(error, status),
        .body = QJsonDocument(anthropicError(error)).toJson(QJsonDocument::Compact)};
}

} // namespace diptych
