// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/sessionspane.h"
#include "ui_sessionspane.h"

#include "models/sessionlistmodel.h"
#include "models/sessionmatchesmodel.h"
#include "models/sessiontreemodel.h"
#include "sessions/noticebar.h"
#include "sessions/sessiondelegate.h"
#include "sessions/sessionedits.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QMenu>

namespace diptych {

namespace {

constexpr std::chrono::milliseconds searchPause {120}; // so that a word is searched, not each of its letters

} // namespace

SessionsPane::SessionsPane(SessionStore *store, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::SessionsPane>())
    , m_tree(new SessionTreeModel(store, this))
    , m_matches(new SessionMatchesModel(store, this))
    , m_trash(new SessionListModel(store, this, SessionListModel::Part::Trash))
    , m_edits(new SessionEdits(store, this))
    , m_notices(new NoticeBar)
{
    m_ui->setupUi(this);
    m_ui->layout->addWidget(m_notices);
    makeCaption(m_ui->caption);
    makeCaption(m_ui->emptyLabel);
    m_ui->newSessionButton->setIcon(themeIcon(QStringLiteral("add")));
    m_ui->moreButton->setIcon(themeIcon(QStringLiteral("more")));
    m_ui->searchEdit->addAction(themeIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    connect(m_ui->newSessionButton, &QToolButton::clicked, this, &SessionsPane::newSessionRequested);
    setUpTree();
    setUpMatches();
    setUpTrash();
    setUpMenu();
    setUpEdits();
    showPage(Page::Sessions);
}

SessionsPane::~SessionsPane() = default;

void SessionsPane::setUpTree()
{
    QTreeView *view = m_ui->sessionView;
    view->setModel(m_tree);
    view->setItemDelegate(new SessionDelegate(SessionTreeModel::DetailRole, view));
    view->setIndentation(spacing::wide);
    view->setMouseTracking(true);
    view->installEventFilter(this);
    connect(view, &QTreeView::customContextMenuRequested, this, &SessionsPane::showTreeMenu);
    connect(view, &QTreeView::clicked, this, [this, view](const QModelIndex &index) {
        // With several chosen, or with Ctrl or Shift, a person is choosing, not opening.
        if (view->selectionModel()->selectedIndexes().size() == 1)
            activate(index);
    });
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_tree, signal, this, &SessionsPane::showWhatThereIs);
    connect(m_tree, &QAbstractItemModel::modelReset, this, &SessionsPane::showWhatThereIs);
    connect(m_tree, &QAbstractItemModel::rowsInserted, this, [this, view] {
        if (!view->selectionModel()->hasSelection())
            selectSession(m_shownSession);
    });
    keepFoldersOpen();
}

void SessionsPane::keepFoldersOpen()
{
    // A model that was read anew has all folders closed and nothing chosen.
    auto open = std::make_shared<QStringList>();
    auto chosen = std::make_shared<QString>();
    QTreeView *view = m_ui->sessionView;
    connect(m_tree, &QAbstractItemModel::modelAboutToBeReset, view, [this, view, open, chosen] {
        open->clear();
        const QStringList folders = m_tree->folders();
        for (const QString &folder : folders) {
            if (view->isExpanded(m_tree->indexOfFolder(folder)))
                open->append(folder);
        }
        *chosen = view->currentIndex().data(SessionTreeModel::SessionIdRole).toString();
    });
    connect(m_tree, &QAbstractItemModel::modelReset, view, [this, view, open, chosen] {
        for (const QString &folder : std::as_const(*open))
            view->expand(m_tree->indexOfFolder(folder));
        if (const QModelIndex index = m_tree->indexOf(*chosen); index.isValid())
            view->setCurrentIndex(index);
    });
}

void SessionsPane::setUpMatches()
{
    QListView *view = m_ui->matchView;
    view->setModel(m_matches);
    view->setItemDelegate(new SessionDelegate(SessionMatchesModel::SnippetRole, view));
    view->setMouseTracking(true);
    view->installEventFilter(this);
    m_ui->searchEdit->installEventFilter(this);
    m_searchPause.setSingleShot(true);
    m_searchPause.setInterval(searchPause);
    connect(&m_searchPause, &QTimer::timeout, this, &SessionsPane::search);
    connect(m_ui->searchEdit, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.trimmed().isEmpty())
            search(); // back to the list at once
        else
            m_searchPause.start();
    });
    connect(view, &QListView::clicked, this, &SessionsPane::activateMatch);
}

void SessionsPane::setUpTrash()
{
    QListView *view = m_ui->trashView;
    view->setModel(m_trash);
    view->setItemDelegate(new SessionDelegate(SessionListModel::DetailRole, view));
    view->setMouseTracking(true);
    view->installEventFilter(this);
    m_ui->leaveTrashButton->setIcon(themeIcon(QStringLiteral("chevron-right")));
    m_ui->leaveTrashButton->setToolButtonStyle(Qt::ToolButtonTextOnly);
    connect(m_ui->leaveTrashButton, &QToolButton::clicked, this, [this] { showPage(Page::Sessions); });
    connect(m_ui->restoreButton, &QToolButton::clicked, this, [this] { m_edits->restore(selectedInTrash()); });
    connect(m_ui->emptyTrashButton, &QToolButton::clicked, this, &SessionsPane::askToEmptyTrash);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SessionsPane::showWhatThereIs);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_trash, signal, this, &SessionsPane::showWhatThereIs);
    connect(m_trash, &QAbstractItemModel::modelReset, this, &SessionsPane::showWhatThereIs);
}

