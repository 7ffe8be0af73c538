// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

namespace diptych {

class Database;

// Turns and answers as rows of the database. Writers belong into a transaction. Errors: Storage.
namespace rows {

/// The last turn of the branch that the session shows; 0: the session has no turns.
[[nodiscard]] Result<qint64> leafOf(const Database &database, const QString &sessionId);
/// The turn before; 0: there is none.
[[nodiscard]] Result<qint64> parentOf(const Database &database, qint64 turnId);
/// The last `count` turns of the branch that ends with `leaf`, oldest first; negative count: all.
[[nodiscard]] Result<std::vector<Turn>> readPath(const Database &database, qint64 leaf, int count);
/// The session's turns that are not on that branch.
[[nodiscard]] Result<std::vector<Turn>> readOthers(const Database &database, const QString &sessionId, qint64 leaf);
[[nodiscard]] Result<int> pathLength(const Database &database, qint64 leaf);
/// The answers that `writer` left streaming, with their journalled text.
[[nodiscard]] Result<std::vector<Answer>> readStreaming(const Database &database, const QString &writer);
/// The session that a turn belongs to; empty when there is no such turn.
[[nodiscard]] Result<QString> sessionOfTurn(const Database &database, qint64 turnId);
/// The session that an answer belongs to; empty when there is no such answer.
[[nodiscard]] Result<QString> sessionOfAnswer(const Database &database, qint64 answerId);

[[nodiscard]] Result<qint64> insertTurn(Database &database, const QString &sessionId, const Turn &turn);
/// `writer` is kept with answers that stream.
[[nodiscard]] Result<qint64> insertAnswer(
    Database &database, qint64 turnId, const Answer &answer, const QString &writer);
/// Makes a finished answer one that streams again, with what it holds now.
[[nodiscard]] Result<void> resumeAnswer(Database &database, const Answer &answer, const QString &writer);
/// Writes the final state, clears the journal, and makes the turn's text findable.
[[nodiscard]] Result<void> finishAnswer(Database &database, const Answer &answer);

} // namespace rows

/// Adds text at the end of a message: to its last part when that is text.
void appendText(Message &message, const QString &text, const QString &reasoning);

} // namespace diptych
