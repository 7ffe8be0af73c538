// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/sessionspane.h"
#include "ui_sessionspane.h"

#include "models/sessionlistmodel.h"
#include "models/sessiontreemodel.h"
#include "sessions/sessionedits.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

// Menus and keys of the pane.
namespace diptych {

namespace {

QString textOf(const QModelIndex &index, int role)
{
    return index.data(role).toString();
}

} // namespace

void SessionsPane::setUpMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("sessionsMenu"));
    m_ui->moreButton->setMenu(menu);
    menu->addAction(themeIcon(QStringLiteral("folder")), tr("New folder"), this, &SessionsPane::newFolder);
    menu->addSeparator();
    menu->addAction(
        themeIcon(QStringLiteral("download")), tr("Import sessions…"), this, [this] { Q_EMIT importRequested(); });
    menu->addAction(themeIcon(QStringLiteral("arrow-up")), tr("Export all sessions…"), this,
        [this] { Q_EMIT exportRequested({}); });
    menu->addSeparator();
    QAction *trash =
        menu->addAction(themeIcon(QStringLiteral("trash")), tr("Trash"), this, [this] { showPage(Page::Trash); });
    connect(menu, &QMenu::aboutToShow, this, [this, trash] {
        const int count = m_trash->rowCount();
        trash->setText(count == 0 ? tr("Trash") : tr("Trash (%1)").arg(count));
    });
}

bool SessionsPane::eventFilter(QObject *watched, QEvent *event)
{
    // The window has an undo of its own: while the list has the focus, the key is the list's.
    if (watched == m_ui->sessionView && event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isOurs = key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)
            || (key->key() == Qt::Key_D && key->modifiers() == Qt::ControlModifier);
        event->setAccepted(isOurs);
        return isOurs;
    }
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (watched == m_ui->sessionView && (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo))) {
        if (key->matches(QKeySequence::Undo))
            m_edits->undoStack().undo();
        else
            m_edits->undoStack().redo();
        return true;
    }
    if (watched == m_ui->sessionView)
        return handleTreeKey(key->key(), key->modifiers());
    if (watched == m_ui->trashView)
        return handleTrashKey(key->key());
    if (watched == m_ui->matchView && isReturn) {
        activateMatch(m_ui->matchView->currentIndex());
        return true;
    }
    if (watched == m_ui->searchEdit && key->key() == Qt::Key_Escape) {
        m_ui->searchEdit->clear();
        return true;
    }
    if (watched == m_ui->searchEdit && (isReturn || key->key() == Qt::Key_Down)) {
        if (m_searchPause.isActive())
            search();
        QAbstractItemView *view = m_ui->sessionView;
        if (m_page == Page::Matches)
            view = m_ui->matchView;
        if (!view->currentIndex().isValid())
            view->setCurrentIndex(view->model()->index(0, 0));
        view->setFocus(Qt::TabFocusReason);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

bool SessionsPane::handleTreeKey(int key, Qt::KeyboardModifiers modifiers)
{
    const QModelIndex current = m_ui->sessionView->currentIndex();
    if (key == Qt::Key_Menu || (key == Qt::Key_F10 && modifiers == Qt::ShiftModifier)) {
        showTreeMenu(m_ui->sessionView->visualRect(current).center());
        return true;
    }
    if (key == Qt::Key_Delete) {
        moveSelectionToTrash();
        return true;
    }
    // While a name is edited, keys go to its editor.
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && current.isValid()) {
        activate(current);
        return true;
    }
    if (key == Qt::Key_D && modifiers == Qt::ControlModifier) {
        const QStringList chosen = selectedSessions();
        for (const QString &id : chosen)
            m_edits->duplicate(id);
        return true;
    }
    return false;
}

bool SessionsPane::handleTrashKey(int key)
{
    switch (key) {
    case Qt::Key_Escape:
        showPage(Page::Sessions);
        m_ui->sessionView->setFocus();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_edits->restore(selectedInTrash());
        return true;
    case Qt::Key_Delete:
        if (const QStringList chosen = selectedInTrash(); !chosen.isEmpty())
            askToRemove(chosen, tr("Delete %n sessions for good?", nullptr, int(chosen.size())));
        return true;
    default:
        return false;
    }
}

