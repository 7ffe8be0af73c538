// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeproxy.h"

#include <QTcpSocket>

namespace diptych {

FakeProxy::FakeProxy(quint16 targetPort, QObject *parent)
    : QTcpServer(parent)
    , m_targetPort(targetPort)
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("FakeProxy can not listen");
    connect(this, &QTcpServer::newConnection, this, [this] {
        QTcpSocket *client = nextPendingConnection();
        connect(client, &QTcpSocket::readyRead, this, [this, client] { read(client); });
    });
}

void FakeProxy::read(QTcpSocket *client)
{
    if (!client->peek(64 * 1024).contains("\r\n\r\n"))
        return;
    const QByteArray head = client->readAll();
    m_requests.push_back(head.left(head.indexOf('\r')));
    const bool known = credentials.isEmpty() || head.contains(credentials.toBase64());
    if (!known) {
        client->write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"fake\"\r\n"
                      "Content-Length: 0\r\n\r\n");
    } else if (refuseWith != 0) {
        client->write("HTTP/1.1 " + QByteArray::number(refuseWith) + " No\r\nContent-Length: 0\r\n\r\n");
    } else {
        tunnel(client);
    }
}

void FakeProxy::tunnel(QTcpSocket *client)
{
    client->disconnect(this);
    auto *server = new QTcpSocket(client);
    connect(server, &QTcpSocket::connected, client,
        [client] { client->write("HTTP/1.1 200 Connection established\r\n\r\n"); });
    connect(server, &QTcpSocket::readyRead, client, [client, server] { client->write(server->readAll()); });
    connect(client, &QTcpSocket::readyRead, server, [client, server] { server->write(client->readAll()); });
    connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_targetPort);
}

} // namespace diptych
