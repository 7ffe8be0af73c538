// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/turncomparison.h"

#include "models/sessiontree.h"

#include <algorithm>

namespace diptych {

namespace {

int sharedCount(const std::vector<Turn> &left, const std::vector<Turn> &right)
{
    const auto [end, other] = std::mismatch(left.begin(), left.end(), right.begin(), right.end(),
        [](const Turn &a, const Turn &b) { return a.id != 0 && a.id == b.id; });
    return int(end - left.begin());
}

const Turn *turnAt(const std::vector<Turn> &turns, std::size_t index)
{
    return index < turns.size() ? &turns[index] : nullptr;
}

TurnComparison::Row promptRow(int number, const Turn *left, const Turn *right)
{
    TurnComparison::Row row {.turn = number};
    row.left = left ? left->prompt.text() : QString();
    row.right = right ? right->prompt.text() : QString();
    row.hunks = alignTexts(row.left, row.right);
    return row;
}

void sum(const TurnComparison::Row &row, TurnComparison::PaneSummary &summary)
{
    qsizetype changed = 0;
    for (const TextHunk &hunk : row.hunks)
        changed += hunk.baseLength + hunk.length;
    const double share = double(changed) / double(std::max(qsizetype(1), row.left.size() + row.right.size()));
    // The mean over the answers, each counting the same however long it is.
    summary.changedShare = (summary.changedShare * summary.answers + share) / (summary.answers + 1);
    ++summary.answers;
    summary.same += row.left == row.right ? 1 : 0;
    summary.leftLabel = row.leftLabel;
    summary.rightLabel = row.rightLabel;
}

} // namespace

TurnComparison compareTurns(
    const std::vector<Turn> &left, const std::vector<Turn> &right, const std::vector<PaneState> &panes)
{
    TurnComparison comparison {.sharedTurns = sharedCount(left, right)};
    for (const PaneState &pane : panes)
        comparison.panes.push_back({.paneId = pane.id});
    for (std::size_t index = std::size_t(comparison.sharedTurns); index < std::max(left.size(), right.size());
         ++index) {
        const Turn *leftTurn = turnAt(left, index);
        const Turn *rightTurn = turnAt(right, index);
        const int number = int(index) + 1;
        comparison.rows.push_back(promptRow(number, leftTurn, rightTurn));
        for (std::size_t pane = 0; pane < panes.size(); ++pane) {
            const Answer *leftAnswer = leftTurn ? answerOf(*leftTurn, panes[pane].id) : nullptr;
            const Answer *rightAnswer = rightTurn ? answerOf(*rightTurn, panes[pane].id) : nullptr;
            if (!leftAnswer && !rightAnswer)
                continue;
            TurnComparison::Row row {.turn = number, .paneId = panes[pane].id};
            row.leftLabel = leftAnswer ? leftAnswer->modelLabel : QString();
            row.rightLabel = rightAnswer ? rightAnswer->modelLabel : QString();
            row.left = leftAnswer ? leftAnswer->message.text() : QString();
            row.right = rightAnswer ? rightAnswer->message.text() : QString();
            row.hunks = alignTexts(row.left, row.right);
            if (leftAnswer && rightAnswer)
                sum(row, comparison.panes[pane]);
            comparison.rows.push_back(std::move(row));
        }
    }
    std::erase_if(comparison.panes, [](const TurnComparison::PaneSummary &pane) { return pane.answers == 0; });
    return comparison;
}

std::vector<Turn> branchThrough(const Session &session, qint64 turnId)
{
    if (turnId == 0)
        return session.turns;
    std::vector<Turn> turns;
    for (const qint64 id : pathTo(session, newestLeaf(session, turnId))) {
        if (const Turn *turn = findTurn(session, id))
            turns.push_back(*turn);
    }
    return turns;
}

} // namespace diptych
