// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessiontreemodel.h"

#include "models/branchtree.h"
#include "store/sessionstore.h"

#include <algorithm>

namespace diptych {

namespace {

constexpr qsizetype mostSingleUpdates = 50; // beyond that, reading everything is quicker

QString nameOf(const QString &path)
{
    return path.section(u'/', -1);
}

QString parentOf(const QString &path)
{
    return path.section(u'/', 0, -2);
}

} // namespace

struct SessionTreeModel::Node {
    Kind kind = Kind::Folder;
    Node *parent = nullptr;
    QString path {}; ///< of a folder
    SessionSummary session {};
    Branch branch {};
    bool isFetched = false; ///< a session's branches are there
    std::vector<std::unique_ptr<Node>> children {};

    [[nodiscard]] int rank() const { return kind == Kind::Folder ? 1 : (session.isPinned ? 0 : 2); }
    [[nodiscard]] bool comesBefore(const Node &other) const
    {
        if (rank() != other.rank())
            return rank() < other.rank();
        if (kind == Kind::Folder)
            return path.compare(other.path, Qt::CaseInsensitive) < 0;
        if (session.updatedAt != other.session.updatedAt)
            return session.updatedAt > other.session.updatedAt;
        return session.id < other.session.id;
    }
    [[nodiscard]] int row() const
    {
        const auto &siblings = parent->children;
        return int(std::find_if(siblings.begin(), siblings.end(), [this](const auto &node) {
            return node.get() == this;
        }) - siblings.begin());
    }
};

SessionTreeModel::SessionTreeModel(SessionStore *store, QObject *parent)
    : QAbstractItemModel(parent)
    , m_store(store)
    , m_root(std::make_unique<Node>())
{
    if (!m_store)
        return;
    m_changeTimer.setSingleShot(true);
    m_changeTimer.setInterval(0);
    connect(&m_changeTimer, &QTimer::timeout, this, &SessionTreeModel::takeChanges);
    connect(m_store, &SessionStore::sessionChanged, this, [this](const QString &id) { noteChanged({id}); });
    connect(m_store, &SessionStore::sessionRemoved, this, &SessionTreeModel::removeSession);
    SessionLibrary &library = m_store->library();
    connect(&library, &SessionLibrary::changed, this, &SessionTreeModel::noteChanged);
    connect(&library, &SessionLibrary::removed, this, &SessionTreeModel::noteChanged);
    connect(&library, &SessionLibrary::foldersChanged, this, [this] {
        if (const Result<QStringList> folders = m_store->library().folders(); folders && *folders != m_folders)
            reload();
    });
    reload();
}

SessionTreeModel::~SessionTreeModel() = default;

void SessionTreeModel::reload()
{
    if (!m_store)
        return;
    const Result<std::vector<SessionSummary>> sessions = m_store->list();
    const Result<QStringList> folders = m_store->library().folders();
    if (!sessions || !folders)
        return;
    beginResetModel();
    m_changed.clear();
    m_root = std::make_unique<Node>();
    m_sessions.clear();
    m_folderNodes.clear();
    m_folders = *folders;
    for (const QString &path : m_folders)
        folderNode(path);
    for (const SessionSummary &session : *sessions) {
        if (!session.trashedAt.isValid())
            addSession(session);
    }
    const auto sort = [](Node &folder) {
        std::sort(folder.children.begin(), folder.children.end(),
            [](const auto &left, const auto &right) { return left->comesBefore(*right); });
    };
    sort(*m_root);
    for (Node *folder : std::as_const(m_folderNodes))
        sort(*folder);
    endResetModel();
}

SessionTreeModel::Node *SessionTreeModel::folderNode(const QString &path)
{
    if (path.isEmpty())
        return m_root.get();
    if (Node *known = m_folderNodes.value(path))
        return known;
    Node *parent = folderNode(parentOf(path));
    parent->children.push_back(std::make_unique<Node>());
    Node *node = parent->children.back().get();
    node->parent = parent;
    node->path = path;
    m_folderNodes.insert(path, node);
    return node;
}

SessionTreeModel::Node *SessionTreeModel::addSession(const SessionSummary &summary)
{
    Node *parent = folderNode(summary.folder);
    parent->children.push_back(std::make_unique<Node>());
    Node *node = parent->children.back().get();
    node->kind = Kind::Session;
    node->parent = parent;
    node->session = summary;
    m_sessions.insert(summary.id, node);
    return node;
}

void SessionTreeModel::noteChanged(const QStringList &ids)
{
    if (ids.isEmpty()) { // folders with what is in them
        reload();
        return;
    }
    for (const QString &id : ids)
        m_changed.insert(id);
    m_changeTimer.start();
}

void SessionTreeModel::takeChanges()
{
    if (m_changed.size() > mostSingleUpdates) {
        reload();
        return;
    }
    const QSet<QString> changed = std::exchange(m_changed, {});
    for (const QString &id : changed)
        update(id);
}

void SessionTreeModel::update(const QString &sessionId)
{
    const Result<std::vector<SessionSummary>> found = m_store->library().summaries({sessionId});
    if (!found)
        return;
    Node *known = m_sessions.value(sessionId);
    if (found->empty() || found->front().trashedAt.isValid()) {
        removeSession(sessionId);
        return;
    }
    const SessionSummary &fresh = found->front();
    if (!fresh.folder.isEmpty() && !m_folderNodes.contains(fresh.folder)) {
        reload();
        return;
    }
    if (!known) {
        auto node = std::make_unique<Node>();
        node->kind = Kind::Session;
        node->session = fresh;
        place(std::move(node), folderNode(fresh.folder));
        return;
    }
    if (known->session == fresh)
        return;
    const bool hasMoved = known->session.folder != fresh.folder || known->session.isPinned != fresh.isPinned
        || (known->session.updatedAt != fresh.updatedAt && known->row() > 0);
    const bool hasOtherBranches =
        known->session.turnCount != fresh.turnCount || known->session.branchCount != fresh.branchCount;
    if (hasOtherBranches && known->isFetched)
        dropBranches(known);
    known->session = fresh;
    if (hasMoved) {
        Node *from = known->parent;
        Node *to = folderNode(fresh.folder);
        const int row = known->row();
        const auto later = [&](const std::unique_ptr<Node> &other) {
            return other.get() != known && known->comesBefore(*other);
        };
        const int target = int(std::find_if(to->children.begin(), to->children.end(), later) - to->children.begin());
        // Moving keeps the selection and what is unfolded. A place right behind itself is no move.
        if (from != to || (target != row && target != row + 1)) {
            beginMoveRows(indexOf(from), row, row, indexOf(to), target);
            auto node = std::move(from->children[std::size_t(row)]);
            from->children.erase(from->children.begin() + row);
            node->parent = to;
            const int place = from == to && target > row ? target - 1 : target;
            to->children.insert(to->children.begin() + place, std::move(node));
            endMoveRows();
        }
    }
    Q_EMIT dataChanged(indexOf(known), indexOf(known));
    if (hasOtherBranches && fresh.branchCount > 1 && !known->isFetched)
        fetchMore(indexOf(known));
}

void SessionTreeModel::place(std::unique_ptr<Node> node, Node *parent)
{
    const auto later = [&node](const std::unique_ptr<Node> &other) { return node->comesBefore(*other); };
    const auto where = std::find_if(parent->children.begin(), parent->children.end(), later);
    const int row = int(where - parent->children.begin());
    node->parent = parent;
    beginInsertRows(indexOf(parent), row, row);
    m_sessions.insert(node->session.id, node.get());
    parent->children.insert(where, std::move(node));
    endInsertRows();
}

void SessionTreeModel::removeSession(const QString &sessionId)
{
    Node *node = m_sessions.take(sessionId);
    if (!node)
        return;
    Node *parent = node->parent;
    const int row = node->row();
    beginRemoveRows(indexOf(parent), row, row);
    parent->children.erase(parent->children.begin() + row);
    endRemoveRows();
}

bool SessionTreeModel::isEmpty() const
{
    return m_root->children.empty();
}

SessionTreeModel::Node *SessionTreeModel::nodeAt(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex SessionTreeModel::indexOf(const Node *node) const
{
    return node == m_root.get() ? QModelIndex() : createIndex(node->row(), 0, const_cast<Node *>(node));
}

QModelIndex SessionTreeModel::indexOf(const QString &sessionId) const
{
    const Node *node = m_sessions.value(sessionId);
    return node ? indexOf(node) : QModelIndex();
}

QModelIndex SessionTreeModel::indexOfFolder(const QString &path) const
{
    const Node *node = m_folderNodes.value(path);
    return node ? indexOf(node) : QModelIndex();
}

QModelIndex SessionTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *node = nodeAt(parent);
    if (column != 0 || row < 0 || row >= int(node->children.size()))
        return {};
    return createIndex(row, 0, node->children[std::size_t(row)].get());
}

QModelIndex SessionTreeModel::parent(const QModelIndex &child) const
{
    const Node *node = nodeAt(child);
    return node->parent ? indexOf(node->parent) : QModelIndex();
}

int SessionTreeModel::rowCount(const QModelIndex &parent) const
{
    return int(nodeAt(parent)->children.size());
}

bool SessionTreeModel::hasChildren(const QModelIndex &parent) const
{
    const Node *node = nodeAt(parent);
    return !node->children.empty() || (node->kind == Kind::Session && node->session.branchCount > 1);
}

bool SessionTreeModel::canFetchMore(const QModelIndex &parent) const
{
    const Node *node = nodeAt(parent);
    return node->kind == Kind::Session && node->session.branchCount > 1 && !node->isFetched;
}

void SessionTreeModel::fetchMore(const QModelIndex &parent)
{
    Node *node = nodeAt(parent);
    if (!canFetchMore(parent))
        return;
    node->isFetched = true;
    const Result<std::vector<BranchTurn>> turns = m_store->library().branchTurns(node->session.id);
    if (!turns)
        return;
    const std::vector<Branch> branches = branchTree(*turns);
    if (branches.empty())
        return;
    beginInsertRows(parent, 0, int(branches.size()) - 1);
    std::vector<std::pair<Node *, const std::vector<Branch> *>> open {{node, &branches}};
    while (!open.empty()) {
        const auto [above, list] = open.back();
        open.pop_back();
        for (const Branch &branch : *list) {
            above->children.push_back(std::make_unique<Node>());
            Node *child = above->children.back().get();
            child->kind = Kind::Branch;
            child->parent = above;
            child->session.id = node->session.id;
            child->branch = branch;
            open.emplace_back(child, &branch.children);
        }
    }
    endInsertRows();
}

void SessionTreeModel::dropBranches(Node *session)
{
    if (!session->children.empty()) {
        beginRemoveRows(indexOf(session), 0, int(session->children.size()) - 1);
        session->children.clear();
        endRemoveRows();
    }
    session->isFetched = false; // last: whoever hears of the removal may ask for more at once
}

QVariant SessionTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node *node = nodeAt(index);
    const bool isFolder = node->kind == Kind::Folder;
    const bool isBranch = node->kind == Kind::Branch;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        if (isBranch)
            return node->branch.excerpt;
        if (isFolder)
            return nameOf(node->path);
        return node->session.title.isEmpty() && role == Qt::DisplayRole ? tr("Untitled") : node->session.title;
    case Qt::ToolTipRole:
        return QStringLiteral("%1\n%2").arg(
            data(index, Qt::DisplayRole).toString(), data(index, DetailRole).toString());
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2").arg(
            data(index, Qt::DisplayRole).toString(), data(index, DetailRole).toString());
    case KindRole:
        return int(node->kind);
    case SessionIdRole:
        return node->session.id;
    case FolderRole:
        return isFolder ? node->path : node->session.folder;
    case TurnIdRole:
        return node->branch.turnId;
    case PinnedRole:
        return node->kind == Kind::Session && node->session.isPinned;
    case DetailRole:
        if (isFolder)
            return node->children.size() == 1 ? tr("1 entry") : tr("%n entries", nullptr, int(node->children.size()));
        if (isBranch)
            return branchDetail(node->branch);
        return sessionDetail(node->session);
    default:
        return {};
    }
}

} // namespace diptych
