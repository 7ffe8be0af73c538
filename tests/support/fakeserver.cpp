// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

#include <algorithm>

#include <sys/socket.h>

namespace diptych {

/// One connection; parent of its socket.
struct FakeServer::Client : public QObject {
    using QObject::QObject;
    QTcpSocket *socket = nullptr;
    QByteArray input;
    std::vector<FakeResponse::Step> steps;
    std::size_t next = 0;
    FakeResponse::End atEnd = FakeResponse::End::KeepAlive;
    QElapsedTimer sinceLastBytes;
    int number = 0;
    bool answering = false;
    bool closedByUs = false;
};

namespace {

void resetConnection(QTcpSocket *socket)
{
    const linger immediately {.l_onoff = 1, .l_linger = 0};
    ::setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &immediately, sizeof immediately);
    socket->abort();
}

} // namespace

FakeServer::FakeServer(QObject *parent)
    : QTcpServer(parent)
{
    setListenBacklogSize(512);
    if (!listen(QHostAddress::LocalHost))
        qFatal("FakeServer can not listen");
}

FakeServer::~FakeServer()
{
    for (Client *client : m_clients)
        client->socket->disconnect(client);
}

void FakeServer::useTls(const QSslCertificate &certificate, const QSslKey &key)
{
    m_certificate = certificate;
    m_key = key;
}

void FakeServer::requireClientCertificate(const QSslCertificate &authority)
{
    m_clientAuthority = authority;
}

QUrl FakeServer::url(const QString &path) const
{
    const QString scheme = m_certificate.isNull() ? QStringLiteral("http") : QStringLiteral("https");
    return QUrl(scheme + u"://127.0.0.1:" + QString::number(serverPort()) + path);
}

void FakeServer::enqueue(const FakeResponse &response)
{
    m_queue.push_back(response);
}

void FakeServer::route(const QByteArray &path, const FakeResponse &response)
{
    m_routes[path] = [response](const FakeRequest &) { return response; };
}

void FakeServer::route(const QByteArray &path, Handler handler)
{
    m_routes[path] = std::move(handler);
}

void FakeServer::closeConnections(bool reset)
{
    const std::vector<Client *> clients = m_clients; // left() takes them out of the list
    for (Client *client : clients) {
        client->closedByUs = true;
        if (reset)
            resetConnection(client->socket);
        else
            client->socket->close();
    }
}

void FakeServer::incomingConnection(qintptr handle)
{
    auto *client = new Client(this);
    QTcpSocket *socket = nullptr;
    if (m_certificate.isNull()) {
        socket = new QTcpSocket(client);
        socket->setSocketDescriptor(handle);
    } else {
        auto *tls = new QSslSocket(client);
        tls->setSocketDescriptor(handle);
        QSslConfiguration configuration = tls->sslConfiguration();
        configuration.setLocalCertificate(m_certificate);
        configuration.setPrivateKey(m_key);
        if (!m_clientAuthority.isNull()) {
            configuration.setCaCertificates({m_clientAuthority});
            configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
        }
        tls->setSslConfiguration(configuration);
        tls->startServerEncryption();
        socket = tls;
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    client->socket = socket;
    m_clients.push_back(client);
    client->number = ++m_connectionCount;
    client->sinceLastBytes.start();
    m_mostOpen = std::max(m_mostOpen, ++m_open);
    connect(socket, &QTcpSocket::readyRead, client, [this, client] { read(client); });
    connect(socket, &QTcpSocket::disconnected, client, [this, client] { left(client); });
}

void FakeServer::read(Client *client)
{
    client->input += client->socket->readAll();
    FakeRequest request;
    if (client->answering || !takeRequest(client, request))
        return;
    client->answering = true;
    client->sinceLastBytes.start();
    request.at = std::chrono::steady_clock::now();
    m_requests.push_back(request);
    const FakeResponse response = responseTo(request);
    client->steps = response.steps();
    client->atEnd = response.end();
    client->next = 0;
    Q_EMIT requestReceived();
    step(client);
}

bool FakeServer::takeRequest(Client *client, FakeRequest &request)
{
    const qsizetype headSize = client->input.indexOf("\r\n\r\n");
    if (headSize < 0)
        return false;
    QList<QByteArray> lines = client->input.left(headSize).split('\n');
    const QList<QByteArray> start = lines.takeFirst().trimmed().split(' ');
    request.method = start.value(0);
    request.target = start.value(1);
    request.connection = client->number;
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.push_back({.name = line.left(colon), .value = line.mid(colon + 1).trimmed()});
    }
    const qsizetype bodySize = request.header("Content-Length").toLongLong();
    if (client->input.size() < headSize + 4 + bodySize)
        return false;
    request.body = client->input.mid(headSize + 4, bodySize);
    client->input.remove(0, headSize + 4 + bodySize);
    return true;
}

FakeResponse FakeServer::responseTo(const FakeRequest &request)
{
    if (const auto handler = m_routes.constFind(request.path()); handler != m_routes.cend())
        return (*handler)(request);
    if (m_queue.empty())
        return FakeResponse::text(404, "text/plain", "the fake server has no answer to " + request.target);
    FakeResponse response = m_queue.front();
    m_queue.pop_front();
    return response;
}

void FakeServer::step(Client *client)
{
    while (client->next < client->steps.size()) {
        FakeResponse::Step &current = client->steps[client->next];
        if (current.delay > 0) {
            const int delay = std::exchange(current.delay, 0);
            QTimer::singleShot(delay, Qt::PreciseTimer, client, [this, client] { step(client); });
            return;
        }
        ++client->next;
        client->sinceLastBytes.start();
        client->socket->write(current.bytes);
        client->socket->flush(); // one write per step, so that cuts reach the client as cuts
        m_sentAt.push_back(std::chrono::steady_clock::now());
        if (client->socket->state() != QAbstractSocket::ConnectedState)
            return;
    }
    end(client);
}

void FakeServer::end(Client *client)
{
    switch (client->atEnd) {
    case FakeResponse::End::Stall:
        return;
    case FakeResponse::End::Close:
        client->closedByUs = true;
        client->socket->disconnectFromHost();
        return;
    case FakeResponse::End::Reset:
        client->closedByUs = true;
        resetConnection(client->socket);
        return;
    case FakeResponse::End::KeepAlive:
        client->answering = false;
        QTimer::singleShot(0, client, [this, client] { read(client); });
    }
}

void FakeServer::left(Client *client)
{
    --m_open;
    std::erase(m_clients, client);
    client->next = client->steps.size();
    client->atEnd = FakeResponse::End::Stall;
    client->deleteLater();
    if (client->closedByUs)
        return;
    m_leftAfter = std::chrono::milliseconds(client->sinceLastBytes.elapsed());
    Q_EMIT clientLeft();
}

} // namespace diptych
