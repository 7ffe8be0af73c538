// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/branchtree.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

namespace diptych {

namespace {

using Children = QHash<qint64, std::vector<const BranchTurn *>>;

/// Goes along a branch to its end; the turns with which it forks there.
std::vector<const BranchTurn *> follow(const Children &children, const BranchTurn *turn, Branch &branch)
{
    for (;;) {
        ++branch.turnCount;
        branch.answerCount += turn->answerCount;
        const std::vector<const BranchTurn *> next = children.value(turn->id);
        if (next.size() != 1)
            return next;
        turn = next.front();
    }
}

QString countText(const char *text, int count)
{
    return QCoreApplication::translate("diptych::SessionTreeModel", text, nullptr, count);
}

QString whenText(const QDateTime &when)
{
    const QDateTime local = when.toLocalTime();
    const qint64 days = local.date().daysTo(QDate::currentDate());
    if (days == 0)
        return QLocale().toString(local.time(), QLocale::ShortFormat);
    if (days == 1)
        return countText("yesterday", 1);
    return QLocale().toString(local.date(), QLocale::ShortFormat);
}

} // namespace

std::vector<Branch> branchTree(const std::vector<BranchTurn> &turns)
{
    Children children;
    for (const BranchTurn &turn : turns) {
        // A child is younger than its parent: no loop, also where a file is damaged.
        if (turn.parentId < turn.id)
            children[turn.parentId].push_back(&turn);
    }
    std::vector<Branch> top;
    std::vector<const BranchTurn *> fork = children.value(0);
    if (fork.size() == 1) {
        Branch shared;
        fork = follow(children, fork.front(), shared);
    }
    // By hand, not by recursion. A list is complete before its elements' own lists are begun, so that they stay where
    // they are.
    std::vector<std::pair<std::vector<Branch> *, std::vector<const BranchTurn *>>> open {{&top, fork}};
    while (!open.empty()) {
        const auto [list, begins] = std::move(open.back());
        open.pop_back();
        std::vector<std::vector<const BranchTurn *>> forks;
        for (const BranchTurn *turn : begins) {
            list->push_back({.turnId = turn->id, .excerpt = turn->excerpt});
            forks.push_back(follow(children, turn, list->back()));
        }
        for (std::size_t index = 0; index < forks.size(); ++index) {
            if (!forks[index].empty())
                open.emplace_back(&(*list)[index].children, forks[index]);
        }
    }
    return top;
}

QString branchDetail(const Branch &branch)
{
    const QString turns = branch.turnCount == 1 ? countText("1 turn", 1) : countText("%n turns", branch.turnCount);
    const QString answers =
        branch.answerCount == 1 ? countText("1 answer", 1) : countText("%n answers", branch.answerCount);
    return QStringLiteral("%1 · %2").arg(turns, answers);
}

QString sessionDetail(const SessionSummary &session)
{
    const QString turns = session.turnCount == 1 ? countText("1 turn", 1) : countText("%n turns", session.turnCount);
    const QString text = QStringLiteral("%1 · %2").arg(whenText(session.updatedAt), turns);
    return session.branchCount > 1 ? QStringLiteral("%1 · %2").arg(text, countText("%n branches", session.branchCount))
                                   : text;
}

} // namespace diptych
