// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessionmatchesmodel.h"

#include "store/sessionstore.h"

namespace diptych {

SessionMatchesModel::SessionMatchesModel(SessionStore *store, QObject *parent)
    : QAbstractListModel(parent)
    , m_store(store)
{
}

void SessionMatchesModel::search(const QString &text)
{
    beginResetModel();
    m_text = text;
    m_matches.clear();
    m_problem.clear();
    if (m_store) {
        Result<std::vector<SessionMatch>> found = m_store->search(text, limit);
        if (found)
            m_matches = *std::move(found);
        else
            m_problem = found.error().message;
    }
    endResetModel();
}

int SessionMatchesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_matches.size());
}

QVariant SessionMatchesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const SessionMatch &match = m_matches[std::size_t(index.row())];
    const QString plain =
        QString(match.snippet).remove(QChar(SessionMatch::markBegin)).remove(QChar(SessionMatch::markEnd));
    switch (role) {
    case Qt::DisplayRole:
        return match.title.isEmpty() ? tr("Untitled") : match.title;
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return plain.isEmpty() ? match.title : QStringLiteral("%1\n%2").arg(match.title, plain);
    case SessionIdRole:
        return match.sessionId;
    case TurnIdRole:
        return match.turnId;
    case SnippetRole:
        return match.snippet.isEmpty() ? match.folder : match.snippet;
    default:
        return {};
    }
}

} // namespace diptych
