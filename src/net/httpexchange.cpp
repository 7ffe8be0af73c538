// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpexchange.h"

#include "core/logging.h"
#include "core/secret.h"
#include "net/redirect.h"
#include "net/requesthead.h"

#include <array>
#include <cstring>

namespace diptych {

namespace {

constexpr qsizetype readSize = 64 * 1024;

double seconds(std::chrono::milliseconds time)
{
    return double(time.count()) / 1000;
}

} // namespace

HttpStream::Private::Private(const HttpRequest &request, ConnectionPool &pool)
    : recorder(request)
    , m_request(request)
    , m_pool(&pool)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &Private::timeOut);
    connect(&pool, &QObject::destroyed, this, [this] {
        m_connection.reset();
        m_deadline.stop();
    });
}

HttpStream::Private::~Private() = default;

void HttpStream::Private::start()
{
    recorder.mark(recorder.exchange.phases.dequeued);
    if (const std::optional<Error> problem = checkRequest(m_request))
        fail(*problem);
    else
        openConnection(true);
}

void HttpStream::Private::openConnection(bool mayReuse)
{
    if (!m_pool)
        return;
    Exchange &exchange = recorder.exchange;
    recorder.restartConnection();
    m_gotByte = false;
    m_tookHeaders = false;
    m_rest.clear();
    m_parser.reset(m_request.method == "HEAD");
    const HttpTarget target = targetOf(m_request.url, m_request.connection);
    exchange.requestHeaders = RequestSecrets(m_request).hidden(completeHeaders(m_request, target));

    ConnectionPointer idle = mayReuse ? m_pool->take(target) : ConnectionPointer();
    exchange.reusedConnection = idle != nullptr;
    if (idle) {
        useConnection(std::move(idle));
        recorder.mark(exchange.phases.connected);
        exchange.peerAddress = m_connection->peerAddress();
        exchange.tlsProtocol = m_connection->tlsProtocol();
        sendRequest();
        return;
    }
    useConnection(ConnectionPointer(new HttpConnection(target)));
    enter(Stage::Connecting);
    m_connection->open();
}

void HttpStream::Private::useConnection(ConnectionPointer connection)
{
    m_connection = std::move(connection);
    HttpConnection *raw = m_connection.get();
    connect(raw, &HttpConnection::resolved, this, [this] { recorder.mark(recorder.exchange.phases.resolved); });
    connect(raw, &HttpConnection::connected, this, [this] {
        recorder.mark(recorder.exchange.phases.connected);
        recorder.exchange.peerAddress = m_connection->peerAddress();
    });
    connect(raw, &HttpConnection::ready, this, [this] {
        if (m_connection->target().tls)
            recorder.mark(recorder.exchange.phases.encrypted);
        recorder.exchange.tlsProtocol = m_connection->tlsProtocol();
        sendRequest();
    });
    connect(raw, &HttpConnection::written, this, &Private::requestWritten);
    connect(raw, &HttpConnection::readable, this, &Private::receive);
    connect(raw, &HttpConnection::closed, this, &Private::connectionClosed);
}

void HttpStream::Private::sendRequest()
{
    enter(Stage::Sending);
    const HttpTarget &target = m_connection->target();
    const QByteArray head = encodeHead(m_request, target, completeHeaders(m_request, target));
    m_connection->write(head, m_request.body);
}

void HttpStream::Private::requestWritten()
{
    if (m_stage == Stage::Connecting || recorder.exchange.phases.sent)
        return; // the handshake's bytes; or known already
    recorder.mark(recorder.exchange.phases.sent);
    if (m_stage == Stage::Sending)
        enter(Stage::Waiting);
}

void HttpStream::Private::receive()
{
    // The bytes that the parser left over (at most a header) come first, so that it sees them in one piece.
    std::array<char, HttpParser::maxHeader + readSize> block; // not initialised on purpose
    const QPointer<Private> self(this);
    while (self && m_connection) {
        const qsizetype left = m_rest.size();
        std::memcpy(block.data(), m_rest.constData(), std::size_t(left));
        const qint64 size = m_connection->read(block.data() + left, readSize);
        if (size == 0)
            return;
        recorder.tick();
        m_lastProgress = recorder.now();
        if (!std::exchange(m_gotByte, true)) {
            recorder.exchange.phases.firstByte = recorder.now();
            enter(Stage::Receiving);
        }
        if (!take(QByteArrayView(block.data(), left + size)))
            return;
    }
}