void SessionsPane::setUpEdits()
{
    connect(m_tree, &SessionTreeModel::renameRequested, m_edits, &SessionEdits::rename);
    connect(m_tree, &SessionTreeModel::moveRequested, m_edits, &SessionEdits::move);
    connect(m_tree, &SessionTreeModel::folderRenameRequested, m_edits, &SessionEdits::moveFolder);
    connect(m_edits, &SessionEdits::leaving, this, &SessionsPane::leaving);
    connect(m_edits, &SessionEdits::failed, this, &SessionsPane::failed);
    connect(m_edits, &SessionEdits::done, this, [this](const QString &what) {
        m_isUndoOffered = true;
        m_notices->showNotice(what, tr("Undo"));
    });
    connect(m_notices, &NoticeBar::buttonClicked, this, [this] {
        if (!std::exchange(m_isUndoOffered, false))
            return;
        m_notices->dismiss();
        m_edits->undoStack().undo();
    });
}

void SessionsPane::showPage(Page page)
{
    m_page = page;
    m_ui->caption->setText(page == Page::Trash ? tr("Trash") : tr("Sessions"));
    m_ui->trashHeader->setVisible(page == Page::Trash);
    m_ui->searchEdit->setVisible(page != Page::Trash);
    showWhatThereIs();
}

void SessionsPane::showWhatThereIs()
{
    QString text;
    if (m_page == Page::Matches && m_matches->rowCount() == 0) {
        text = m_matches->problem().isEmpty() ? tr("Nothing found for \"%1\".").arg(m_matches->text().simplified())
                                              : m_matches->problem();
    } else if (m_page == Page::Trash && m_trash->rowCount() == 0) {
        text = tr("The trash is empty. Sessions stay in it for %n days.", nullptr, SessionListModel::daysInTrash);
    } else if (m_page == Page::Sessions && m_tree->isEmpty()) {
        text = tr("Your conversations appear here from the first question on. Those of ChatGPT, Open WebUI and LM "
                  "Studio can be imported: see the menu above.");
    }
    m_ui->emptyLabel->setText(text);
    m_ui->emptyLabel->setVisible(!text.isEmpty());
    m_ui->sessionView->setVisible(m_page == Page::Sessions && text.isEmpty());
    m_ui->matchView->setVisible(m_page == Page::Matches && text.isEmpty());
    m_ui->trashView->setVisible(m_page == Page::Trash && text.isEmpty());
    m_ui->layout->setStretchFactor(m_ui->emptyLabel, text.isEmpty() ? 0 : 1);
    m_ui->emptyTrashButton->setEnabled(m_trash->rowCount() > 0);
    m_ui->restoreButton->setEnabled(m_ui->trashView->selectionModel()->hasSelection());
}

void SessionsPane::search()
{
    m_searchPause.stop();
    const QString text = m_ui->searchEdit->text();
    const bool isSearching = !text.trimmed().isEmpty();
    m_matches->search(text);
    showPage(isSearching ? Page::Matches : Page::Sessions);
}

void SessionsPane::focusSearch()
{
    if (m_page == Page::Trash)
        showPage(Page::Sessions);
    m_ui->searchEdit->setFocus(Qt::ShortcutFocusReason);
    m_ui->searchEdit->selectAll();
}

void SessionsPane::selectSession(const QString &sessionId)
{
    m_shownSession = sessionId;
    const QModelIndex index = m_tree->indexOf(sessionId);
    const QModelIndex current = m_ui->sessionView->currentIndex();
    if (!index.isValid())
        m_ui->sessionView->clearSelection();
    else if (current.data(SessionTreeModel::SessionIdRole).toString() != sessionId) // its branch may be chosen
        m_ui->sessionView->setCurrentIndex(index);
}

QStringList SessionsPane::selectedSessions() const
{
    QStringList ids;
    QModelIndexList open = m_ui->sessionView->selectionModel()->selectedIndexes();
    while (!open.isEmpty()) {
        const QModelIndex index = open.takeFirst();
        const auto kind = SessionTreeModel::Kind(index.data(SessionTreeModel::KindRole).toInt());
        if (kind == SessionTreeModel::Kind::Folder) {
            for (int row = 0; row < m_tree->rowCount(index); ++row)
                open.append(m_tree->index(row, 0, index));
        } else if (const QString id = index.data(SessionTreeModel::SessionIdRole).toString();
                   kind == SessionTreeModel::Kind::Session && !ids.contains(id)) {
            ids.append(id);
        }
    }
    return ids;
}

QStringList SessionsPane::selectedInTrash() const
{
    QStringList ids;
    const QModelIndexList chosen = m_ui->trashView->selectionModel()->selectedIndexes();
    for (const QModelIndex &index : chosen)
        ids.append(index.data(SessionListModel::SessionIdRole).toString());
    return ids;
}

void SessionsPane::activate(const QModelIndex &index)
{
    const QString sessionId = index.data(SessionTreeModel::SessionIdRole).toString();
    switch (SessionTreeModel::Kind(index.data(SessionTreeModel::KindRole).toInt())) {
    case SessionTreeModel::Kind::Folder:
        m_ui->sessionView->setExpanded(index, !m_ui->sessionView->isExpanded(index));
        break;
    case SessionTreeModel::Kind::Session:
        Q_EMIT sessionActivated(sessionId);
        break;
    case SessionTreeModel::Kind::Branch:
        Q_EMIT branchActivated(sessionId, index.data(SessionTreeModel::TurnIdRole).toLongLong());
        break;
    }
}

void SessionsPane::activateMatch(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    Q_EMIT matchActivated(index.data(SessionMatchesModel::SessionIdRole).toString(),
        index.data(SessionMatchesModel::TurnIdRole).toLongLong(), m_matches->text().simplified());
}

} // namespace diptych
