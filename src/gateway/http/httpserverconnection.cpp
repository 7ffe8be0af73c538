// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/http/httpserverconnection.h"

#include <QTcpSocket>

namespace diptych {

namespace {

constexpr qint64 readBuffer = 256 * 1024; // what a client may send ahead while its request is being answered
constexpr std::chrono::milliseconds drainTime {2'000};

QByteArray reasonOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 413:
        return "Content Too Large";
    case 422:
        return "Unprocessable Content";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    default:
        return "Status";
    }
}

QByteArray headOf(int status, const HeaderList &headers)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonOf(status) + "\r\n";
    for (const HeaderField &field : headers)
        head += field.name + ": " + field.value + "\r\n";
    return head;
}

} // namespace

HttpServerConnection::HttpServerConnection(std::unique_ptr<QTcpSocket> socket, const HttpServerOptions &options)
    : m_options(options)
    , m_socket(std::move(socket))
    , m_parser(options.bodyLimit)
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setReadBufferSize(readBuffer);
    m_idle.setSingleShot(true);
    m_idle.setInterval(options.idleTimeout);
    connect(&m_idle, &QTimer::timeout, this, &HttpServerConnection::onIdle);
    connectSocket();
    m_idle.start();
    QMetaObject::invokeMethod(this, &HttpServerConnection::read, Qt::QueuedConnection);
}

HttpServerConnection::~HttpServerConnection()
{
    setBusy(false);
    m_state = State::Closed;
    m_task.reset();
    m_socket->disconnect(this);
    m_socket->abort();
}

void HttpServerConnection::connectSocket()
{
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &HttpServerConnection::read);
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this, &HttpServerConnection::onBytesWritten);
    // A client that closes its sending side counts as gone: nobody would read the answer of a stopped stream.
    connect(m_socket.get(), &QTcpSocket::readChannelFinished, this, &HttpServerConnection::loseClient);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &HttpServerConnection::loseClient);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &HttpServerConnection::loseClient);
}

void HttpServerConnection::read()
{
    if (m_state == State::Draining) {
        m_socket->readAll();
        return;
    }
    while (m_state == State::Reading && m_socket->bytesAvailable() > 0) {
        m_idle.start();
        m_input += m_socket->readAll();
        parse();
    }
}

void HttpServerConnection::parse()
{
    const qsizetype taken = m_parser.feed(m_input);
    if (taken == m_input.size())
        m_input.clear();
    else
        m_input.remove(0, taken);
    if (m_parser.state() == HttpRequestParser::State::Failed) {
        fail(m_parser.errorStatus(), m_parser.errorText());
        return;
    }
    if (m_parser.state() == HttpRequestParser::State::Head)
        return;
    if (!m_headSeen)
        noteHead();
    if (m_state == State::Reading && m_parser.state() == HttpRequestParser::State::Complete)
        startTask();
}

void HttpServerConnection::noteHead()
{
    m_headSeen = true;
    m_current = m_parser.head();
    m_clock.start();
    if (m_options.gatekeeper) {
        const HttpServerOptions::Refusal refusal = m_options.gatekeeper(m_current);
        if (refusal.status != 0) {
            refuse(refusal);
            return;
        }
    }
    setBusy(true);
    if (m_parser.state() == HttpRequestParser::State::Body
        && m_current.header("Expect").compare("100-continue", Qt::CaseInsensitive) == 0)
        send("HTTP/1.1 100 Continue\r\n\r\n");
}

void HttpServerConnection::refuse(const HttpServerOptions::Refusal &refusal)
{
    m_bodyUnread = m_parser.state() != HttpRequestParser::State::Complete;
    if (m_bodyUnread)
        m_current.keepAlive = false;
    else
        (void)m_parser.takeRequest();
    m_subject.clear();
    m_wasAsked = false;
    m_problem = refusal.problem;
    m_state = State::Answering;
    answer(refusal.status, refusal.headers, refusal.body);
}

void HttpServerConnection::fail(int status, const QString &text)
{
    if (!m_headSeen) {
        m_current = status == 413 ? m_parser.head() : HttpServerRequest {}; // the length stands in the head
        m_clock.start();
    }
    refuse(
        m_options.failure ? m_options.failure(status, text, m_current) : HttpServerOptions::Refusal {.status = status});
}

void HttpServerConnection::startTask()
{
    m_idle.stop();
    m_state = State::Answering;
    m_subject.clear();
    m_problem.clear();
    m_wasAsked = false;
    m_clock.start();
    const HttpServerRequest request = m_parser.takeRequest(); // m_current goes with the answer, perhaps at once
    m_current = request;
    auto task = m_options.handler(request, *this);
    m_task = std::move(task);
}

void HttpServerConnection::answer(int status, const HeaderList &headers, const QByteArray &body)
{
    if (m_state != State::Answering)
        return;
    m_status = status;
    const bool close = !m_current.keepAlive;
    QByteArray bytes = headOf(status, headers) + "Content-Length: " + QByteArray::number(body.size())
        + "\r\nConnection: " + (close ? "close" : "keep-alive") + "\r\n\r\n";
    if (m_current.method != "HEAD")
        bytes += body;
    constexpr int firstError = 400;
    if (status >= firstError && !m_wasAsked)
        m_ownAnswer = {.headers = headers, .body = body};
    send(bytes);
    completeAnswer(close);
}