bool HttpStream::Private::take(QByteArrayView bytes)
{
    if (!m_tookHeaders && bytes.front() == '\x15') { // a TLS alert
        fail({.kind = Error::Kind::Protocol,
            .message = HttpStream::tr("The server speaks TLS on this port: use https://."),
            .providerCode = QStringLiteral("TlsRequired")});
        return false;
    }
    m_body.resize(0); // keeps the buffer
    const qsizetype taken = m_parser.feed(bytes, m_body);
    m_rest = bytes.sliced(taken).toByteArray();
    if (m_parser.isHeaderComplete() && !m_tookHeaders && !takeHeaders())
        return false;
    if (m_redirect) {
        leaveForRedirect();
        return false;
    }
    if (!m_body.isEmpty() && !deliverBody())
        return false;
    if (m_parser.error()) {
        failProtocol(*m_parser.error());
        return false;
    }
    if (m_parser.isComplete()) {
        complete();
        return false;
    }
    return true;
}

bool HttpStream::Private::takeHeaders()
{
    m_tookHeaders = true;
    Exchange &exchange = recorder.exchange;
    recorder.recordHeaders(m_parser.status(), m_parser.reason(), m_parser.headers());
    Result<std::optional<HttpRequest>> next = redirected(m_request, exchange.status, m_parser.headers());
    if (!next) {
        fail(next.error());
        return false;
    }
    m_redirect = std::move(*next);
    if (m_redirect)
        return true;
    const QByteArray encoding = headerValue(m_parser.headers(), "Content-Encoding").trimmed().toLower();
    if (ContentDecoder::understands(encoding)) {
        m_decoder = std::make_unique<ContentDecoder>();
    } else if (!encoding.isEmpty() && encoding != "identity") {
        failProtocol(HttpStream::tr("The answer is compressed in a way that was not asked for (%1).")
                         .arg(QString::fromLatin1(encoding.left(100))));
        return false;
    }
    const QPointer<Private> self(this);
    Q_EMIT q->headersReceived();
    return self && m_connection;
}

bool HttpStream::Private::deliverBody()
{
    if (m_decoder)
        return deliverDecoded();
    return deliver(m_body);
}

bool HttpStream::Private::deliverDecoded()
{
    const QByteArray body = m_body; // the view must outlive what slots do
    QByteArrayView input(body);
    while (true) {
        if (!m_decoder->decode(input, m_piece)) {
            failProtocol(HttpStream::tr("The compressed answer is damaged."));
            return false;
        }
        if (m_piece.isEmpty())
            return true;
        if (!deliver(m_piece))
            return false;
    }
}

bool HttpStream::Private::deliver(const QByteArray &bytes)
{
    recorder.recordBody(bytes);
    const QPointer<Private> self(this);
    Q_EMIT q->dataReceived(bytes);
    return self && m_connection;
}

void HttpStream::Private::complete()
{
    giveConnectionBack();
    if (m_decoder && m_decoder->isTruncated())
        failProtocol(HttpStream::tr("The compressed answer ends early."));
    else
        finish();
}

void HttpStream::Private::giveConnectionBack()
{
    const bool reusable =
        m_parser.isComplete() && m_parser.keepAlive() && m_rest.isEmpty() && m_connection->isWritten();
    m_connection->disconnect(this);
    if (reusable && m_pool)
        m_pool->giveBack(std::move(m_connection));
    m_connection.reset();
}

void HttpStream::Private::leaveForRedirect()
{
    giveConnectionBack(); // when the answer's body is not here yet, a new connection is cheaper than waiting for it
    const HttpRequest next = *std::exchange(m_redirect, std::nullopt);
    if (++m_redirects > maxRedirects) {
        fail({.kind = Error::Kind::Network,
            .httpStatus = recorder.exchange.status,
            .message = HttpStream::tr("The server redirects in a circle, at last to %1.")
                           .arg(redactedUrl(next.url).toDisplayString())});
        return;
    }
    m_request = next;
    Exchange &exchange = recorder.exchange;
    exchange.method = next.method;
    exchange.url = redactedUrl(next.url);
    exchange.requestBody = next.body;
    exchange.status = 0;
    exchange.reason.clear();
    exchange.responseHeaders.clear();
    openConnection(true);
}

