// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/routetable.h"

#include <algorithm>

namespace diptych {

namespace {

auto withId(const QString &id)
{
    return [&id](const Route &route) { return route.id == id; };
}

} // namespace

void RouteTable::setRoutes(std::vector<Route> routes)
{
    m_routes.clear();
    for (Route &route : routes) {
        if (!byId(route.id))
            m_routes.push_back(std::move(route));
    }
    m_counters.removeIf([this](const auto &entry) { return !byId(entry.key()); });
    Q_EMIT changed();
}

void RouteTable::put(const Route &route)
{
    const auto found = std::find_if(m_routes.begin(), m_routes.end(), withId(route.id));
    if (found == m_routes.end())
        m_routes.push_back(route);
    else if (*found == route)
        return;
    else
        *found = route;
    Q_EMIT changed();
}

void RouteTable::remove(const QString &id)
{
    if (std::erase_if(m_routes, withId(id)) == 0)
        return;
    m_counters.remove(id);
    Q_EMIT changed();
}

void RouteTable::move(int from, int to)
{
    const int count = static_cast<int>(m_routes.size());
    if (from == to || from < 0 || to < 0 || from >= count || to >= count)
        return;
    const auto first = m_routes.begin();
    if (from < to)
        std::rotate(first + from, first + from + 1, first + to + 1);
    else
        std::rotate(first + to, first + from, first + from + 1);
    Q_EMIT changed();
}

const Route *RouteTable::byId(const QString &id) const
{
    const auto found = std::find_if(m_routes.begin(), m_routes.end(), withId(id));
    return found == m_routes.end() ? nullptr : &*found;
}

const Route *RouteTable::find(const QString &name) const
{
    const Route *best = nullptr;
    const auto isPattern = [](const Route &route) { return route.name.contains(u'*'); };
    for (const Route &route : m_routes) {
        if (!route.isEnabled || !matchesPattern(route.name, name))
            continue;
        if (!isPattern(route))
            return &route;
        if (!best || route.name.size() > best->name.size())
            best = &route;
    }
    const bool isLeft = best && best->name == u"*" && m_isOwnName && m_isOwnName(name);
    return isLeft ? nullptr : best;
}

RouteCounters RouteTable::counters(const QString &id) const
{
    return m_counters.value(id);
}

void RouteTable::setCounters(const QString &id, const RouteCounters &counters)
{
    count(id, [&counters](RouteCounters &present) { present = counters; });
}

} // namespace diptych
