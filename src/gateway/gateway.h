// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "core/secret.h"
#include "gateway/http/accesspolicy.h"
#include "gateway/http/httpserver.h"
#include "gateway/interceptor.h"

#include <QUrl>

namespace diptych {

/// How the gateway is reached.
struct GatewayOptions {
    QHostAddress address {QHostAddress::LocalHost}; ///< a loopback address
    quint16 port = 0; ///< 0: a free one
    Secret key {}; ///< empty: a random one is made
    qint64 bodyLimit = 64 * 1024 * 1024; ///< bytes of a request's body; more is answered with 413
    std::chrono::milliseconds idleTimeout {75'000}; ///< see HttpServerOptions
    qint64 writeLimit = 4 * 1024 * 1024; ///< see HttpServerOptions
};

/// One request that the gateway has dealt with.
struct GatewayLogEntry {
    QString method {};
    QString path {};
    QString model {}; ///< empty when the request did not get that far
    int status = 0; ///< 0: the client left before there was one
    bool clientLeft = false; ///< before the answer was complete
    std::chrono::microseconds duration {0};
};

/// Serves a provider over HTTP on this machine, in the dialects of the Azure AI Model Inference API (at / and /models),
/// of OpenAI (at /v1, /openai/v1 and /openai/deployments/{name}), of Ollama (at /api) and of Anthropic (at
/// /v1/messages). The provider must outlive it.
class Gateway : public QObject
{
    Q_OBJECT
public:
    explicit Gateway(Provider &provider, GatewayOptions options = {});
    ~Gateway() override;

    /// Puts something between requests and their answers; it must outlive the gateway. The first one is asked first.
    void addInterceptor(Interceptor &interceptor) { m_interceptors.push_back(&interceptor); }
    /// Errors: InvalidRequest (not a loopback address), Network (the port is taken, …).
    [[nodiscard]] Result<void> start();
    [[nodiscard]] bool isRunning() const { return m_server && m_server->isListening(); }
    [[nodiscard]] quint16 port() const { return m_server ? m_server->port() : quint16(0); }
    [[nodiscard]] const Secret &key() const { return m_options.key; }
    [[nodiscard]] QUrl baseUrl() const; ///< without a path
    [[nodiscard]] std::size_t connectionCount() const { return m_server ? m_server->connectionCount() : 0; }

Q_SIGNALS:
    void requestHandled(const diptych::GatewayLogEntry &entry);

private:
    [[nodiscard]] HttpServerOptions serverOptions();
    [[nodiscard]] HttpServerOptions::Refusal guard(const HttpServerRequest &request) const;
    [[nodiscard]] std::unique_ptr<HttpTask> handle(const HttpServerRequest &request, AnswerWriter &writer);

    Provider &m_provider;
    GatewayOptions m_options;
    AccessPolicy m_policy;
    std::vector<Interceptor *> m_interceptors;
    std::unique_ptr<HttpServer> m_server;
};

} // namespace diptych
