// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/azure/modellistfallback.h"

#include <QCoreApplication>

#include <utility>

namespace diptych::azure {

namespace {

bool isMissingRoute(const Error &error)
{
    return error.httpStatus == 404 || error.httpStatus == 405 || error.httpStatus == 410 || error.httpStatus == 424;
}

} // namespace

ModelListFallback::ModelListFallback(std::unique_ptr<ModelListReply> first, Ask second, QString defaultModel)
    : m_current(std::move(first))
    , m_second(std::move(second))
    , m_defaultModel(std::move(defaultModel))
{
    follow();
}

ModelListFallback::~ModelListFallback() = default;

void ModelListFallback::follow()
{
    connect(m_current.get(), &Reply::retryScheduled, this, &Reply::retryScheduled);
    connect(m_current.get(), &Reply::attemptStarted, this, &Reply::attemptStarted);
    connect(m_current.get(), &Reply::finished, this, &ModelListFallback::takeResult);
}

void ModelListFallback::takeResult()
{
    const std::optional<Error> error = m_current->error();
    rememberAttempts();
    if (!error) {
        setResponse(m_current->response());
        finish();
        return;
    }
    if (!m_firstError)
        m_firstError = error;
    if (!isMissingRoute(*error)) {
        fail(*error);
    } else if (const Ask second = std::exchange(m_second, nullptr)) {
        m_earlier.push_back(m_current->exchange());
        m_current = second();
        follow();
    } else if (m_defaultModel.isEmpty()) {
        fail(*m_firstError);
    } else {
        giveDefaultModel();
    }
}

void ModelListFallback::rememberAttempts()
{
    const std::vector<Exchange> &attempts = m_current->earlierAttempts();
    m_earlier.insert(m_earlier.end(), attempts.begin(), attempts.end());
}

void ModelListFallback::giveDefaultModel()
{
    setChangeLog({{.kind = Change::Kind::Added,
        .wire = QStringLiteral("models"),
        .reason = QCoreApplication::translate("diptych::AzureProvider",
            "this endpoint does not tell its models; the default model is all that is known")}});
    setResponse({{.id = m_defaultModel}});
    finish();
}

void ModelListFallback::abortExchange()
{
    m_current->disconnect(this);
    m_current->cancel();
}

} // namespace diptych::azure
