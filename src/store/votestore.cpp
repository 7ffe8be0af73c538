// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/votestore.h"

#include "store/database.h"
#include "store/sessioncodec.h"

#include <QSqlQuery>

namespace diptych {

namespace rows {

Result<qint64> writeVote(Database &database, const Vote &vote)
{
    return database.run(
        QStringLiteral("INSERT INTO votes(session_id, turn_id, first_endpoint, first_model, first_label, "
                       "second_endpoint, second_model, second_label, choice, is_blind, at) "
                       "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {vote.sessionId, vote.turnId, vote.first.endpointId, vote.first.model, vote.firstLabel, vote.second.endpointId,
            vote.second.model, vote.secondLabel, voteChoiceName(vote.choice), int(vote.isBlind),
            vote.at.isValid() ? vote.at.toMSecsSinceEpoch() : QDateTime::currentMSecsSinceEpoch()});
}

Result<std::vector<Vote>> readVotes(const Database &database, const QString &sessionId)
{
    std::vector<Vote> votes;
    const Result<void> read = database.each(
        QStringLiteral("SELECT v.id, v.session_id, v.turn_id, v.first_endpoint, v.first_model, v.first_label, "
                       "v.second_endpoint, v.second_model, v.second_label, v.choice, v.is_blind, v.at "
                       "FROM votes v JOIN sessions s ON s.id = v.session_id WHERE %1 ORDER BY v.id")
            .arg(sessionId.isEmpty() ? QStringLiteral("s.trashed_at IS NULL") : QStringLiteral("s.id = ?")),
        sessionId.isEmpty() ? QVariantList() : QVariantList {sessionId}, [&votes](const QSqlQuery &row) {
            votes.push_back({.id = row.value(0).toLongLong(),
                .sessionId = row.value(1).toString(),
                .turnId = row.value(2).toLongLong(),
                .first = {.endpointId = row.value(3).toString(), .model = row.value(4).toString()},
                .second = {.endpointId = row.value(6).toString(), .model = row.value(7).toString()},
                .firstLabel = row.value(5).toString(),
                .secondLabel = row.value(8).toString(),
                .choice = voteChoiceFromName(row.value(9).toString()),
                .isBlind = row.value(10).toBool(),
                .at = QDateTime::fromMSecsSinceEpoch(row.value(11).toLongLong(), Qt::UTC)});
        });
    return read.map([&votes] { return std::move(votes); });
}

} // namespace rows

VoteStore::VoteStore(Database &database)
    : m_database(database)
{
}

Result<qint64> VoteStore::add(const Vote &vote)
{
    const Result<qint64> id = rows::writeVote(m_database, vote);
    if (id)
        Q_EMIT changed();
    return id;
}

Result<void> VoteStore::remove(qint64 voteId)
{
    const Result<qint64> removed = m_database.run(QStringLiteral("DELETE FROM votes WHERE id = ?"), {voteId});
    if (!removed)
        return Failure(removed.error());
    Q_EMIT changed();
    return {};
}

Result<std::vector<Vote>> VoteStore::votes(const QString &sessionId) const
{
    return rows::readVotes(m_database, sessionId);
}

} // namespace diptych
