// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "gateway/http/httpserverconnection.h"

#include <QHostAddress>
#include <QTcpServer>

#include <vector>

namespace diptych {

/// An HTTP/1.1 server on the Qt event loop.
class HttpServer : public QObject
{
    Q_OBJECT
public:
    static constexpr std::size_t maxConnections = 4096; ///< more are closed at once

    explicit HttpServer(HttpServerOptions options);
    ~HttpServer() override;

    /// Port 0 picks a free one. Errors: Network (the port is taken, …).
    [[nodiscard]] Result<void> listen(const QHostAddress &address, quint16 port);
    /// Takes no more connections; those that there are go on.
    void stopListening() { m_server.close(); }
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] bool isListening() const { return m_server.isListening(); }
    [[nodiscard]] std::size_t connectionCount() const { return m_connections.size(); }

Q_SIGNALS:
    void answered(const diptych::HttpServerLogEntry &entry);

private:
    void accept();
    void remove(HttpServerConnection *connection);

    HttpServerOptions m_options;
    QTcpServer m_server;
    std::vector<std::unique_ptr<HttpServerConnection>> m_connections;
};

} // namespace diptych
