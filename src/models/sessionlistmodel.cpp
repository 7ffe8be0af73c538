// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessionlistmodel.h"

#include "models/branchtree.h"
#include "store/sessionlibrary.h"
#include "store/sessionstore.h"

namespace diptych {

namespace {

constexpr qsizetype mostSingleUpdates = 50; // beyond that, reading everything is quicker

} // namespace

SessionListModel::SessionListModel(SessionStore *store, QObject *parent, Part part)
    : QAbstractListModel(parent)
    , m_store(store)
    , m_part(part)
{
    if (!m_store)
        return;
    connect(m_store, &SessionStore::sessionChanged, this, &SessionListModel::update);
    connect(m_store, &SessionStore::sessionRemoved, this, &SessionListModel::update);
    connect(&m_store->library(), &SessionLibrary::changed, this, &SessionListModel::updateAll);
    connect(&m_store->library(), &SessionLibrary::removed, this, &SessionListModel::updateAll);
    reload();
}

int SessionListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_sessions.size());
}

QVariant SessionListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const SessionSummary &session = m_sessions[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return session.title.isEmpty() ? tr("Untitled") : session.title;
    case Qt::ToolTipRole:
        return QStringLiteral("%1\n%2").arg(session.title, data(index, DetailRole).toString());
    case SessionIdRole:
        return session.id;
    case UpdatedAtRole:
        return session.updatedAt;
    case DetailRole:
        if (m_part == Part::Trash) {
            const qint64 left = QDateTime::currentDateTime().daysTo(session.trashedAt.addDays(daysInTrash));
            return left <= 0 ? tr("goes today") : tr("goes in %n days", nullptr, int(left));
        }
        return sessionDetail(session);
    default:
        return {};
    }
}

QModelIndex SessionListModel::indexOf(const QString &sessionId) const
{
    for (std::size_t row = 0; row < m_sessions.size(); ++row) {
        if (m_sessions[row].id == sessionId)
            return index(static_cast<int>(row), 0);
    }
    return {};
}

bool SessionListModel::isMine(const SessionSummary &session) const
{
    return session.trashedAt.isValid() == (m_part == Part::Trash);
}

void SessionListModel::reload()
{
    if (!m_store)
        return;
    const SessionLibrary &library = m_store->library();
    Result<std::vector<SessionSummary>> fresh = m_part == Part::Trash ? library.trash() : library.recent(mostListed);
    if (!fresh || *fresh == m_sessions)
        return;
    beginResetModel();
    m_sessions = *std::move(fresh);
    endResetModel();
}

void SessionListModel::updateAll(const QStringList &ids)
{
    if (ids.isEmpty() || ids.size() > mostSingleUpdates) {
        reload();
        return;
    }
    for (const QString &id : ids)
        update(id);
}

void SessionListModel::update(const QString &sessionId)
{
    const Result<std::vector<SessionSummary>> found = m_store->library().summaries({sessionId});
    if (!found)
        return;
    const bool isThere = !found->empty() && isMine(found->front());
    const int row = indexOf(sessionId).row();
    if (row >= 0 && isThere && m_sessions[std::size_t(row)] == found->front())
        return;
    if (row >= 0 && isThere && m_sessions[std::size_t(row)].updatedAt == found->front().updatedAt) {
        m_sessions[std::size_t(row)] = found->front();
        Q_EMIT dataChanged(index(row), index(row));
        return;
    }
    if (row >= 0) {
        beginRemoveRows({}, row, row);
        m_sessions.erase(m_sessions.begin() + row);
        endRemoveRows();
    }
    if (!isThere)
        return;
    const auto older = std::find_if(m_sessions.begin(), m_sessions.end(),
        [&found](const SessionSummary &known) { return known.updatedAt <= found->front().updatedAt; });
    const int place = int(older - m_sessions.begin());
    beginInsertRows({}, place, place);
    m_sessions.insert(older, found->front());
    endInsertRows();
}

} // namespace diptych