void SessionsPane::moveSelectionToTrash()
{
    const QModelIndexList chosen = m_ui->sessionView->selectionModel()->selectedIndexes();
    QStringList folders;
    QStringList sessions;
    for (const QModelIndex &index : chosen) {
        const auto kind = SessionTreeModel::Kind(index.data(SessionTreeModel::KindRole).toInt());
        if (kind == SessionTreeModel::Kind::Folder)
            folders.append(textOf(index, SessionTreeModel::FolderRole));
        else if (kind == SessionTreeModel::Kind::Session)
            sessions.append(textOf(index, SessionTreeModel::SessionIdRole));
    }
    // A folder is taken away, not what is in it.
    for (const QString &folder : std::as_const(folders))
        m_edits->removeFolder(folder);
    m_edits->moveToTrash(sessions);
}

void SessionsPane::newFolder()
{
    const QModelIndex current = m_ui->sessionView->currentIndex();
    const QString path = m_edits->addFolder(textOf(current, SessionTreeModel::FolderRole));
    showPage(Page::Sessions);
    const QModelIndex index = m_tree->indexOfFolder(path);
    if (!index.isValid())
        return;
    m_ui->sessionView->expand(index.parent());
    m_ui->sessionView->setCurrentIndex(index);
    m_ui->sessionView->setFocus();
    m_ui->sessionView->edit(index);
}

void SessionsPane::rename()
{
    m_ui->sessionView->edit(m_ui->sessionView->currentIndex());
}

