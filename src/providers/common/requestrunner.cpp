// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/requestrunner.h"

#include "net/httpstream.h"
#include "net/retrypolicy.h"
#include "providers/common/errordecoder.h"

#include <QRandomGenerator>

namespace diptych {

RequestRunner::RequestRunner(HttpClient &client, Result<HttpRequest> request)
    : m_client(client)
    , m_request(std::move(request))
{
    if (m_request) {
        m_lastExchange.method = m_request->method;
        m_lastExchange.url = m_request->url;
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
    if (m_request)
        startAttempt();
    else
        fail(m_request.error());
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
    if (!m_stream)
        return;
    m_stream->disconnect(this);
    m_lastExchange = m_stream->exchange();
    m_stream.reset();
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
    if (!m_isGood && m_stream->status() != 0) {
        endBadAnswer();
    } else if (const std::optional<Error> error = m_stream->error()) {
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
        .body = m_errorBody,
        .receivedAt = QDateTime::currentDateTimeUtc()});
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
