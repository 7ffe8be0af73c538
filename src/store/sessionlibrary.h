// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sessionbundle.h"

#include <QObject>
#include <QStringList>

namespace diptych {

class Database;

/// Where the list shows a session. Putting back an earlier place undoes a move, a pin, and the trash.
struct SessionPlace {
    QString id {};
    QString folder {};
    bool isPinned = false;
    QDateTime trashedAt {}; ///< invalid: not in the trash
    bool operator==(const SessionPlace &) const = default;
};

/// A turn as the tree of a session's branches shows it.
struct BranchTurn {
    qint64 id = 0;
    qint64 parentId = 0; ///< 0: none
    QString excerpt {}; ///< of the prompt, one line
    int answerCount = 0;
    bool operator==(const BranchTurn &) const = default;
};

/// The stored sessions as a collection: folders, pins, the trash, copies. Errors of all: Storage.
class SessionLibrary : public QObject
{
    Q_OBJECT
public:
    explicit SessionLibrary(Database &database);

    /// Those of the given sessions that exist.
    [[nodiscard]] Result<std::vector<SessionSummary>> summaries(const QStringList &ids) const;
    [[nodiscard]] Result<std::vector<SessionSummary>> recent(int limit) const; ///< newest first, without the trash
    [[nodiscard]] Result<std::vector<SessionSummary>> trash() const; ///< newest first
    [[nodiscard]] Result<std::vector<SessionPlace>> places(const QStringList &ids) const;
    [[nodiscard]] Result<void> setPlaces(const std::vector<SessionPlace> &places);
    /// Removes sessions for good.
    [[nodiscard]] Result<void> remove(const QStringList &ids);
    /// Removes for good what was put into the trash before `time`; how many.
    [[nodiscard]] Result<int> emptyTrash(const QDateTime &time);

    /// Every folder, those that only sessions or other folders name among them, sorted.
    [[nodiscard]] Result<QStringList> folders() const;
    [[nodiscard]] Result<void> addFolder(const QString &path);
    /// Renames a folder or moves it into another, with all that is in it.
    [[nodiscard]] Result<void> moveFolder(const QString &from, const QString &to);
    /// What was in the folder goes to the one that it was in.
    [[nodiscard]] Result<void> removeFolder(const QString &path);

    /// A copy with all branches, recordings and votes, beside the original; its id.
    [[nodiscard]] Result<QString> duplicate(const QString &sessionId, const QString &title);
    [[nodiscard]] Result<SessionBundle> bundle(const QString &sessionId) const;
    /// Adds a session that came from elsewhere. Its id must be new.
    [[nodiscard]] Result<void> insert(const SessionBundle &bundle);
    /// The turns of all branches, parents before their children.
    [[nodiscard]] Result<std::vector<BranchTurn>> branchTurns(const QString &sessionId) const;

    /// The file, for work on other threads, which needs a connection of its own.
    [[nodiscard]] const QString &databasePath() const;
    /// Tells everybody that sessions were added on another connection.
    void noteAdded(const QStringList &ids);

Q_SIGNALS:
    void changed(const QStringList &ids); ///< also those that are new
    void removed(const QStringList &ids);
    void foldersChanged();

private:
    Result<void> moveFolderRows(const QString &from, const QString &to);

    Database &m_database;
};

} // namespace diptych
