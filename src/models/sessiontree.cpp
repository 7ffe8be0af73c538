// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessiontree.h"

#include <QSet>

#include <algorithm>

namespace diptych {

namespace {

std::vector<const Turn *> allTurns(const Session &session)
{
    std::vector<const Turn *> turns;
    for (const Turn &turn : session.turns)
        turns.push_back(&turn);
    for (const Turn &turn : session.otherTurns)
        turns.push_back(&turn);
    return turns;
}

/// Stored ids grow with time; those that are not stored are negative and fall with it.
bool isOlder(qint64 left, qint64 right)
{
    if ((left < 0) != (right < 0))
        return left > 0;
    return left < 0 ? left > right : left < right;
}

} // namespace

const Answer *answerOf(const Turn &turn, const QString &paneId)
{
    const auto found = std::find_if(turn.answers.rbegin(), turn.answers.rend(),
        [&paneId](const Answer &answer) { return answer.paneId == paneId && answer.repeat <= 1; });
    return found == turn.answers.rend() ? nullptr : &*found;
}

const Answer *historyAnswer(const Turn &turn, const QString &paneId)
{
    if (turn.adoptedAnswerId != 0) {
        const auto found = std::find_if(turn.answers.begin(), turn.answers.end(),
            [&turn](const Answer &answer) { return answer.id == turn.adoptedAnswerId; });
        if (found != turn.answers.end())
            return &*found;
    }
    return answerOf(turn, paneId);
}

const Turn *findTurn(const Session &session, qint64 turnId)
{
    for (const Turn *turn : allTurns(session)) {
        if (turn->id == turnId)
            return turn;
    }
    return nullptr;
}

Turn *findTurn(Session &session, qint64 turnId)
{
    return const_cast<Turn *>(findTurn(std::as_const(session), turnId));
}

Answer *findAnswer(Session &session, qint64 answerId)
{
    for (std::vector<Turn> *turns : {&session.turns, &session.otherTurns}) {
        for (Turn &turn : *turns) {
            for (Answer &answer : turn.answers) {
                if (answer.id == answerId)
                    return &answer;
            }
        }
    }
    return nullptr;
}

int shownIndex(const Session &session, qint64 turnId)
{
    for (std::size_t index = 0; index < session.turns.size(); ++index) {
        if (session.turns[index].id == turnId)
            return static_cast<int>(index);
    }
    return -1;
}

std::vector<qint64> siblings(const Session &session, qint64 turnId)
{
    const Turn *turn = findTurn(session, turnId);
    std::vector<qint64> ids;
    for (const Turn *other : allTurns(session)) {
        if (turn && other->parentId == turn->parentId)
            ids.push_back(other->id);
    }
    std::sort(ids.begin(), ids.end(), isOlder);
    return ids;
}

qint64 newestLeaf(const Session &session, qint64 turnId)
{
    qint64 leaf = turnId;
    for (bool goesOn = true; goesOn;) {
        goesOn = false;
        qint64 newest = leaf;
        for (const Turn *turn : allTurns(session)) {
            // A child is younger than its parent: no loop, also where a file is damaged.
            if (turn->parentId == leaf && isOlder(leaf, turn->id) && isOlder(newest, turn->id)) {
                newest = turn->id;
                goesOn = true;
            }
        }
        leaf = newest;
    }
    return leaf;
}

std::vector<qint64> leaves(const Session &session)
{
    QSet<qint64> parents;
    for (const Turn *turn : allTurns(session))
        parents.insert(turn->parentId);
    std::vector<qint64> ids;
    for (const Turn *turn : allTurns(session)) {
        if (!parents.contains(turn->id))
            ids.push_back(turn->id);
    }
    std::sort(ids.begin(), ids.end(), isOlder);
    return ids;
}

std::vector<qint64> pathTo(const Session &session, qint64 leafTurnId)
{
    std::vector<qint64> path;
    const Turn *turn = findTurn(session, leafTurnId);
    while (turn) {
        path.push_back(turn->id);
        const Turn *parent = turn->parentId == 0 ? nullptr : findTurn(session, turn->parentId);
        turn = parent && isOlder(parent->id, turn->id) ? parent : nullptr;
    }
    std::reverse(path.begin(), path.end());
    return path;
}

void showPath(Session &session, qint64 leafTurnId)
{
    const std::vector<qint64> path = pathTo(session, leafTurnId);
    std::vector<Turn> all = std::move(session.turns);
    std::move(session.otherTurns.begin(), session.otherTurns.end(), std::back_inserter(all));
    std::sort(all.begin(), all.end(), [](const Turn &left, const Turn &right) { return isOlder(left.id, right.id); });
    session.turns.clear();
    session.otherTurns.clear();
    for (Turn &turn : all) {
        const bool isShown = std::find(path.begin(), path.end(), turn.id) != path.end();
        (isShown ? session.turns : session.otherTurns).push_back(std::move(turn));
    }
}

} // namespace diptych
