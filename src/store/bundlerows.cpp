// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/bundlerows.h"

#include "store/database.h"
#include "store/recordingstore.h"
#include "store/sessionrows.h"
#include "store/turnrows.h"
#include "store/votestore.h"

#include <QSqlQuery>

#include <algorithm>

namespace diptych {

namespace {

/// The new ids of what was inserted.
struct NewIds {
    std::map<qint64, qint64> turns {};
    std::map<qint64, qint64> answers {};
};

qint64 lookUp(const std::map<qint64, qint64> &ids, qint64 id)
{
    const auto found = ids.find(id);
    return found == ids.end() ? 0 : found->second;
}

/// Parents before their children: stored ids grow with time, temporary ones fall.
std::vector<const Turn *> inOrder(const Session &session)
{
    std::vector<const Turn *> turns;
    for (const std::vector<Turn> *list : {&session.turns, &session.otherTurns}) {
        for (const Turn &turn : *list)
            turns.push_back(&turn);
    }
    std::sort(turns.begin(), turns.end(), [](const Turn *left, const Turn *right) {
        return left->id < 0 && right->id < 0 ? left->id > right->id : left->id < right->id;
    });
    return turns;
}

Result<void> insertAnswers(
    Database &database, const Turn &turn, qint64 turnId, const SessionBundle &bundle, NewIds &ids)
{
    for (const Answer &answer : turn.answers) {
        Answer copy = answer;
        if (copy.state == Answer::State::Streaming) // somebody else is receiving it
            copy.state = Answer::State::Interrupted;
        const Result<qint64> answerId = rows::insertAnswer(database, turnId, copy, {});
        if (!answerId)
            return Failure(answerId.error());
        ids.answers[answer.id] = *answerId;
        const auto recording = bundle.recordings.find(answer.id);
        if (recording == bundle.recordings.end())
            continue;
        if (auto written = rows::writeRecording(database, *answerId, packRecording(recording->second)); !written)
            return written;
    }
    if (turn.adoptedAnswerId == 0)
        return {};
    return database
        .run(QStringLiteral("UPDATE turns SET adopted_answer = ? WHERE id = ?"),
            {lookUp(ids.answers, turn.adoptedAnswerId), turnId})
        .map([](qint64) {});
}

} // namespace

namespace rows {

Result<bool> hasSession(const Database &database, const QString &sessionId)
{
    return database.value(QStringLiteral("SELECT count(*) FROM sessions WHERE id = ?"), {sessionId})
        .map([](const QVariant &count) { return count.toInt() > 0; });
}

Result<SessionBundle> readBundle(const Database &database, const QString &sessionId)
{
    SessionBundle bundle;
    Result<Session> session = readSession(database, sessionId);
    if (!session)
        return Failure(session.error());
    bundle.session = *std::move(session);
    const Result<qint64> leaf = leafOf(database, sessionId);
    if (!leaf)
        return Failure(leaf.error());
    Result<std::vector<Turn>> turns = readPath(database, *leaf, -1);
    if (!turns)
        return Failure(turns.error());
    Result<std::vector<Turn>> others = readOthers(database, sessionId, *leaf);
    if (!others)
        return Failure(others.error());
    bundle.session.turns = *std::move(turns);
    bundle.session.otherTurns = *std::move(others);
    std::vector<qint64> recorded;
    const Result<void> listed =
        database.each(QStringLiteral("SELECT r.answer_id FROM turns t JOIN answers a ON a.turn_id = t.id "
                                     "JOIN recordings r ON r.answer_id = a.id WHERE t.session_id = ?"),
            {sessionId}, [&recorded](const QSqlQuery &row) { recorded.push_back(row.value(0).toLongLong()); });
    if (!listed)
        return Failure(listed.error());
    for (const qint64 answerId : recorded) {
        // One that is damaged is left out: the answer itself does not depend on it.
        if (Result<Recording> recording = readRecording(database, answerId))
            bundle.recordings.emplace(answerId, *std::move(recording));
    }
    Result<std::vector<Vote>> votes = readVotes(database, sessionId);
    if (!votes)
        return Failure(votes.error());
    bundle.votes = *std::move(votes);
    return bundle;
}

Result<void> insertBundle(Database &database, const SessionBundle &bundle)
{
    const Session &session = bundle.session;
    if (auto written = writeSession(database, session); !written)
        return written;
    NewIds ids;
    for (const Turn *turn : inOrder(session)) {
        Turn bare {.parentId = lookUp(ids.turns, turn->parentId), .at = turn->at, .prompt = turn->prompt};
        if (!bare.at.isValid())
            bare.at = session.createdAt;
        const Result<qint64> turnId = insertTurn(database, session.id, bare);
        if (!turnId)
            return Failure(turnId.error());
        ids.turns[turn->id] = *turnId;
        if (auto answers = insertAnswers(database, *turn, *turnId, bundle, ids); !answers)
            return answers;
    }
    for (Vote vote : bundle.votes) {
        vote.sessionId = session.id;
        vote.turnId = lookUp(ids.turns, vote.turnId);
        if (auto written = writeVote(database, vote); !written)
            return Failure(written.error());
    }
    return database
        .run(QStringLiteral("UPDATE sessions SET leaf_turn = ? WHERE id = ?"),
            {session.turns.empty() ? qint64(0) : lookUp(ids.turns, session.turns.back().id), session.id})
        .map([](qint64) {});
}

} // namespace rows

} // namespace diptych
