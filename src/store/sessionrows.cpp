// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessionrows.h"

#include "store/database.h"
#include "store/sessioncodec.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QSqlQuery>

namespace diptych {

namespace {

QDateTime timeFrom(const QVariant &milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds.toLongLong(), Qt::UTC);
}

QDateTime timeOrNone(const QVariant &milliseconds)
{
    return milliseconds.isNull() ? QDateTime() : timeFrom(milliseconds);
}

QVariant columnOf(const QDateTime &time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant();
}

QString columnOf(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

qint64 timeOrNow(const QDateTime &time)
{
    return time.isValid() ? time.toMSecsSinceEpoch() : now();
}

Result<void> writePanes(Database &database, const Session &session)
{
    if (auto cleared = database.run(QStringLiteral("DELETE FROM panes WHERE session_id = ?"), {session.id}); !cleared)
        return Failure(cleared.error());
    int position = 0;
    for (const PaneState &pane : session.panes) {
        const auto written = database.run(
            QStringLiteral("INSERT INTO panes(session_id, position, id, endpoint_id, model, is_synced, overrides, "
                           "system_prompt) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"),
            {session.id, position++, pane.id, pane.model.endpointId, pane.model.model, int(pane.isSynced),
                QString::fromUtf8(encodeSettings(pane.overrides)),
                pane.systemPrompt ? QVariant(*pane.systemPrompt) : QVariant()});
        if (!written)
            return Failure(written.error());
    }
    return {};
}

/// Rows of id, title, time, folder, pin, trash, and the numbers of turns, of turns with children, and of panes.
Result<std::vector<SessionSummary>> readSummaryRows(
    const Database &database, const QString &sql, const QVariantList &values)
{
    std::vector<SessionSummary> summaries;
    const auto read = database.each(sql, values, [&summaries](const QSqlQuery &row) {
        summaries.push_back({.id = row.value(0).toString(),
            .title = row.value(1).toString(),
            .updatedAt = timeFrom(row.value(2)),
            .folder = row.value(3).toString(),
            .isPinned = row.value(4).toBool(),
            .trashedAt = timeOrNone(row.value(5)),
            .turnCount = row.value(6).toInt(),
            .paneCount = row.value(8).toInt(),
            // A tree has as many leaves as it has turns that are nobody's parent.
            .branchCount = row.value(6).toInt() - row.value(7).toInt()});
    });
    return read.map([&summaries] { return std::move(summaries); });
}

/// Those of a few sessions: each is looked up.
Result<std::vector<SessionSummary>> readSome(const Database &database, const QString &which, const QVariantList &values)
{
    return readSummaryRows(database,
        QStringLiteral("SELECT s.id, s.title, s.updated_at, s.folder, s.is_pinned, s.trashed_at, "
                       "(SELECT count(*) FROM turns WHERE session_id = s.id), "
                       "(SELECT count(DISTINCT nullif(parent_id, 0)) FROM turns WHERE session_id = s.id), "
                       "(SELECT count(*) FROM panes WHERE session_id = s.id) FROM sessions s %1")
            .arg(which),
        values);
}

} // namespace

namespace rows {

Result<std::vector<SessionSummary>> readSummaries(const Database &database, const QString &sessionId)
{
    if (!sessionId.isEmpty())
        return readSome(database, QStringLiteral("WHERE s.id = ?"), {sessionId});
    // One pass over the index of turns for all sessions; a lookup for each would take three times as long.
    return readSummaryRows(database,
        QStringLiteral(
            "SELECT s.id, s.title, s.updated_at, s.folder, s.is_pinned, s.trashed_at, "
            "coalesce(t.turns, 0), coalesce(t.parents, 0), coalesce(p.panes, 0) FROM sessions s "
            "LEFT JOIN (SELECT session_id, count(*) AS turns, count(DISTINCT nullif(parent_id, 0)) AS parents "
            "FROM turns GROUP BY session_id) t ON t.session_id = s.id "
            "LEFT JOIN (SELECT session_id, count(*) AS panes FROM panes GROUP BY session_id) p "
            "ON p.session_id = s.id ORDER BY s.updated_at DESC, s.id"),
        {});
}

Result<std::vector<SessionSummary>> readRecent(const Database &database, int limit)
{
    return readSome(
        database, QStringLiteral("WHERE s.trashed_at IS NULL ORDER BY s.updated_at DESC, s.id LIMIT ?"), {limit});
}

Result<std::vector<SessionSummary>> readTrash(const Database &database)
{
    return readSome(database, QStringLiteral("WHERE s.trashed_at IS NOT NULL ORDER BY s.updated_at DESC, s.id"), {});
}

Result<Session> readSession(const Database &database, const QString &sessionId)
{
    Session session;
    Result<void> read = database.each(
        QStringLiteral("SELECT title, created_at, updated_at, system_prompt, settings, folder, is_pinned, trashed_at, "
                       "variables, view FROM sessions WHERE id = ?"),
        {sessionId}, [&session, &sessionId](const QSqlQuery &row) {
            session.id = sessionId;
            session.title = row.value(0).toString();
            session.createdAt = timeFrom(row.value(1));
            session.updatedAt = timeFrom(row.value(2));
            session.systemPrompt = row.value(3).toString();
            session.settings = decodeSettings(row.value(4).toByteArray()).value_or(RequestSettings {});
            session.folder = row.value(5).toString();
            session.isPinned = row.value(6).toBool();
            session.trashedAt = timeOrNone(row.value(7));
            session.variables = QJsonDocument::fromJson(row.value(8).toByteArray()).object();
            session.view = QJsonDocument::fromJson(row.value(9).toByteArray()).object();
        });
    if (!read)
        return Failure(read.error());
    if (session.id.isEmpty()) {
        return Failure({.kind = Error::Kind::Storage,
            .message = QCoreApplication::translate("diptych::SessionStore", "This session no longer exists.")});
    }
    read = database.each(
        QStringLiteral(
            "SELECT id, endpoint_id, model, is_synced, overrides, system_prompt FROM panes WHERE session_id = ? "
            "ORDER BY position"),
        {sessionId}, [&session](const QSqlQuery &row) {
            session.panes.push_back({.id = row.value(0).toString(),
                .model = {.endpointId = row.value(1).toString(), .model = row.value(2).toString()},
                .isSynced = row.value(3).toBool(),
                .overrides = decodeSettings(row.value(4).toByteArray()).value_or(RequestSettings {})});
            if (!row.isNull(5))
                session.panes.back().systemPrompt = row.value(5).toString();
        });
    return read.map([&session] { return std::move(session); });
}

Result<void> writeSession(Database &database, const Session &session)
{
    // Where the list keeps it is changed there only: a window that has the session open knows an older place.
    const auto written = database.run(
        QStringLiteral("INSERT INTO sessions(id, title, created_at, updated_at, system_prompt, settings, variables, "
                       "view, folder, is_pinned, trashed_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                       "ON CONFLICT(id) DO UPDATE SET title = excluded.title, "
                       "updated_at = max(updated_at, excluded.updated_at), system_prompt = excluded.system_prompt, "
                       "settings = excluded.settings, variables = excluded.variables, view = excluded.view"),
        {session.id, session.title, timeOrNow(session.createdAt), timeOrNow(session.updatedAt), session.systemPrompt,
            QString::fromUtf8(encodeSettings(session.settings)), columnOf(session.variables), columnOf(session.view),
            session.folder, int(session.isPinned), columnOf(session.trashedAt)});
    if (!written)
        return Failure(written.error());
    return writePanes(database, session);
}

Result<void> touch(Database &database, const QString &sessionId)
{
    return database
        .run(QStringLiteral("UPDATE sessions SET updated_at = max(updated_at, ?) WHERE id = ?"), {now(), sessionId})
        .map([](qint64) {});
}

} // namespace rows

} // namespace diptych
