// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sessionlibrary.h"

namespace diptych {

/// A branch of a session: its turns from a fork up to the next one, or to the end.
struct Branch {
    qint64 turnId = 0; ///< its first turn
    QString excerpt {}; ///< of that turn's prompt
    int turnCount = 0;
    int answerCount = 0; ///< of all its turns
    std::vector<Branch> children {}; ///< where it forks again
    bool operator==(const Branch &) const = default;
};

/// What goes out from a session's forks, oldest first; what all branches share comes before the first fork and is left
/// out. Empty: the session never forked.
[[nodiscard]] std::vector<Branch> branchTree(const std::vector<BranchTurn> &turns);

[[nodiscard]] QString branchDetail(const Branch &branch); ///< "3 turns · 4 answers"
[[nodiscard]] QString sessionDetail(const SessionSummary &session); ///< "yesterday · 3 turns"

} // namespace diptych
