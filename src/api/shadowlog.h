// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/model.h"
#include "core/error.h"

#include <QDateTime>
#include <QHash>
#include <QObject>

#include <chrono>
#include <deque>

namespace diptych {

/// What one of two models answered to the same request.
struct ShadowAnswer {
    ModelRef model {};
    ChatResponse response {}; ///< as far as it came
    std::optional<Error> error {};
    bool isFinished = false;
    std::optional<std::chrono::microseconds> firstToken {}; ///< since the request
    std::chrono::microseconds duration {0};
    bool operator==(const ShadowAnswer &) const = default;
};

/// A chat that a client had with one model, and what the shadow of its route made of it.
struct ShadowPair {
    quint64 id = 0; ///< counts up from 1
    QString routeId {};
    QString askedModel {}; ///< what the client called it
    QDateTime at {};
    ChatRequest request {}; ///< with what the route added
    ShadowAnswer served {};
    ShadowAnswer shadow {};
    bool operator==(const ShadowPair &) const = default;
};

/// The last pairs of the routes that have a shadow, oldest first; as many as there is room for, the latest always.
/// Owned by the composition root.
class ShadowLog : public QObject
{
    Q_OBJECT
public:
    static constexpr std::size_t most = 200; ///< pairs kept
    static constexpr qint64 mostBytes = 64 * 1024 * 1024; ///< of their requests and answers together

    using QObject::QObject;

    [[nodiscard]] const std::deque<ShadowPair> &pairs() const { return m_pairs; }
    [[nodiscard]] const ShadowPair *find(quint64 id) const; ///< null when it is gone
    /// Adds a pair and gives it its number.
    quint64 add(ShadowPair pair);
    /// Changes a pair; of no effect when it is gone. Older ones may have to go for what it says.
    template <typename Change>
    void update(quint64 id, Change change)
    {
        if (ShadowPair *pair = mutableFind(id)) {
            change(*pair);
            measure(*pair);
            Q_EMIT changed(id); // whoever writes pairs down sees this one before it may have to go
            if (trim())
                Q_EMIT changed(id);
        }
    }
    void clear();

Q_SIGNALS:
    void changed(quint64 id); ///< a new one, or an answer of one; older ones may have gone; 0: all

private:
    [[nodiscard]] ShadowPair *mutableFind(quint64 id);
    void measure(const ShadowPair &pair);
    bool trim(); // true when some had to go

    std::deque<ShadowPair> m_pairs;
    QHash<quint64, qint64> m_sizes; // of each pair in bytes
    qint64 m_bytes = 0; // of all
    quint64 m_last = 0;
};

} // namespace diptych
