// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/textaligner.h"
#include "store/session.h"

namespace diptych {

/// Two ways on which a conversation went, beside each other: two branches of a session, or a session and what the same
/// questions brought later.
struct TurnComparison {
    /// A prompt or a pane's answer on both ways; one of them is empty when the other has nothing of the kind.
    struct Row {
        int turn = 0; ///< from 1, as both ways count it
        QString paneId {}; ///< empty: the prompt
        QString leftLabel {}; ///< the model; empty for a prompt
        QString rightLabel {};
        QString left {};
        QString right {};
        std::vector<TextHunk> hunks {}; ///< left is the base
        bool operator==(const Row &) const = default;
    };
    /// One pane's answers that both ways have.
    struct PaneSummary {
        QString paneId {};
        QString leftLabel {};
        QString rightLabel {};
        int answers = 0;
        int same = 0; ///< to the letter
        double changedShare = 0; ///< of the characters of both texts together, 0…1
        bool operator==(const PaneSummary &) const = default;
    };
    int sharedTurns = 0; ///< at the beginning, the same turns of the same session
    std::vector<Row> rows {}; ///< of the turns after those
    std::vector<PaneSummary> panes {};
    bool operator==(const TurnComparison &) const = default;
};

/// Compares the k-th turn of one way with the k-th of the other, in each pane the answer that counts.
[[nodiscard]] TurnComparison compareTurns(
    const std::vector<Turn> &left, const std::vector<Turn> &right, const std::vector<PaneState> &panes);

/// The turns of the branch through a turn that was continued last; 0: the branch that is shown.
[[nodiscard]] std::vector<Turn> branchThrough(const Session &session, qint64 turnId);

} // namespace diptych
