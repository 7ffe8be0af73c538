// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpconnection.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <vector>

namespace diptych {

/// Keeps connections whose answer is complete for the next request to the same target. Does not limit how many are in
/// use.
class ConnectionPool : public QObject
{
    Q_OBJECT
public:
    /// A connection idle for longer than `maxIdle` is closed, a little late.
    explicit ConnectionPool(std::chrono::milliseconds maxIdle = std::chrono::seconds(30));
    ~ConnectionPool() override;

    /// The idle connection to the target that was used last; null: none.
    [[nodiscard]] ConnectionPointer take(const HttpTarget &target);
    void giveBack(ConnectionPointer connection);
    /// Opens what is missing to `count` idle connections; one that fails is forgotten.
    void warmUp(const HttpTarget &target, int count);

private:
    struct Idle {
        ConnectionPointer connection;
        std::chrono::steady_clock::time_point since;
    };
    void open(const HttpTarget &target);
    void takeOpened(const HttpConnection *connection);
    void drop(const HttpConnection *connection);
    void dropOld();

    std::chrono::milliseconds m_maxIdle;
    std::vector<Idle> m_idle; // the one idle longest first
    std::vector<Idle> m_opening; // ahead of requests
    QTimer m_sweep;
};

} // namespace diptych
