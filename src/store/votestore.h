// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

#include <QObject>

namespace diptych {

class Database;

namespace rows {

// Errors: Storage.
[[nodiscard]] Result<qint64> writeVote(Database &database, const Vote &vote); ///< the new vote's id
/// See VoteStore::votes().
[[nodiscard]] Result<std::vector<Vote>> readVotes(const Database &database, const QString &sessionId);

} // namespace rows

/// What people judged, in the database of the sessions. A vote goes with its turn.
class VoteStore : public QObject
{
    Q_OBJECT
public:
    explicit VoteStore(Database &database);

    // Errors: Storage.
    /// The new vote's id.
    [[nodiscard]] Result<qint64> add(const Vote &vote);
    [[nodiscard]] Result<void> remove(qint64 voteId);
    /// Oldest first; an empty id: of all sessions that are not in the trash.
    [[nodiscard]] Result<std::vector<Vote>> votes(const QString &sessionId = {}) const;

Q_SIGNALS:
    void changed();

private:
    Database &m_database;
};

} // namespace diptych
