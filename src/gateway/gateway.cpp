// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/gateway.h"

#include "gateway/gatewaytask.h"
#include "gateway/surfacerules.h"

#include <QRandomGenerator>
#include <QUuid>

#include <array>

namespace diptych {

namespace {

Secret randomKey()
{
    std::array<quint32, 6> words {};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return Secret(QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words).toHex());
}

HeaderList answerHeaders(const HttpServerRequest &request)
{
    const QByteArray id = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    HeaderList headers {{requestIdHeader, id}};
    if (const QLatin1String own = surfaceRulesOf(request).idHeader; !own.isEmpty())
        headers.push_back({own.data(), id});
    const QByteArray clientId = request.header("x-ms-client-request-id");
    if (!clientId.isEmpty())
        headers.push_back({"x-ms-client-request-id", clientId});
    return headers;
}

HttpServerOptions::Refusal refusalOf(Error error, const HttpServerRequest &request)
{
    HttpServerOptions::Refusal refusal {.headers = answerHeaders(request)};
    error.requestId = QString::fromLatin1(headerValue(refusal.headers, requestIdHeader));
    const SurfaceAnswer answer = surfaceRulesOf(request).encodeError(error, {});
    refusal.status = answer.status;
    refusal.body = answer.body;
    refusal.headers.insert(refusal.headers.end(), answer.headers.begin(), answer.headers.end());
    return refusal;
}

HttpServerOptions::Refusal transportFailure(int status, const QString &text, const HttpServerRequest &head)
{
    const QString code = status == 413 ? QStringLiteral("request_too_large")
        : status == 431                ? QStringLiteral("headers_too_large")
        : status == 408                ? QStringLiteral("request_timeout")
                                       : QStringLiteral("bad_request");
    const Error error {
        .kind = Error::Kind::InvalidRequest, .httpStatus = status, .message = text, .providerCode = code};
    HttpServerOptions::Refusal refusal = refusalOf(error, head);
    refusal.status = status;
    return refusal;
}

} // namespace

Gateway::Gateway(Provider &provider, GatewayOptions options)
    : m_provider(provider)
    , m_options(std::move(options))
{
    if (m_options.key.isEmpty())
        m_options.key = randomKey();
}

Gateway::~Gateway() = default;

Result<void> Gateway::start()
{
    if (!m_options.address.isLoopback())
        return Failure(Error {.kind = Error::Kind::InvalidRequest,
            .message =
                tr("The gateway only listens on loopback addresses, not on %1.").arg(m_options.address.toString())});
    m_server = std::make_unique<HttpServer>(serverOptions());
    connect(m_server.get(), &HttpServer::answered, this, [this](const HttpServerLogEntry &entry) {
        Q_EMIT requestHandled({.method = QString::fromUtf8(entry.method),
            .path = QString::fromUtf8(entry.path),
            .model = entry.subject,
            .status = entry.status,
            .clientLeft = entry.clientLeft,
            .duration = entry.duration});
    });
    Result<void> listening = m_server->listen(m_options.address, m_options.port);
    if (listening)
        m_policy = AccessPolicy(m_options.key, m_server->port());
    else
        m_server.reset();
    return listening;
}

QUrl Gateway::baseUrl() const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(m_options.address.toString());
    url.setPort(port());
    return url;
}

HttpServerOptions Gateway::serverOptions()
{
    return {.gatekeeper = [this](const HttpServerRequest &request) { return guard(request); },
        .handler = [this](const HttpServerRequest &request, AnswerWriter &writer) { return handle(request, writer); },
        .failure = transportFailure,
        .bodyLimit = m_options.bodyLimit,
        .idleTimeout = m_options.idleTimeout,
        .writeLimit = m_options.writeLimit};
}

HttpServerOptions::Refusal Gateway::guard(const HttpServerRequest &request) const
{
    // A browser's preflight never carries a key; it is told that there is nothing for it here.
    // That something listens here is no secret; clients of Ollama ask for it at the root before anything else.
    const bool isOpen = request.path() == "/health" || request.path() == "/";
    const bool keyNeeded = request.method != "OPTIONS" && !isOpen;
    if (const auto error = m_policy.refusal(request, keyNeeded))
        return refusalOf(*error, request);
    const Result<GatewayPath> path = surfaceRulesOf(request).find(request);
    return path ? HttpServerOptions::Refusal {} : refusalOf(path.error(), request);
}

std::unique_ptr<HttpTask> Gateway::handle(const HttpServerRequest &request, AnswerWriter &writer)
{
    const SurfaceRules &rules = surfaceRulesOf(request);
    const Result<GatewayPath> path = rules.find(request);
    Q_ASSERT(path); // guard() has let it through
    std::unique_ptr<GatewayTask> task = rules.makeTask({.provider = m_provider,
        .writer = writer,
        .request = request,
        .path = *path,
        .rules = rules,
        .headers = answerHeaders(request),
        .interceptors = m_interceptors});
    task->start();
    return task;
}

} // namespace diptych
