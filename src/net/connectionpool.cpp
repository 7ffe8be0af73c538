// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/connectionpool.h"

#include <algorithm>

namespace diptych {

ConnectionPool::ConnectionPool(std::chrono::milliseconds maxIdle)
    : m_maxIdle(maxIdle)
{
    m_sweep.setInterval(maxIdle / 6);
    connect(&m_sweep, &QTimer::timeout, this, &ConnectionPool::dropOld);
}

ConnectionPool::~ConnectionPool() = default;

ConnectionPointer ConnectionPool::take(const HttpTarget &target)
{
    const auto found = std::find_if(m_idle.rbegin(), m_idle.rend(),
        [&target](const Idle &idle) { return idle.connection->target() == target && idle.connection->isIdle(); });
    if (found == m_idle.rend())
        return {};
    ConnectionPointer connection = std::move(found->connection);
    m_idle.erase(std::next(found).base());
    connection->disconnect(this);
    return connection;
}

void ConnectionPool::giveBack(ConnectionPointer connection)
{
    if (!connection->isIdle())
        return;
    HttpConnection *raw = connection.get();
    // Bytes that nobody asked for (a late 408, say) spoil a connection as much as its end.
    connect(raw, &HttpConnection::closed, this, [this, raw] { drop(raw); });
    connect(raw, &HttpConnection::readable, this, [this, raw] { drop(raw); });
    m_idle.push_back({.connection = std::move(connection), .since = std::chrono::steady_clock::now()});
    if (!m_sweep.isActive())
        m_sweep.start();
}

void ConnectionPool::drop(const HttpConnection *connection)
{
    std::erase_if(m_idle, [connection](const Idle &idle) { return idle.connection.get() == connection; });
}

void ConnectionPool::dropOld()
{
    const auto limit = std::chrono::steady_clock::now() - m_maxIdle;
    std::erase_if(m_idle, [limit](const Idle &idle) { return idle.since < limit; });
    if (m_idle.empty())
        m_sweep.stop();
}

} // namespace diptych