void SessionsPane::showTreeMenu(const QPoint &position)
{
    QTreeView *view = m_ui->sessionView;
    const QModelIndex index = view->indexAt(position);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("sessionMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto kind = SessionTreeModel::Kind(index.data(SessionTreeModel::KindRole).toInt());
    if (!index.isValid())
        menu->addAction(themeIcon(QStringLiteral("folder")), tr("New folder"), this, &SessionsPane::newFolder);
    else if (kind == SessionTreeModel::Kind::Branch)
        addBranchActions(*menu, index);
    else if (kind == SessionTreeModel::Kind::Folder && view->selectionModel()->selectedIndexes().size() == 1)
        addFolderActions(*menu, textOf(index, SessionTreeModel::FolderRole));
    else
        addSessionActions(*menu, selectedSessions());
    menu->popup(view->viewport()->mapToGlobal(position));
}

void SessionsPane::addFolderActions(QMenu &menu, const QString &folder)
{
    menu.addAction(themeIcon(QStringLiteral("folder")), tr("New folder in it"), this, &SessionsPane::newFolder);
    menu.addAction(themeIcon(QStringLiteral("text")), tr("Rename"), this, &SessionsPane::rename)
        ->setShortcut(Qt::Key_F2);
    if (const QStringList sessions = selectedSessions(); !sessions.isEmpty()) {
        menu.addAction(themeIcon(QStringLiteral("arrow-up")), tr("Export what is in it…"), this,
            [this, sessions] { Q_EMIT exportRequested(sessions); });
    }
    menu.addSeparator();
    menu.addAction(themeIcon(QStringLiteral("trash")), tr("Remove the folder, keep the sessions"), this,
        [this, folder] { m_edits->removeFolder(folder); });
}

void SessionsPane::addMoveMenu(QMenu &menu, const QStringList &sessions)
{
    QMenu *move = menu.addMenu(themeIcon(QStringLiteral("folder")), tr("Move to"));
    move->addAction(tr("The top"), this, [this, sessions] { m_edits->move(sessions, {}); });
    const QStringList folders = m_tree->folders();
    for (const QString &folder : folders) {
        move->addAction(QString(folder).replace(u'&', QStringLiteral("&&")), this,
            [this, sessions, folder] { m_edits->move(sessions, folder); });
    }
    move->addSeparator();
    move->addAction(tr("A new folder"), this, [this, sessions] { m_edits->move(sessions, m_edits->addFolder({})); });
}

void SessionsPane::addSessionActions(QMenu &menu, const QStringList &sessions)
{
    if (sessions.isEmpty())
        return;
    const QString first = sessions.front();
    const bool isPinned = m_tree->indexOf(first).data(SessionTreeModel::PinnedRole).toBool();
    if (sessions.size() == 1) {
        menu.addAction(themeIcon(QStringLiteral("text")), tr("Rename"), this, &SessionsPane::rename)
            ->setShortcut(Qt::Key_F2);
    }
    menu.addAction(themeIcon(QStringLiteral("pin")), isPinned ? tr("Unpin") : tr("Pin"), this,
        [this, sessions, isPinned] { m_edits->setPinned(sessions, !isPinned); });
    addMoveMenu(menu, sessions);
    menu.addAction(themeIcon(QStringLiteral("copy")), tr("Duplicate"), this,
            [this, sessions] {
                for (const QString &id : sessions)
                    m_edits->duplicate(id);
            })
        ->setShortcut(QKeySequence(QStringLiteral("Ctrl+D")));
    menu.addAction(themeIcon(QStringLiteral("arrow-up")), tr("Export…"), this,
        [this, sessions] { Q_EMIT exportRequested(sessions); });
    if (sessions.size() == 1) {
        menu.addSeparator();
        menu.addAction(
            themeIcon(QStringLiteral("play")), tr("Replay…"), this, [this, first] { Q_EMIT replayRequested(first); });
        menu.addAction(themeIcon(QStringLiteral("regenerate")), tr("Ask everything again…"), this,
            [this, first] { Q_EMIT rerunRequested(first); });
    }
    menu.addSeparator();
    menu.addAction(themeIcon(QStringLiteral("trash")), tr("Move to the trash"), this,
            [this, sessions] { m_edits->moveToTrash(sessions); })
        ->setShortcut(QKeySequence::Delete);
}

void SessionsPane::addBranchActions(QMenu &menu, const QModelIndex &branch)
{
    menu.addAction(themeIcon(QStringLiteral("session")), tr("Show this branch"), this,
        [this, index = QPersistentModelIndex(branch)] { activate(index); });
    std::vector<qint64> turns;
    const QString sessionId = textOf(branch, SessionTreeModel::SessionIdRole);
    const QModelIndexList chosen = m_ui->sessionView->selectionModel()->selectedIndexes();
    for (const QModelIndex &index : chosen) {
        if (textOf(index, SessionTreeModel::SessionIdRole) == sessionId)
            turns.push_back(index.data(SessionTreeModel::TurnIdRole).toLongLong());
    }
    const bool isPair = turns.size() == 2;
    const qint64 clicked = branch.data(SessionTreeModel::TurnIdRole).toLongLong();
    const qint64 left = isPair ? turns[0] : 0;
    const qint64 right = isPair ? turns[1] : clicked;
    menu.addAction(themeIcon(QStringLiteral("swap")),
        isPair ? tr("Compare the two branches…") : tr("Compare with the branch that is shown…"), this,
        [this, sessionId, left, right] { Q_EMIT compareRequested(sessionId, left, right); });
}

void SessionsPane::askToRemove(const QStringList &sessions, const QString &question)
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Delete for good"),
        QStringLiteral("%1 %2").arg(question, tr("This can not be undone.")), QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    const QAbstractButton *yes = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    connect(box, &QMessageBox::buttonClicked, this, [this, yes, sessions](const QAbstractButton *button) {
        if (button == yes)
            m_edits->remove(sessions);
    });
    box->open();
}

void SessionsPane::askToEmptyTrash()
{
    QStringList all;
    for (int row = 0; row < m_trash->rowCount(); ++row)
        all.append(textOf(m_trash->index(row), SessionListModel::SessionIdRole));
    if (!all.isEmpty())
        askToRemove(all,
            all.size() == 1 ? tr("Delete the session in the trash for good?")
                            : tr("Delete the %n sessions in the trash for good?", nullptr, int(all.size())));
}

} // namespace diptych
