// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

namespace diptych {

// A session's turns as the tree that they are. Session::turns is the branch that is shown, Session::otherTurns the
// rest; together they are all turns.

/// The answer of a pane to a turn that counts: its last one that is no repeat; null when there is none.
[[nodiscard]] const Answer *answerOf(const Turn &turn, const QString &paneId);
/// The answer that a pane's history goes on from: the adopted one, else the pane's own.
[[nodiscard]] const Answer *historyAnswer(const Turn &turn, const QString &paneId);

/// A turn by its id, on the shown branch or not; null when there is none.
[[nodiscard]] const Turn *findTurn(const Session &session, qint64 turnId);
[[nodiscard]] Turn *findTurn(Session &session, qint64 turnId);
/// An answer by its id; null when there is none.
[[nodiscard]] Answer *findAnswer(Session &session, qint64 answerId);
/// Index into Session::turns; -1: not on the shown branch.
[[nodiscard]] int shownIndex(const Session &session, qint64 turnId);

/// The turns that stand at the same place as `turnId` (itself among them), oldest first, by id.
[[nodiscard]] std::vector<qint64> siblings(const Session &session, qint64 turnId);
/// The last turn of the branch through `turnId` that was continued last.
[[nodiscard]] qint64 newestLeaf(const Session &session, qint64 turnId);
/// The last turns of all branches, oldest first, by id.
[[nodiscard]] std::vector<qint64> leaves(const Session &session);
/// The ids from the first turn to `leafTurnId`.
[[nodiscard]] std::vector<qint64> pathTo(const Session &session, qint64 leafTurnId);
/// Makes Session::turns the branch that ends with `leafTurnId`; 0: no turn at all.
void showPath(Session &session, qint64 leafTurnId);

} // namespace diptych