void HttpStream::Private::connectionClosed(const Error &reason)
{
    const QPointer<Private> self(this);
    receive(); // what had arrived before
    if (!self || !m_connection)
        return;
    m_parser.feedEnd();
    if (m_parser.isComplete()) {
        complete();
    } else if (recorder.exchange.reusedConnection && !m_gotByte) {
        // The server had closed an idle connection just when it was used again; it never saw this request.
        qCDebug(logNet) << "a kept connection was stale, trying a fresh one";
        m_connection.reset();
        openConnection(false);
    } else {
        fail(cutShort(reason));
    }
}

Error HttpStream::Private::cutShort(const Error &reason) const
{
    if (m_stage == Stage::Connecting || reason.kind != Error::Kind::Network)
        return reason;
    Error result {.kind = Error::Kind::Network, .httpStatus = recorder.exchange.status};
    const QString server = m_connection->target().hostAndPort();
    if (m_tookHeaders) {
        result.message = HttpStream::tr("%1: connection closed in mid-answer, after %2 bytes.")
                             .arg(server, QString::number(recorder.exchange.bytesReceived));
    } else if (m_gotByte) {
        result.message = HttpStream::tr("%1: connection closed within the headers of the answer.").arg(server);
    } else {
        result.message = HttpStream::tr("%1 closed the connection without an answer.").arg(server);
    }
    return result;
}

void HttpStream::Private::enter(Stage stage)
{
    m_stage = stage;
    recorder.tick();
    m_lastProgress = recorder.now();
    if (limit().count() > 0)
        m_deadline.start(limit());
    else
        m_deadline.stop();
}

std::chrono::milliseconds HttpStream::Private::limit() const
{
    const Deadlines &deadlines = m_request.connection.deadlines;
    switch (m_stage) {
    case Stage::Connecting:
        return deadlines.connect;
    case Stage::Waiting:
        return deadlines.firstByte;
    case Stage::Sending:
    case Stage::Receiving:
        break;
    }
    return deadlines.idle;
}

void HttpStream::Private::timeOut()
{
    // The timer is not set anew at each read; the time of the last one tells whether it is really over.
    const auto quietFor = [this] {
        recorder.tick();
        return std::chrono::duration_cast<std::chrono::milliseconds>(recorder.now() - m_lastProgress);
    };
    const std::chrono::milliseconds left = limit() - quietFor();
    if (left.count() > 0)
        m_deadline.start(left);
    else
        fail(timeoutError());
}

Error HttpStream::Private::timeoutError() const
{
    Error result {.kind = Error::Kind::Timeout, .httpStatus = recorder.exchange.status};
    const QString server = m_connection ? m_connection->target().hostAndPort() : m_request.url.host();
    const QString time = QString::number(seconds(limit()));
    switch (m_stage) {
    case Stage::Connecting:
        result.message = HttpStream::tr("No connection to %1 within %2 s (connect deadline).").arg(server, time);
        break;
    case Stage::Sending:
        result.message = HttpStream::tr("%1 took no part of the request for %2 s (idle deadline).").arg(server, time);
        break;
    case Stage::Waiting:
        result.message = HttpStream::tr("%1 did not answer within %2 s (first-byte deadline).").arg(server, time);
        break;
    case Stage::Receiving:
        result.message = HttpStream::tr("%1 sent nothing more for %2 s (idle deadline).").arg(server, time);
        break;
    }
    return result;
}

void HttpStream::Private::failProtocol(const QString &message)
{
    fail({.kind = Error::Kind::Protocol, .httpStatus = recorder.exchange.status, .message = message});
}

void HttpStream::Private::fail(const Error &reason)
{
    error = reason;
    finish();
}

void HttpStream::Private::finish()
{
    m_deadline.stop();
    m_connection.reset();
    recorder.mark(recorder.exchange.phases.finished);
    isFinished = true;
    Q_EMIT q->finished();
}

} // namespace diptych
