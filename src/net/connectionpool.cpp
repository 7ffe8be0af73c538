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

void ConnectionPool::warmUp(const HttpTarget &target, int count)
{
    const auto leadsThere = [&target](const Idle &idle) { return idle.connection->target() == target; };
    const auto known = std::count_if(m_idle.begin(), m_idle.end(), leadsThere)
        + std::count_if(m_opening.begin(), m_opening.end(), leadsThere);
    for (auto missing = count - known; missing > 0; --missing)
        open(target);
}

void ConnectionPool::open(const HttpTarget &target)
{
    auto *raw = new HttpConnection(target);
    m_opening.push_back({.connection = ConnectionPointer(raw), .since = std::chrono::steady_clock::now()});
    connect(raw, &HttpConnection::ready, this, [this, raw] { takeOpened(raw); });
    connect(raw, &HttpConnection::closed, this, [this, raw] { drop(raw); });
    raw->open();
    if (!m_sweep.isActive())
        m_sweep.start();
}

void ConnectionPool::takeOpened(const HttpConnection *connection)
{
    const auto found = std::find_if(m_opening.begin(), m_opening.end(),
        [connection](const Idle &opening) { return opening.connection.get() == connection; });
    if (found == m_opening.end())
        return;
    ConnectionPointer opened = std::move(found->connection);
    m_opening.erase(found);
    opened->disconnect(this);
    giveBack(std::move(opened));
}

void ConnectionPool::drop(const HttpConnection *connection)
{
    std::erase_if(m_opening, [connection](const Idle &opening) { return opening.connection.get() == connection; });
    std::erase_if(m_idle, [connection](const Idle &idle) { return idle.connection.get() == connection; });
}

void ConnectionPool::dropOld()
{
    const auto limit = std::chrono::steady_clock::now() - m_maxIdle;
    std::erase_if(m_idle, [limit](const Idle &idle) { return idle.since < limit; });
    std::erase_if(m_opening, [limit](const Idle &opening) { return opening.since < limit; });
    if (m_idle.empty() && m_opening.empty())
        m_sweep.stop();
}

} // namespace diptych
