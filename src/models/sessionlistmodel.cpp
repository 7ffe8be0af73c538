// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessionlistmodel.h"

#include "store/sessionstore.h"

#include <QLocale>

namespace diptych {

namespace {

QString whenText(const QDateTime &when)
{
    const QDateTime local = when.toLocalTime();
    const qint64 days = local.date().daysTo(QDate::currentDate());
    if (days == 0)
        return QLocale().toString(local.time(), QLocale::ShortFormat);
    if (days == 1)
        return SessionListModel::tr("yesterday");
    return QLocale().toString(local.date(), QLocale::ShortFormat);
}

} // namespace

SessionListModel::SessionListModel(SessionStore *store, QObject *parent)
    : QAbstractListModel(parent)
    , m_store(store)
{
    if (!m_store)
        return;
    connect(m_store, &SessionStore::sessionChanged, this, &SessionListModel::reload);
    connect(m_store, &SessionStore::sessionRemoved, this, &SessionListModel::reload);
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
        return session.turnCount == 1 ? tr("%1 · 1 turn").arg(whenText(session.updatedAt))
                                      : tr("%1 · %2 turns").arg(whenText(session.updatedAt)).arg(session.turnCount);
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

void SessionListModel::reload()
{
    if (!m_store)
        return;
    const Result<std::vector<SessionSummary>> fresh = m_store->list();
    if (!fresh || *fresh == m_sessions)
        return;
    beginResetModel();
    m_sessions = *fresh;
    endResetModel();
}

} // namespace diptych
