// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/gateway.h"

#include "core/randomkey.h"
#include "gateway/gatewaytask.h"
#include "gateway/receivedexchange.h"
#include "gateway/surfacerules.h"

#include <QUuid>

namespace diptych {

namespace {

constexpr int keySize = 24; // bytes

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
    refusal.problem = error.message;
    refusal.headers.insert(refusal.headers.end(), answer.headers.begin(), answer.headers.end());
    return refusal;
}

Error busy(bool isEnding)
{
    return {.kind = Error::Kind::Provider,
        .httpStatus = 503,
        .message = isEnding ? Gateway::tr("The gateway is shutting down.")
                            : Gateway::tr("The gateway has as many requests under way as it may have."),
        .providerCode = QStringLiteral("overloaded"),
        .retryAfter = std::chrono::seconds(1)};
}

std::optional<Exchange> refusedExchange(const HttpServerLogEntry &entry)
{
    if (!entry.ownAnswer)
        return std::nullopt;
    Exchange exchange = receivedExchange(entry.request);
    exchange.startedAt = exchange.startedAt.addMSecs(-entry.duration.count() / 1000);
    exchange.status = entry.status;
    exchange.responseHeaders = entry.ownAnswer->headers;
    exchange.responseBody = entry.ownAnswer->body;
    exchange.bytesReceived = entry.ownAnswer->body.size();
    exchange.phases = {.sent = std::chrono::microseconds(0), .firstByte = entry.duration, .finished = entry.duration};
    return exchange;
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
        m_options.key = randomKey(keySize);
}

Gateway::~Gateway()
{
    m_isDraining = false; // nobody is to be told any more
    m_server.reset();
}

Result<void> Gateway::start()
{
    if (!m_options.address.isLoopback() && !m_options.allowsOtherMachines)
        return Failure(Error {.kind = Error::Kind::InvalidRequest,
            .message = tr("The gateway only listens on loopback addresses, not on %1, unless other machines are "
                          "explicitly allowed.")
                           .arg(m_options.address.toString())});
    m_server = std::make_unique<HttpServer>(serverOptions());
    connect(m_server.get(), &HttpServer::answered, this, &Gateway::report);
    Result<void> listening = m_server->listen(m_options.address, m_options.port);
    if (listening)
        setKey(m_options.key);
    else
        m_server.reset();
    return listening;
}

void Gateway::setKey(const Secret &key)
{
    m_options.key = key;
    m_policy = AccessPolicy(key, port(), m_options.allowsOtherMachines);
}

void Gateway::drain()
{
    if (!m_server)
        return;
    m_isDraining = true;
    m_server->stopListening();
    countBusy(0);
}

void Gateway::countBusy(int change)
{
    m_underWay += change;
    if (m_isDraining && m_underWay == 0)
        QMetaObject::invokeMethod(this, &Gateway::drained, Qt::QueuedConnection);
}

void Gateway::report(const HttpServerLogEntry &entry)
{
    Q_EMIT requestHandled({.method = QString::fromUtf8(entry.method),
        .path = QString::fromUtf8(entry.path),
        .surface = surfaceRulesOf(entry.request).name,
        .model = entry.subject,
        .problem = entry.problem,
        .status = entry.status,
        .clientLeft = entry.clientLeft,
        .duration = entry.duration,
        .refused = refusedExchange(entry)});
}

QUrl Gateway::baseUrl() const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    const bool isAny = m_options.address == QHostAddress::AnyIPv4 || m_options.address == QHostAddress::AnyIPv6
        || m_options.address == QHostAddress::Any;
    url.setHost(isAny ? QHostAddress(QHostAddress::LocalHost).toString() : m_options.address.toString());
    url.setPort(port());
    return url;
}

HttpServerOptions Gateway::serverOptions()
{
    return {.gatekeeper = [this](const HttpServerRequest &request) { return guard(request); },
        .handler = [this](const HttpServerRequest &request, AnswerWriter &writer) { return handle(request, writer); },
        .failure = transportFailure,
        .busyChanged = [this](int change) { countBusy(change); },
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
    if (m_isDraining || m_underWay >= m_options.maxRequests)
        return refusalOf(busy(m_isDraining), request);
    const Result<GatewayPath> path = surfaceRulesOf(request).find(request);
    return path ? HttpServerOptions::Refusal {} : refusalOf(path.error(), request);
}

std::unique_ptr<HttpTask> Gateway::handle(const HttpServerRequest &request, AnswerWriter &writer)
{
    const SurfaceRules &rules = surfaceRulesOf(request);
    const Result<GatewayPath> path = rules.find(request);
    Q_ASSERT(path); // guard() has let it through
    std::shared_ptr<Provider> own;
    if (m_options.clientProvider)
        own = m_options.clientProvider(request);
    std::unique_ptr<GatewayTask> task = rules.makeTask({.provider = own ? *own : m_provider,
        .ownProvider = own,
        .writer = writer,
        .request = request,
        .path = *path,
        .rules = rules,
        .headers = answerHeaders(request),
        .interceptors = m_interceptors,
        .usualModel = m_options.usualModel ? m_options.usualModel() : QString()});
    task->start();
    return task;
}

} // namespace diptych
