// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

namespace diptych {

class Database;

// Sessions, turns and answers as rows of the database. Writers belong into a transaction. Errors: Storage.
namespace rows {

[[nodiscard]] Result<std::vector<SessionSummary>> readSummaries(const Database &database);
/// Without turns.
[[nodiscard]] Result<Session> readSession(const Database &database, const QString &sessionId);
/// The newest `count` turns older than `before`, oldest first; negative count: all.
[[nodiscard]] Result<std::vector<Turn>> readTurns(
    const Database &database, const QString &sessionId, qint64 before, int count);
[[nodiscard]] Result<int> countTurns(const Database &database, const QString &sessionId, qint64 before);
/// The answers that `writer` left streaming, with their journalled text.
[[nodiscard]] Result<std::vector<Answer>> readStreaming(const Database &database, const QString &writer);
/// The session that a turn belongs to; empty when there is no such turn.
[[nodiscard]] Result<QString> sessionOfTurn(const Database &database, qint64 turnId);
/// The session that an answer belongs to; empty when there is no such answer.
[[nodiscard]] Result<QString> sessionOfAnswer(const Database &database, qint64 answerId);

[[nodiscard]] Result<void> writeSession(Database &database, const Session &session);
[[nodiscard]] Result<qint64> insertTurn(Database &database, const QString &sessionId, const Turn &turn);
/// `writer` is kept with answers that stream.
[[nodiscard]] Result<qint64> insertAnswer(
    Database &database, qint64 turnId, const Answer &answer, const QString &writer);
/// Writes the final state, clears the journal, and makes the turn's text findable.
[[nodiscard]] Result<void> finishAnswer(Database &database, const Answer &answer);
/// Sets the time of the session's last change to now.
[[nodiscard]] Result<void> touch(Database &database, const QString &sessionId);

} // namespace rows

/// Adds text at the end of a message: to its last part when that is text.
void appendText(Message &message, const QString &text, const QString &reasoning);

} // namespace diptych
