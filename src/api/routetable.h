// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/route.h"
#include "core/error.h"

#include <QDateTime>
#include <QHash>
#include <QObject>

#include <chrono>
#include <functional>

namespace diptych {

/// What has passed through a route since the program started; `cost` since somebody last set it to zero.
struct RouteCounters {
    qint64 requests = 0;
    qint64 running = 0;
    qint64 failed = 0; ///< what the client got was an error; those that the client left are not counted
    qint64 fallbacks = 0; ///< times that another model had to be asked
    qint64 promptTokens = 0;
    qint64 completionTokens = 0;
    double cost = 0; ///< in the currency of the prices
    qint64 unpriced = 0; ///< answers whose price is not known; they are not in `cost`
    std::optional<std::chrono::microseconds> firstToken {}; ///< of the last answer
    QString lastModel {}; ///< "endpoint/model" of the last request
    QString lastError {}; ///< empty: the last request went well
    QDateTime lastUsed {};
    bool operator==(const RouteCounters &) const = default;
};

/// The routes of the gateway and what has passed through them. Whoever serves requests looks a route up for each, so
/// that a change holds from the next request on; those under way keep what they began with. Owned by the composition
/// root; does not persist anything.
class RouteTable : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] const std::vector<Route> &routes() const { return m_routes; }
    /// Replaces everything; counters of routes that stay are kept. Of several with one id only the first is taken.
    void setRoutes(std::vector<Route> routes);
    void put(const Route &route); ///< replaces the one with the same id, or adds it at the end
    void remove(const QString &id);
    void move(int from, int to); ///< for people only: order does not decide
    [[nodiscard]] const Route *byId(const QString &id) const; ///< null when unknown
    /// The enabled route for a name: the name itself before a pattern, a longer pattern before a shorter one, an
    /// earlier route before a later one. Null: none.
    [[nodiscard]] const Route *find(const QString &name) const;
    /// Names that lead to models of their own: the route * does not take them, closer ones do.
    void setOwnNames(std::function<bool(const QString &name)> isOwn) { m_isOwnName = std::move(isOwn); }

    [[nodiscard]] RouteCounters counters(const QString &id) const;
    void setCounters(const QString &id, const RouteCounters &counters);
    /// Changes a route's counters; of no effect when the route is gone.
    template <typename Change>
    void count(const QString &id, Change change)
    {
        if (!byId(id))
            return;
        change(m_counters[id]);
        Q_EMIT countersChanged(id);
    }

Q_SIGNALS:
    void changed(); ///< routes, not counters
    void countersChanged(const QString &id);

private:
    std::vector<Route> m_routes;
    QHash<QString, RouteCounters> m_counters;
    std::function<bool(const QString &)> m_isOwnName;
};

} // namespace diptych
