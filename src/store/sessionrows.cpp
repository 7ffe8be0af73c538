// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessionrows.h"

#include "store/database.h"
#include "store/schema.h"
#include "store/sessioncodec.h"

#include <QCoreApplication>
#include <QHash>
#include <QSqlQuery>

#include <limits>

namespace diptych {

namespace {

QDateTime timeFrom(const QVariant &milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds.toLongLong(), Qt::UTC);
}

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

qint64 timeOrNow(const QDateTime &time)
{
    return time.isValid() ? time.toMSecsSinceEpoch() : now();
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
        "a.error, a.metrics, a.turn_id");
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
    return answer;
}

Result<void> addJournal(const Database &database, Answer &answer)
{
    return database.each(QStringLiteral("SELECT text, reasoning FROM journal WHERE answer_id = ? ORDER BY id"),
        {answer.id}, [&answer](const QSqlQuery &row) {
            appendText(answer.message, row.value(0).toString(), row.value(1).toString());
        });
}

Result<void> readAnswers(const Database &database, const QString &sessionId, qint64 before, std::vector<Turn> &turns)
{
    QHash<qint64, Turn *> byId;
    for (Turn &turn : turns)
        byId.insert(turn.id, &turn);
    // CROSS JOIN keeps this order of tables: turns by their index, then the few answers of each.
    Result<void> read = database.each(QStringLiteral("SELECT %1 FROM turns t CROSS JOIN answers a ON a.turn_id = t.id "
                                                     "WHERE t.session_id = ? AND t.id >= ? AND t.id < ? ORDER BY a.id")
                                          .arg(answerColumns()),
        {sessionId, turns.front().id, before}, [&byId](const QSqlQuery &row) {
            if (Turn *turn = byId.value(row.value(10).toLongLong()))
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

Result<void> writePanes(Database &database, const Session &session)
{
    if (auto cleared = database.run(QStringLiteral("DELETE FROM panes WHERE session_id = ?"), {session.id}); !cleared)
        return Failure(cleared.error());
    int position = 0;
    for (const PaneState &pane : session.panes) {
        const auto written = database.run(
            QStringLiteral("INSERT INTO panes(session_id, position, id, endpoint_id, model, is_synced, overrides) "
                           "VALUES(?, ?, ?, ?, ?, ?, ?)"),
            {session.id, position++, pane.id, pane.model.endpointId, pane.model.model, int(pane.isSynced),
                QString::fromUtf8(encodeSettings(pane.overrides))});
        if (!written)
            return Failure(written.error());
    }
    return {};
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

Result<std::vector<SessionSummary>> readSummaries(const Database &database)
{
    std::vector<SessionSummary> summaries;
    const auto read = database.each(
        QStringLiteral("SELECT id, title, updated_at, (SELECT count(*) FROM turns WHERE session_id = sessions.id), "
                       "(SELECT count(*) FROM panes WHERE session_id = sessions.id) "
                       "FROM sessions ORDER BY updated_at DESC, id"),
        {}, [&summaries](const QSqlQuery &row) {
            summaries.push_back({.id = row.value(0).toString(),
                .title = row.value(1).toString(),
                .updatedAt = timeFrom(row.value(2)),
                .turnCount = row.value(3).toInt(),
                .paneCount = row.value(4).toInt()});
        });
    return read.map([&summaries] { return std::move(summaries); });
}

Result<Session> readSession(const Database &database, const QString &sessionId)
{
    Session session;
    Result<void> read = database.each(
        QStringLiteral("SELECT title, created_at, updated_at, system_prompt, settings FROM sessions WHERE id = ?"),
        {sessionId}, [&session, &sessionId](const QSqlQuery &row) {
            session.id = sessionId;
            session.title = row.value(0).toString();
            session.createdAt = timeFrom(row.value(1));
            session.updatedAt = timeFrom(row.value(2));
            session.systemPrompt = row.value(3).toString();
            session.settings = decodeSettings(row.value(4).toByteArray()).value_or(RequestSettings {});
        });
    if (!read)
        return Failure(read.error());
    if (session.id.isEmpty()) {
        return Failure({.kind = Error::Kind::Storage,
            .message = QCoreApplication::translate("diptych::SessionStore", "This session no longer exists.")});
    }
    read = database.each(
        QStringLiteral(
            "SELECT id, endpoint_id, model, is_synced, overrides FROM panes WHERE session_id = ? ORDER BY position"),
        {sessionId}, [&session](const QSqlQuery &row) {
            session.panes.push_back({.id = row.value(0).toString(),
                .model = {.endpointId = row.value(1).toString(), .model = row.value(2).toString()},
                .isSynced = row.value(3).toBool(),
                .overrides = decodeSettings(row.value(4).toByteArray()).value_or(RequestSettings {})});
        });
    return read.map([&session] { return std::move(session); });
}

Result<std::vector<Turn>> readTurns(const Database &database, const QString &sessionId, qint64 before, int count)
{
    std::vector<Turn> turns;
    Result<void> read = database.each(
        QStringLiteral("SELECT id, at, prompt FROM turns WHERE session_id = ? AND id < ? ORDER BY id DESC LIMIT ?"),
        {sessionId, before, count}, [&turns](const QSqlQuery &row) {
            turns.push_back({.id = row.value(0).toLongLong(),
                .at = timeFrom(row.value(1)),
                .prompt = promptFrom(row.value(2).toByteArray())});
        });
    std::reverse(turns.begin(), turns.end());
    if (read && !turns.empty())
        read = readAnswers(database, sessionId, before, turns);
    return read.map([&turns] { return std::move(turns); });
}

Result<int> countTurns(const Database &database, const QString &sessionId, qint64 before)
{
    return database
        .value(QStringLiteral("SELECT count(*) FROM turns WHERE session_id = ? AND id < ?"), {sessionId, before})
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

Result<void> writeSession(Database &database, const Session &session)
{
    const auto written = database.run(
        QStringLiteral("INSERT INTO sessions(id, title, created_at, updated_at, system_prompt, settings) "
                       "VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET title = excluded.title, "
                       "updated_at = max(updated_at, excluded.updated_at), system_prompt = excluded.system_prompt, "
                       "settings = excluded.settings"),
        {session.id, session.title, timeOrNow(session.createdAt), timeOrNow(session.updatedAt), session.systemPrompt,
            QString::fromUtf8(encodeSettings(session.settings))});
    if (!written)
        return Failure(written.error());
    return writePanes(database, session);
}

Result<qint64> insertTurn(Database &database, const QString &sessionId, const Turn &turn)
{
    const auto turnId = database.run(QStringLiteral("INSERT INTO turns(session_id, at, prompt) VALUES(?, ?, ?)"),
        {sessionId, timeOrNow(turn.at), QString::fromUtf8(encodeMessage(turn.prompt))});
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
                       "finish_reason, error, metrics, writer) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {turnId, answer.paneId, answer.model.endpointId, answer.model.model, answer.modelLabel,
            answerStateName(answer.state), QString::fromUtf8(encodeMessage(answer.message)), answer.finishReason,
            errorColumn(answer), QString::fromUtf8(encodeMetrics(answer.metrics)), isStreaming ? writer : QString()});
    if (!answerId || isStreaming)
        return answerId;
    if (auto indexed = indexTurnOfAnswer(database, *answerId); !indexed)
        return Failure(indexed.error());
    return answerId;
}

Result<void> finishAnswer(Database &database, const Answer &answer)
{
    const auto updated = database.run(
        QStringLiteral(
            "UPDATE answers SET pane_id = ?, endpoint_id = ?, model = ?, model_label = ?, state = ?, message = ?, "
            "finish_reason = ?, error = ?, metrics = ? WHERE id = ?"),
        {answer.paneId, answer.model.endpointId, answer.model.model, answer.modelLabel, answerStateName(answer.state),
            QString::fromUtf8(encodeMessage(answer.message)), answer.finishReason, errorColumn(answer),
            QString::fromUtf8(encodeMetrics(answer.metrics)), answer.id});
    if (!updated)
        return Failure(updated.error());
    const auto cleared = database.run(QStringLiteral("DELETE FROM journal WHERE answer_id = ?"), {answer.id});
    if (!cleared)
        return Failure(cleared.error());
    return indexTurnOfAnswer(database, answer.id);
}

Result<void> touch(Database &database, const QString &sessionId)
{
    return database
        .run(QStringLiteral("UPDATE sessions SET updated_at = max(updated_at, ?) WHERE id = ?"), {now(), sessionId})
        .map([](qint64) {});
}

} // namespace rows

} // namespace diptych
