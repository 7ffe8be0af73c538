// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sessionlibrary.h"

#include <QAbstractItemModel>
#include <QHash>
#include <QSet>
#include <QTimer>

#include <memory>

namespace diptych {

class SessionStore;

/// The stored sessions in their folders, each with its branches below it when it has several. In a folder: pinned
/// sessions, folders, then the rest, newest first. Follows the store; what is in the trash is left out.
class SessionTreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum class Kind { Folder, Session, Branch };
    Q_ENUM(Kind)
    enum Role {
        KindRole = Qt::UserRole + 1, ///< int of Kind
        SessionIdRole, ///< of a session, or of a branch's session
        FolderRole, ///< path of a folder, or of the folder that the session is in
        TurnIdRole, ///< qint64: the first turn of a branch; 0 elsewhere
        DetailRole, ///< QString: when, how many turns
        PinnedRole, ///< bool
    };
    static constexpr auto mimeType = "application/x-diptych-sessions";

    /// `store` may be null: the list stays empty then.
    explicit SessionTreeModel(SessionStore *store, QObject *parent = nullptr);
    ~SessionTreeModel() override;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &) const override { return 1; }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    [[nodiscard]] bool canDropMimeData(
        const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) const override;
    bool dropMimeData(
        const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

    [[nodiscard]] QModelIndex indexOf(const QString &sessionId) const;
    [[nodiscard]] QModelIndex indexOfFolder(const QString &path) const;
    [[nodiscard]] QStringList folders() const { return m_folders; }
    [[nodiscard]] bool isEmpty() const; ///< neither sessions nor folders
    void reload();

Q_SIGNALS:
    // What a person asked for; whoever can undo it does it.
    void renameRequested(const QString &sessionId, const QString &title);
    void folderRenameRequested(const QString &path, const QString &newPath);
    void moveRequested(const QStringList &sessionIds, const QString &folder);

private:
    struct Node;
    [[nodiscard]] Node *nodeAt(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const Node *node) const;
    Node *folderNode(const QString &path);
    Node *addSession(const SessionSummary &summary);
    void place(std::unique_ptr<Node> node, Node *parent);
    void update(const QString &sessionId);
    void removeSession(const QString &sessionId);
    void noteChanged(const QStringList &ids);
    void takeChanges();
    void addBranches(Node *session);
    void dropBranches(Node *session);

    SessionStore *m_store;
    std::unique_ptr<Node> m_root;
    QHash<QString, Node *> m_sessions;
    QHash<QString, Node *> m_folderNodes;
    QStringList m_folders;
    QSet<QString> m_changed; ///< since the event loop ran last
    QTimer m_changeTimer;
};

} // namespace diptych
