// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/http/httpserver.h"

#include <QTcpSocket>

#include <algorithm>

#include <sys/resource.h>

namespace diptych {

namespace {

/// Each stream may take two sockets, the client's and one to a model; 1,024 files are the usual limit of a process.
void allowMoreSockets()
{
    constexpr rlim_t wanted = 2 * HttpServer::maxConnections + 512;
    rlimit limit {};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

HttpServer::HttpServer(HttpServerOptions options)
    : m_options(std::move(options))
{
    constexpr int waiting = 512;
    m_server.setListenBacklogSize(waiting);
    m_server.setMaxPendingConnections(waiting);
    connect(&m_server, &QTcpServer::newConnection, this, &HttpServer::accept);
}

HttpServer::~HttpServer() = default;

Result<void> HttpServer::listen(const QHostAddress &address, quint16 port)
{
    allowMoreSockets();
    if (m_server.listen(address, port))
        return {};
    return Failure(Error {.kind = Error::Kind::Network,
        .message =
            tr("Cannot listen on %1 port %2: %3").arg(address.toString()).arg(port).arg(m_server.errorString())});
}

void HttpServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        std::unique_ptr<QTcpSocket> owned(socket);
        socket->setParent(nullptr);
        if (m_connections.size() >= maxConnections)
            continue;
        auto connection = std::make_unique<HttpServerConnection>(std::move(owned), m_options);
        HttpServerConnection *raw = connection.get();
        connect(raw, &HttpServerConnection::answered, this, &HttpServer::answered);
        connect(raw, &HttpServerConnection::closed, this, [this, raw] { remove(raw); });
        m_connections.push_back(std::move(connection));
    }
}

void HttpServer::remove(HttpServerConnection *connection)
{
    const auto found = std::find_if(m_connections.begin(), m_connections.end(),
        [connection](const auto &candidate) { return candidate.get() == connection; });
    if (found == m_connections.end())
        return;
    found->release()->deleteLater(); // it is emitting
    m_connections.erase(found);
}

} // namespace diptych