void HttpServerConnection::beginStream(const QByteArray &contentType, const HeaderList &headers)
{
    if (m_state != State::Answering)
        return;
    m_status = 200;
    m_state = State::Streaming;
    const bool close = !m_current.keepAlive || m_current.http10;
    send(headOf(m_status, headers) + "Content-Type: " + contentType + "; charset=utf-8\r\nCache-Control: no-cache\r\n"
        + (m_current.http10 ? "" : "Transfer-Encoding: chunked\r\n") + "Connection: " + (close ? "close" : "keep-alive")
        + "\r\n\r\n");
}

void HttpServerConnection::write(const QByteArray &bytes)
{
    if (m_state != State::Streaming || bytes.isEmpty())
        return;
    if (m_current.http10)
        send(bytes);
    else
        send(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
    if (m_state != State::Closed && m_socket->bytesToWrite() > m_options.writeLimit) {
        m_socket->flush();
        if (m_socket->bytesToWrite() > m_options.writeLimit)
            loseClient();
    }
}

void HttpServerConnection::cut()
{
    if (m_state != State::Answering && m_state != State::Streaming)
        return;
    // What was written still goes out; then nothing more comes, and the end mark is missing.
    report(false);
    m_status = 0;
    close();
}

void HttpServerConnection::endStream(bool close)
{
    if (m_state != State::Streaming)
        return;
    if (!m_current.http10)
        send("0\r\n\r\n");
    completeAnswer(close || !m_current.keepAlive || m_current.http10);
}

void HttpServerConnection::send(const QByteArray &bytes)
{
    if (m_state == State::Closed)
        return;
    m_socket->write(bytes);
    m_idle.start();
}

void HttpServerConnection::onBytesWritten()
{
    if (m_state == State::Draining || m_state == State::Closed)
        return;
    if (m_heldBack)
        nextRequest();
    if (m_socket->bytesToWrite() == 0 && m_state == State::Reading && !m_headSeen)
        setBusy(false);
    const bool waiting = m_socket->bytesToWrite() == 0 && (m_state == State::Answering || m_state == State::Streaming);
    if (waiting)
        m_idle.stop(); // it is the model's turn, however long it takes
    else
        m_idle.start();
}

void HttpServerConnection::completeAnswer(bool closeAfterwards)
{
    report(false);
    m_status = 0;
    if (m_bodyUnread) {
        // Closing with unread bytes would reset the connection and could take the answer with it.
        m_input.clear();
        m_state = State::Draining;
        m_idle.start(drainTime);
        QMetaObject::invokeMethod(this, &HttpServerConnection::read, Qt::QueuedConnection);
    } else if (closeAfterwards) {
        close();
    } else {
        m_state = State::Answered;
    }
    // Queued: the task is usually the caller.
    QMetaObject::invokeMethod(this, &HttpServerConnection::nextRequest, Qt::QueuedConnection);
}

void HttpServerConnection::nextRequest()
{
    m_task.reset();
    if (m_state != State::Answered)
        return;
    // A client that sends requests and does not read the answers gets no more of them.
    m_heldBack = m_socket->bytesToWrite() > m_options.writeLimit;
    if (m_heldBack)
        return;
    m_headSeen = false;
    m_state = State::Reading;
    m_idle.start();
    if (m_socket->bytesToWrite() == 0)
        setBusy(false);
    if (!m_input.isEmpty())
        parse();
    read();
}

void HttpServerConnection::close()
{
    m_state = State::Closing;
    m_idle.start();
    m_socket->disconnectFromHost();
}

void HttpServerConnection::onIdle()
{
    switch (m_state) {
    case State::Reading:
        if (m_socket->bytesToWrite() > 0)
            loseClient();
        else if (m_headSeen || !m_input.isEmpty())
            fail(408, tr("The request did not arrive in time."));
        else
            close();
        break;
    case State::Draining:
        close();
        break;
    case State::Answering:
    case State::Streaming:
    case State::Answered:
    case State::Closing:
        loseClient(); // it does not read
        break;
    case State::Closed:
        break;
    }
}

void HttpServerConnection::loseClient()
{
    if (m_state == State::Closed)
        return;
    if (m_state == State::Answering || m_state == State::Streaming)
        report(true);
    m_state = State::Closed;
    m_idle.stop();
    setBusy(false);
    // Queued: the task or the socket may be the caller.
    QMetaObject::invokeMethod(this, &HttpServerConnection::shutDown, Qt::QueuedConnection);
}

void HttpServerConnection::shutDown()
{
    m_task.reset();
    m_socket->disconnect(this);
    m_socket->abort();
    Q_EMIT closed();
}

void HttpServerConnection::setBusy(bool isBusy)
{
    if (std::exchange(m_isBusy, isBusy) != isBusy && m_options.busyChanged)
        m_options.busyChanged(isBusy ? 1 : -1);
}

void HttpServerConnection::report(bool clientLeft)
{
    if (!m_ownAnswer)
        m_current.body.clear();
    Q_EMIT answered({.method = m_current.method,
        .path = m_current.path(),
        .request = std::exchange(m_current, {}),
        .subject = m_subject,
        .problem = m_problem,
        .status = m_status,
        .clientLeft = clientLeft,
        .duration = std::chrono::microseconds(m_clock.nsecsElapsed() / 1000),
        .ownAnswer = std::exchange(m_ownAnswer, std::nullopt)});
}

} // namespace diptych
