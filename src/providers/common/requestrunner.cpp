// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/requestrunner.h"

#include "net/httpstream.h"
#include "net/requestsecrets.h"
#include "net/retrypolicy.h"
#include "providers/common/errordecoder.h"

#include <QPointer>
#include <QRandomGenerator>

namespace diptych {

namespace {

void setHeader(HeaderList &headers, const QByteArray &name, const QByteArray &value)
{
    std::erase_if(
        headers, [&name](const HeaderField &field) { return field.name.compare(name, Qt::CaseInsensitive) == 0; });
    headers.push_back({name, value});
}

} // namespace

RequestRunner::RequestRunner(HttpClient &client, Result<HttpRequest> request)
    : m_client(client)
    , m_request(std::move(request))
{
    if (m_request) {
        m_lastExchange.method = m_request->method;
        m_lastExchange.url = redactedUrl(m_request->url);
        m_lastExchange.requestBody = m_request->body;
    }
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &RequestRunner::startAttempt);
    QMetaObject::invokeMethod(this, &RequestRunner::start, Qt::QueuedConnection);
}

RequestRunner::~RequestRunner() = default;

const Exchange &RequestRunner::exchange() const
{
    return m_stream ? m_stream->exchange() : m_lastExchange;
}

void RequestRunner::start()
{
    if (m_isOver)
        return;
    if (!m_request)
        fail(m_request.error());
    else if (!m_request->token.isEmpty())
        askToken();
    else
        startAttempt();
}

void RequestRunner::askToken()
{
    m_tokenRequest = m_client.tokens().request(m_request->token);
    connect(m_tokenRequest.get(), &TokenRequest::finished, this, &RequestRunner::takeToken);
}

void RequestRunner::takeToken()
{
    const Result<Secret> token = m_tokenRequest->result();
    m_tokenRequest.release()->deleteLater(); // it is emitting
    const std::optional<Error> refusal = std::exchange(m_refusal, std::nullopt);
    if (!token) {
        fail(token.error());
    } else if (refusal && *token == m_token) {
        fail(*refusal); // the same again would be refused again
    } else {
        m_token = *token;
        setHeader(m_request->headers, m_request->token.header, m_request->token.prefix + m_token.reveal());
        const QPointer<RequestRunner> self(this);
        if (refusal)
            Q_EMIT retryScheduled(*refusal, m_attempt, std::chrono::milliseconds(0));
        if (self && !m_isOver)
            startAttempt();
    }
}

/// Tokens can be revoked before their time. False: that is not it.
bool RequestRunner::renewToken(const Error &error)
{
    if (error.httpStatus != 401 || m_token.isEmpty() || std::exchange(m_hasRenewedToken, true))
        return false;
    m_client.tokens().forget(m_request->token, m_token);
    m_refusal = error;
    askToken();
    return true;
}

void RequestRunner::startAttempt()
{
    if (m_stream)
        m_earlier.push_back(m_stream->exchange());
    m_errorBody.clear();
    m_isGood = false;
    m_request->attempt = ++m_attempt;
    m_stream = m_client.send(*m_request);
    connect(m_stream.get(), &HttpStream::headersReceived, this, &RequestRunner::readHeaders);
    connect(m_stream.get(), &HttpStream::dataReceived, this, &RequestRunner::readData);
    connect(m_stream.get(), &HttpStream::finished, this, &RequestRunner::endAttempt);
    Q_EMIT attemptStarted(m_attempt);
}

void RequestRunner::abort()
{
    m_isOver = true;
    m_retryTimer.stop();
    m_tokenRequest.reset();
    if (!m_stream)
        return;
    m_stream->disconnect(this);
    m_lastExchange = m_stream->exchange();
    m_stream.reset();
}

Error RequestRunner::withoutSecrets(Error error) const
{
    return m_request ? RequestSecrets(*m_request).hidden(std::move(error)) : error;
}

void RequestRunner::retryNow()
{
    // A zero timer keeps the attempt out of the caller's stack.
    if (m_retryTimer.isActive())
        m_retryTimer.start(0);
}

void RequestRunner::readHeaders()
{
    m_isGood = m_stream->status() >= 200 && m_stream->status() < 300;
}

void RequestRunner::readData(const QByteArray &data)
{
    if (m_isGood) {
        Q_EMIT dataReceived(data);
        return;
    }
    m_errorBody += data.left(maxErrorBody - m_errorBody.size());
    // An error that never ends is cut, not waited for.
    if (m_errorBody.size() >= maxErrorBody) {
        m_stream->disconnect(this);
        endBadAnswer();
    }
}

void RequestRunner::endAttempt()
{
    const std::optional<Error> error = m_stream->error();
    const bool isRefusedRedirect = error && m_stream->status() / 100 == 3; // the body says nothing
    if (!m_isGood && m_stream->status() != 0 && !isRefusedRedirect) {
        endBadAnswer();
    } else if (error) {
        // A POST that was sent may have been paid for: sending it again is the asker's decision.
        const bool mayRetry = !m_isGood && (!m_stream->exchange().phases.sent || m_request->method == "GET");
        failOrRetry(*error, mayRetry);
    } else {
        m_isOver = true;
        Q_EMIT finished();
    }
}

void RequestRunner::endBadAnswer()
{
    const Exchange &answer = m_stream->exchange();
    const Error error = decodeError({.status = answer.status,
        .reason = answer.reason,
        .headers = answer.responseHeaders,
        .body = RequestSecrets(*m_request).hidden(m_errorBody),
        .receivedAt = QDateTime::currentDateTimeUtc()});
    if (!renewToken(error))
        failOrRetry(error, error.kind != Error::Kind::Unsupported);
}

void RequestRunner::failOrRetry(const Error &error, bool mayRetry)
{
    const RetryPolicy policy(m_request->connection.retry);
    const double random = QRandomGenerator::global()->generateDouble();
    const auto delay = mayRetry ? policy.delayAfter(m_attempt, error, random) : std::nullopt;
    if (!delay) {
        fail(error);
        return;
    }
    m_retryTimer.start(*delay);
    Q_EMIT retryScheduled(error, m_attempt, *delay);
}

void RequestRunner::fail(const Error &error)
{
    m_isOver = true;
    Q_EMIT failed(error);
}

} // namespace diptych
