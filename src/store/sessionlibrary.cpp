// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessionlibrary.h"

#include "store/bundlerows.h"
#include "store/database.h"
#include "store/sessioncodec.h"
#include "store/sessionrows.h"

#include <QSet>
#include <QSqlQuery>
#include <QUuid>

#include <algorithm>

namespace diptych {

namespace {

constexpr int excerptLength = 80;

QVariant columnOf(const QDateTime &time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant();
}

QString parentOf(const QString &folder)
{
    const qsizetype slash = folder.lastIndexOf(u'/');
    return slash < 0 ? QString() : folder.left(slash);
}

/// Names without empty ones: "a//b/" is "a/b".
QString cleanPath(const QString &path)
{
    QStringList names;
    for (const QString &name : path.split(u'/', Qt::SkipEmptyParts)) {
        if (const QString simple = name.simplified(); !simple.isEmpty())
            names.append(simple);
    }
    return names.join(u'/');
}

QString excerptOf(const QByteArray &prompt)
{
    const Result<Message> message = decodeMessage(prompt);
    if (!message)
        return {};
    return message->text().left(4 * excerptLength).simplified().left(excerptLength);
}

} // namespace

SessionLibrary::SessionLibrary(Database &database)
    : m_database(database)
{
}

const QString &SessionLibrary::databasePath() const
{
    return m_database.path();
}

void SessionLibrary::noteAdded(const QStringList &ids)
{
    Q_EMIT foldersChanged();
    Q_EMIT changed(ids);
}

Result<std::vector<SessionSummary>> SessionLibrary::summaries(const QStringList &ids) const
{
    std::vector<SessionSummary> all;
    for (const QString &id : ids) {
        Result<std::vector<SessionSummary>> found = rows::readSummaries(m_database, id);
        if (!found)
            return found;
        std::move(found->begin(), found->end(), std::back_inserter(all));
    }
    return all;
}

Result<std::vector<SessionSummary>> SessionLibrary::recent(int limit) const
{
    return rows::readRecent(m_database, limit);
}

Result<std::vector<SessionSummary>> SessionLibrary::trash() const
{
    return rows::readTrash(m_database);
}

Result<std::vector<SessionPlace>> SessionLibrary::places(const QStringList &ids) const
{
    std::vector<SessionPlace> places;
    for (const QString &id : ids) {
        const Result<void> read =
            m_database.each(QStringLiteral("SELECT folder, is_pinned, trashed_at FROM sessions WHERE id = ?"), {id},
                [&](const QSqlQuery &row) {
                    places.push_back({.id = id, .folder = row.value(0).toString(), .isPinned = row.value(1).toBool()});
                    if (!row.isNull(2))
                        places.back().trashedAt = QDateTime::fromMSecsSinceEpoch(row.value(2).toLongLong(), Qt::UTC);
                });
        if (!read)
            return Failure(read.error());
    }
    return places;
}

Result<void> SessionLibrary::setPlaces(const std::vector<SessionPlace> &places)
{
    QStringList ids;
    const Result<void> written = m_database.transaction([&]() -> Result<void> {
        for (const SessionPlace &place : places) {
            ids.append(place.id);
            const auto updated = m_database.run(
                QStringLiteral("UPDATE sessions SET folder = ?, is_pinned = ?, trashed_at = ? WHERE id = ?"),
                {cleanPath(place.folder), int(place.isPinned), columnOf(place.trashedAt), place.id});
            if (!updated)
                return Failure(updated.error());
        }
        return {};
    });
    if (!written)
        return written;
    Q_EMIT foldersChanged();
    Q_EMIT changed(ids);
    return {};
}

Result<void> SessionLibrary::remove(const QStringList &ids)
{
    const Result<void> done = m_database.transaction([&]() -> Result<void> {
        for (const QString &id : ids) {
            if (auto gone = m_database.run(QStringLiteral("DELETE FROM sessions WHERE id = ?"), {id}); !gone)
                return Failure(gone.error());
        }
        return {};
    });
    if (done)
        Q_EMIT removed(ids);
    return done;
}

Result<int> SessionLibrary::emptyTrash(const QDateTime &time)
{
    QStringList ids;
    const Result<void> read = m_database.each(QStringLiteral("SELECT id FROM sessions WHERE trashed_at <= ?"),
        {time.toMSecsSinceEpoch()}, [&ids](const QSqlQuery &row) { ids.append(row.value(0).toString()); });
    if (!read)
        return Failure(read.error());
    if (ids.isEmpty())
        return 0;
    return remove(ids).map([&ids] { return int(ids.size()); });
}

Result<QStringList> SessionLibrary::folders() const
{
    QSet<QString> paths;
    const Result<void> read =
        m_database.each(QStringLiteral("SELECT path FROM folders UNION SELECT folder FROM sessions "
                                       "WHERE trashed_at IS NULL AND folder <> ''"),
            {}, [&paths](const QSqlQuery &row) {
                for (QString path = row.value(0).toString(); !path.isEmpty(); path = parentOf(path))
                    paths.insert(path);
            });
    QStringList sorted(paths.begin(), paths.end());
    sorted.sort(Qt::CaseInsensitive);
    return read.map([&sorted] { return sorted; });
}

Result<void> SessionLibrary::addFolder(const QString &path)
{
    const QString clean = cleanPath(path);
    if (clean.isEmpty())
        return {};
    const auto added = m_database.run(QStringLiteral("INSERT OR IGNORE INTO folders(path) VALUES(?)"), {clean});
    if (!added)
        return Failure(added.error());
    Q_EMIT foldersChanged();
    return {};
}

Result<void> SessionLibrary::moveFolderRows(const QString &from, const QString &to)
{
    // What is in a folder has its path as the beginning; compared by length, because names may hold LIKE's signs.
    const QString inside = QString(from + u'/');
    const QVariantList values {to, inside.size(), from, inside.size(), inside};
    for (const auto &[table, column] : {std::pair(QStringLiteral("sessions"), QStringLiteral("folder")),
             std::pair(QStringLiteral("folders"), QStringLiteral("path"))}) {
        const auto moved = m_database.run(QStringLiteral("UPDATE OR REPLACE %1 SET %2 = ltrim(? || substr(%2, ?), '/') "
                                                         "WHERE %2 = ? OR substr(%2, 1, ?) = ?")
                                              .arg(table, column),
            values);
        if (!moved)
            return Failure(moved.error());
    }
    return m_database.run(QStringLiteral("DELETE FROM folders WHERE path = ''")).map([](qint64) {});
}

Result<void> SessionLibrary::moveFolder(const QString &from, const QString &to)
{
    const QString target = cleanPath(to);
    const bool isInsideItself = QString(target + u'/').startsWith(QString(from + u'/'));
    if (from.isEmpty() || target.isEmpty() || isInsideItself)
        return {};
    const Result<void> moved = m_database.transaction([&]() -> Result<void> {
        if (auto kept = m_database.run(QStringLiteral("INSERT OR IGNORE INTO folders(path) VALUES(?)"), {from}); !kept)
            return Failure(kept.error());
        return moveFolderRows(from, target);
    });
    if (!moved)
        return moved;
    Q_EMIT foldersChanged();
    Q_EMIT changed({});
    return {};
}

Result<void> SessionLibrary::removeFolder(const QString &path)
{
    const Result<void> removed = m_database.transaction([&] { return moveFolderRows(path, parentOf(path)); });
    if (!removed)
        return removed;
    Q_EMIT foldersChanged();
    Q_EMIT changed({});
    return {};
}

Result<QString> SessionLibrary::duplicate(const QString &sessionId, const QString &title)
{
    Result<SessionBundle> copy = bundle(sessionId);
    if (!copy)
        return Failure(copy.error());
    copy->session.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    copy->session.title = title;
    copy->session.trashedAt = {};
    copy->session.createdAt = copy->session.updatedAt = QDateTime::currentDateTimeUtc();
    return insert(*copy).map([&copy] { return copy->session.id; });
}

Result<SessionBundle> SessionLibrary::bundle(const QString &sessionId) const
{
    return rows::readBundle(m_database, sessionId);
}

Result<void> SessionLibrary::insert(const SessionBundle &bundle)
{
    const Result<void> written = m_database.transaction([&] { return rows::insertBundle(m_database, bundle); });
    if (!written)
        return written;
    noteAdded({bundle.session.id});
    return {};
}

Result<std::vector<BranchTurn>> SessionLibrary::branchTurns(const QString &sessionId) const
{
    std::vector<BranchTurn> turns;
    const Result<void> read = m_database.each(
        QStringLiteral("SELECT id, parent_id, prompt, (SELECT count(*) FROM answers WHERE turn_id = turns.id) "
                       "FROM turns WHERE session_id = ? ORDER BY id"),
        {sessionId}, [&turns](const QSqlQuery &row) {
            turns.push_back({.id = row.value(0).toLongLong(),
                .parentId = row.value(1).toLongLong(),
                .excerpt = excerptOf(row.value(2).toByteArray()),
                .answerCount = row.value(3).toInt()});
        });
    return read.map([&turns] { return std::move(turns); });
}

} // namespace diptych
