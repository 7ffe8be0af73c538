// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QModelIndex>
#include <QTimer>
#include <QWidget>

#include <memory>

class QMenu;

namespace diptych {

namespace Ui {
class SessionsPane;
}

class NoticeBar;
class SessionEdits;
class SessionListModel;
class SessionMatchesModel;
class SessionStore;
class SessionTreeModel;

/// The stored sessions: folders, branches, search in all text, trash. What it does itself it can undo; the rest it asks
/// for.
class SessionsPane : public QWidget
{
    Q_OBJECT
public:
    enum class Page { Sessions, Matches, Trash };

    /// `store` may be null: there is nothing to show then.
    explicit SessionsPane(SessionStore *store, QWidget *parent = nullptr);
    ~SessionsPane() override;

    void selectSession(const QString &sessionId); ///< also when it comes into the list later
    void focusSearch();
    void showPage(Page page);
    [[nodiscard]] QStringList selectedSessions() const; ///< of the list; folders stand for what is in them
    [[nodiscard]] NoticeBar &notices() { return *m_notices; }
    [[nodiscard]] SessionEdits &edits() { return *m_edits; }

Q_SIGNALS:
    void newSessionRequested();
    void sessionActivated(const QString &sessionId);
    void branchActivated(const QString &sessionId, qint64 turnId); ///< its first turn
    void matchActivated(const QString &sessionId, qint64 turnId, const QString &words); ///< turnId 0: the title
    void importRequested();
    void exportRequested(const QStringList &sessionIds); ///< empty: all
    void replayRequested(const QString &sessionId);
    void rerunRequested(const QString &sessionId);
    /// Two turns of different branches; 0: the branch that the session shows.
    void compareRequested(const QString &sessionId, qint64 firstTurn, qint64 secondTurn);
    void leaving(const QStringList &sessionIds); ///< see SessionEdits
    void failed(const diptych::Error &error);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setUpTree();
    void setUpMatches();
    void setUpTrash();
    void setUpMenu();
    void setUpEdits();
    void keepFoldersOpen();
    void showWhatThereIs();
    void search();
    void activate(const QModelIndex &index);
    void activateMatch(const QModelIndex &index);
    bool handleTreeKey(int key, Qt::KeyboardModifiers modifiers);
    bool handleTrashKey(int key);
    void showTreeMenu(const QPoint &position);
    void addFolderActions(QMenu &menu, const QString &folder);
    void addSessionActions(QMenu &menu, const QStringList &sessions);
    void addMoveMenu(QMenu &menu, const QStringList &sessions);
    void addBranchActions(QMenu &menu, const QModelIndex &branch);
    void newFolder();
    void rename();
    void moveSelectionToTrash();
    void askToEmptyTrash();
    void askToRemove(const QStringList &sessions, const QString &question);
    [[nodiscard]] QStringList selectedInTrash() const;

    std::unique_ptr<Ui::SessionsPane> m_ui;
    SessionTreeModel *m_tree;
    SessionMatchesModel *m_matches;
    SessionListModel *m_trash;
    SessionEdits *m_edits;
    NoticeBar *m_notices;
    QTimer m_searchPause;
    QString m_shownSession; ///< by the window
    Page m_page = Page::Sessions;
    bool m_isUndoOffered = false; ///< the notice's button undoes
};

} // namespace diptych
