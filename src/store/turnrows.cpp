// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/turnrows.h"

#include "store/database.h"
#include "store/schema.h"
#include "store/sessioncodec.h"

#include <QHash>
#include <QSqlQuery>

#include <limits>

namespace diptych {

namespace {

QDateTime timeFrom(const QVariant &milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds.toLongLong(), Qt::UTC);
}

/// One damaged record is shown as such instead of hiding the whole session.
Message promptFrom(const QByteArray &json)
{
    Result<Message> message = decodeMessage(json);
    return message ? *std::move(message) : Message::fromText(Role::User, message.error().message);
}

QString answerColumns()
{
    return QStringLiteral(
        "a.id, a.pane_id, a.endpoint_id, a.model, a.model_label, a.state, a.message, a.finish_reason, "
        "a.error, a.metrics, a.extra, a.turn_id");
}

Answer answerFrom(const QSqlQuery &row)
{
    Answer answer {
        .id = row.value(0).toLongLong(),
        .paneId = row.value(1).toString(),
        .model = {.endpointId = row.value(2).toString(), .model = row.value(3).toString()},
        .modelLabel = row.value(4).toString(),
        .state = answerStateFromName(row.value(5).toString()),
        .finishReason = row.value(7).toString(),
        .metrics = decodeMetrics(row.value(9).toByteArray()).value_or(AnswerMetrics {}),
    };
    if (!row.isNull(8)) {
        const Result<Error> error = decodeError(row.value(8).toByteArray());
        answer.error = error ? *error : error.error();
    }
    if (Result<Message> message = decodeMessage(row.value(6).toByteArray())) {
        answer.message = *std::move(message);
    } else {
        answer.state = Answer::State::Failed;
        answer.error = message.error();
    }
    decodeAnswerExtra(row.value(10).toByteArray(), answer);
    return answer;
}

Result<void> addJournal(const Database &database, Answer &answer)
{
    return database.each(QStringLiteral("SELECT text, reasoning FROM journal WHERE answer_id = ? ORDER BY id"),
        {answer.id}, [&answer](const QSqlQuery &row) {
            appendText(answer.message, row.value(0).toString(), row.value(1).toString());
        });
}

/// `turnsSql` is a query of turn ids.
Result<void> readAnswers(
    const Database &database, const QString &turnsSql, const QVariantList &values, std::vector<Turn> &turns)
{
    QHash<qint64, Turn *> byId;
    for (Turn &turn : turns)
        byId.insert(turn.id, &turn);
    // CROSS JOIN keeps this order of tables: first the turns, then the few answers of each.
    Result<void> read =
        database.each(QStringLiteral("SELECT %1 FROM (%2) t CROSS JOIN answers a ON a.turn_id = t.id ORDER BY a.id")
                          .arg(answerColumns(), turnsSql),
            values, [&byId](const QSqlQuery &row) {
                if (Turn *turn = byId.value(row.value(11).toLongLong()))
                    turn->answers.push_back(answerFrom(row));
            });
    for (Turn &turn : turns) {
        for (Answer &answer : turn.answers) {
            if (read && answer.state == Answer::State::Streaming)
                read = addJournal(database, answer);
        }
    }
    return read;
}

/// The turns that a query of ids names, oldest first, with their answers.
Result<std::vector<Turn>> readTurns(const Database &database, const QString &turnsSql, const QVariantList &values)
{
    std::vector<Turn> turns;
    Result<void> read = database.each(
        QStringLiteral("SELECT id, parent_id, adopted_answer, at, prompt FROM turns WHERE id IN (%1) ORDER BY id")
            .arg(turnsSql),
        values, [&turns](const QSqlQuery &row) {
            turns.push_back({.id = row.value(0).toLongLong(),
                .parentId = row.value(1).toLongLong(),
                .adoptedAnswerId = row.value(2).toLongLong(),
                .at = timeFrom(row.value(3)),
                .prompt = promptFrom(row.value(4).toByteArray())});
        });
    if (read && !turns.empty())
        read = readAnswers(database, turnsSql, values, turns);
    return read.map([&turns] { return std::move(turns); });
}

/// A query of the ids from a turn back to the first one: the turn, then how many turns at most. A parent is always
/// older than its child, which keeps a damaged file from being read for ever.
QString pathSql()
{
    return QStringLiteral("WITH RECURSIVE path(id, parent_id, depth) AS ("
                          "SELECT id, parent_id, 1 FROM turns WHERE id = ? UNION ALL "
                          "SELECT t.id, t.parent_id, depth + 1 FROM path JOIN turns t ON t.id = path.parent_id "
                          "WHERE t.id < path.id AND depth < ?) SELECT id FROM path");
}

Result<QString> text(const Database &database, const QString &sql, qint64 id)
{
    return database.value(sql, {id}).map([](const QVariant &value) { return value.toString(); });
}

Result<void> indexTurnOfAnswer(Database &database, qint64 answerId)
{
    const Result<qint64> indexed =
        database.run(QStringLiteral("INSERT OR REPLACE INTO turn_search(rowid, body) SELECT t.id, %1 FROM turns t "
                                    "WHERE t.id = (SELECT turn_id FROM answers WHERE id = ?)")
                         .arg(searchableText()),
            {answerId});
    return indexed.map([](qint64) {});
}

QVariant errorColumn(const Answer &answer)
{
    return answer.error ? QVariant(QString::fromUtf8(encodeError(*answer.error))) : QVariant();
}

} // namespace

