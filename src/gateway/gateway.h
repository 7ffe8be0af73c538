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
    QHostAddress address {QHostAddress::LocalHost};
    bool allowsOtherMachines = false; ///< has to be set for an address that is not loopback
    quint16 port = 0; ///< 0: a free one
    Secret key {}; ///< empty: a random one is made
    qint64 bodyLimit = 64 * 1024 * 1024; ///< bytes of a request's body; more is answered with 413
    std::chrono::milliseconds idleTimeout {75'000}; ///< see HttpServerOptions
    qint64 writeLimit = 4 * 1024 * 1024; ///< see HttpServerOptions
    int maxRequests = 1000; ///< under way at once; more are answered with 503
    /// Makes the provider of one client's request, which then owns it. Unset: all share the gateway's.
    std::function<std::unique_ptr<Provider>(const HttpServerRequest &)> clientProvider {};
    /// The model of requests that name none. Unset, or empty: the first of the kind that is asked for.
    std::function<QString()> usualModel {};
};

/// One request that the gateway has dealt with.
struct GatewayLogEntry {
    QString method {};
    QString path {};
    QString surface {}; ///< azure, openai, ollama, anthropic
    QString model {}; ///< as the client called it; empty when the request did not get that far
    QString problem {}; ///< what was wrong, when the gateway itself refused it
    int status = 0; ///< 0: the client left before there was one
    bool clientLeft = false; ///< before the answer was complete
    std::chrono::microseconds duration {0};
    /// An error that was answered without a model having been asked: what came and what went out, without secrets.
    std::optional<Exchange> refused {};
};

/// Serves a provider over HTTP, by default to this machine only, in the dialects of the Azure AI Model Inference API
/// (at / and /models), OpenAI (/v1, /openai/v1, /openai/deployments/{name}), Ollama (/api) and Anthropic
/// (/v1/messages). The provider must outlive it.
class Gateway : public QObject
{
    Q_OBJECT
public:
    explicit Gateway(Provider &provider, GatewayOptions options = {});
    ~Gateway() override;

    /// Puts something between requests and their answers; it must outlive the gateway. The first one is asked first.
    void addInterceptor(Interceptor &interceptor) { m_interceptors.push_back(&interceptor); }
    /// Errors: InvalidRequest (not a loopback address, and other machines are not allowed), Network (the port is taken,
    /// …).
    [[nodiscard]] Result<void> start();
    [[nodiscard]] bool isRunning() const { return m_server && m_server->isListening(); }
    [[nodiscard]] quint16 port() const { return m_server ? m_server->port() : quint16(0); }
    [[nodiscard]] const Secret &key() const { return m_options.key; }
    [[nodiscard]] QUrl baseUrl() const; ///< without a path
    /// Under way: from their head to the last byte of the answer having left.
    [[nodiscard]] int requestCount() const { return m_underWay; }
    /// Another key from the next request on.
    void setKey(const Secret &key);
    /// Takes no more connections and requests; `drained()` follows when the ones under way have been answered.
    void drain();
    [[nodiscard]] std::size_t connectionCount() const { return m_server ? m_server->connectionCount() : 0; }

Q_SIGNALS:
    void requestHandled(const diptych::GatewayLogEntry &entry);
    void drained();

private:
    void report(const HttpServerLogEntry &entry);
    void countBusy(int change);
    [[nodiscard]] HttpServerOptions serverOptions();
    [[nodiscard]] HttpServerOptions::Refusal guard(const HttpServerRequest &request) const;
    [[nodiscard]] std::unique_ptr<HttpTask> handle(const HttpServerRequest &request, AnswerWriter &writer);

    Provider &m_provider;
    GatewayOptions m_options;
    AccessPolicy m_policy;
    std::vector<Interceptor *> m_interceptors;
    int m_underWay = 0;
    bool m_isDraining = false;
    std::unique_ptr<HttpServer> m_server;
};

} // namespace diptych