void appendText(Message &message, const QString &text, const QString &reasoning)
{
    message.reasoning += reasoning;
    if (text.isEmpty())
        return;
    auto *last = message.content.empty() ? nullptr : std::get_if<TextPart>(&message.content.back());
    if (last)
        last->text += text;
    else
        message.content.push_back(TextPart {text});
}

namespace rows {

Result<qint64> leafOf(const Database &database, const QString &sessionId)
{
    // Also when the turn that was shown last is gone: then the newest one.
    return database
        .value(QStringLiteral("SELECT coalesce((SELECT t.id FROM sessions s JOIN turns t ON t.id = s.leaf_turn "
                              "AND t.session_id = s.id WHERE s.id = ?), "
                              "(SELECT max(id) FROM turns WHERE session_id = ?), 0)"),
            {sessionId, sessionId})
        .map([](const QVariant &id) { return id.toLongLong(); });
}

Result<qint64> parentOf(const Database &database, qint64 turnId)
{
    return database.value(QStringLiteral("SELECT parent_id FROM turns WHERE id = ?"), {turnId})
        .map([](const QVariant &id) { return id.toLongLong(); });
}

Result<std::vector<Turn>> readPath(const Database &database, qint64 leaf, int count)
{
    if (leaf == 0 || count == 0)
        return std::vector<Turn>();
    return readTurns(database, pathSql(), {leaf, count < 0 ? std::numeric_limits<int>::max() : count});
}

Result<std::vector<Turn>> readOthers(const Database &database, const QString &sessionId, qint64 leaf)
{
    return readTurns(database,
        QStringLiteral("SELECT id FROM turns WHERE session_id = ? AND id NOT IN (%1)").arg(pathSql()),
        {sessionId, leaf, std::numeric_limits<int>::max()});
}

Result<int> pathLength(const Database &database, qint64 leaf)
{
    return database
        .value(QStringLiteral("SELECT count(*) FROM (%1)").arg(pathSql()), {leaf, std::numeric_limits<int>::max()})
        .map([](const QVariant &count) { return count.toInt(); });
}

Result<std::vector<Answer>> readStreaming(const Database &database, const QString &writer)
{
    std::vector<Answer> answers;
    Result<void> read = database.each(
        QStringLiteral("SELECT %1 FROM answers a WHERE a.state = 'streaming' AND a.writer = ?").arg(answerColumns()),
        {writer}, [&answers](const QSqlQuery &row) { answers.push_back(answerFrom(row)); });
    for (Answer &answer : answers) {
        if (read)
            read = addJournal(database, answer);
    }
    return read.map([&answers] { return std::move(answers); });
}

Result<QString> sessionOfTurn(const Database &database, qint64 turnId)
{
    return text(database, QStringLiteral("SELECT session_id FROM turns WHERE id = ?"), turnId);
}

Result<QString> sessionOfAnswer(const Database &database, qint64 answerId)
{
    return text(database,
        QStringLiteral("SELECT session_id FROM turns WHERE id = (SELECT turn_id FROM answers WHERE id = ?)"), answerId);
}

Result<qint64> insertTurn(Database &database, const QString &sessionId, const Turn &turn)
{
    const auto turnId = database.run(
        QStringLiteral("INSERT INTO turns(session_id, parent_id, adopted_answer, at, prompt) VALUES(?, ?, ?, ?, ?)"),
        {sessionId, std::max(turn.parentId, qint64(0)), std::max(turn.adoptedAnswerId, qint64(0)),
            turn.at.isValid() ? turn.at.toMSecsSinceEpoch() : QDateTime::currentMSecsSinceEpoch(),
            QString::fromUtf8(encodeMessage(turn.prompt))});
    if (!turnId)
        return turnId;
    const auto indexed = database.run(
        QStringLiteral("INSERT INTO turn_search(rowid, body) VALUES(?, ?)"), {*turnId, turn.prompt.text()});
    if (!indexed)
        return indexed;
    return turnId;
}

Result<qint64> insertAnswer(Database &database, qint64 turnId, const Answer &answer, const QString &writer)
{
    const bool isStreaming = answer.state == Answer::State::Streaming;
    const auto answerId = database.run(
        QStringLiteral("INSERT INTO answers(turn_id, pane_id, endpoint_id, model, model_label, state, message, "
                       "finish_reason, error, metrics, extra, writer) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {turnId, answer.paneId, answer.model.endpointId, answer.model.model, answer.modelLabel,
            answerStateName(answer.state), QString::fromUtf8(encodeMessage(answer.message)), answer.finishReason,
            errorColumn(answer), QString::fromUtf8(encodeMetrics(answer.metrics)),
            QString::fromUtf8(encodeAnswerExtra(answer)), isStreaming ? writer : QString()});
    if (!answerId || isStreaming)
        return answerId;
    if (auto indexed = indexTurnOfAnswer(database, *answerId); !indexed)
        return Failure(indexed.error());
    return answerId;
}

Result<void> resumeAnswer(Database &database, const Answer &answer, const QString &writer)
{
    return database
        .run(QStringLiteral("UPDATE answers SET state = ?, message = ?, extra = ?, writer = ? WHERE id = ?"),
            {answerStateName(Answer::State::Streaming), QString::fromUtf8(encodeMessage(answer.message)),
                QString::fromUtf8(encodeAnswerExtra(answer)), writer, answer.id})
        .map([](qint64) {});
}

Result<void> finishAnswer(Database &database, const Answer &answer)
{
    const auto updated = database.run(
        QStringLiteral(
            "UPDATE answers SET pane_id = ?, endpoint_id = ?, model = ?, model_label = ?, state = ?, message = ?, "
            "finish_reason = ?, error = ?, metrics = ?, extra = ? WHERE id = ?"),
        {answer.paneId, answer.model.endpointId, answer.model.model, answer.modelLabel, answerStateName(answer.state),
            QString::fromUtf8(encodeMessage(answer.message)), answer.finishReason, errorColumn(answer),
            QString::fromUtf8(encodeMetrics(answer.metrics)), QString::fromUtf8(encodeAnswerExtra(answer)), answer.id});
    if (!updated)
        return Failure(updated.error());
    const auto cleared = database.run(QStringLiteral("DELETE FROM journal WHERE answer_id = ?"), {answer.id});
    if (!cleared)
        return Failure(cleared.error());
    return indexTurnOfAnswer(database, answer.id);
}

} // namespace rows

} // namespace diptych
