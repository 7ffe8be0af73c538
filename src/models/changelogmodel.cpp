// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/changelogmodel.h"

#include <algorithm>

namespace diptych {

void ChangeLogModel::setChanges(const ChangeLog &changes)
{
    if (m_changes == changes)
        return;
    beginResetModel();
    m_changes = changes;
    endResetModel();
}

int ChangeLogModel::changedCount() const
{
    return static_cast<int>(std::count_if(
        m_changes.begin(), m_changes.end(), [](const Change &change) { return change.kind != Change::Kind::Sent; }));
}

int ChangeLogModel::count(Change::Kind kind) const
{
    return static_cast<int>(std::count_if(
        m_changes.begin(), m_changes.end(), [kind](const Change &change) { return change.kind == kind; }));
}

int ChangeLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_changes.size());
}

int ChangeLogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ChangeLogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Change &change = m_changes[static_cast<std::size_t>(index.row())];
    if (role == KindRole)
        return QVariant::fromValue(change.kind);
    if (role == FieldRole)
        return change.field;
    if (role == WireRole)
        return change.wire;
    if (role == Qt::ToolTipRole)
        return change.reason;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case KindColumn:
        return changeKindName(change.kind);
    case ChangeColumn:
        if (change.field.isEmpty() || change.field == change.wire)
            return change.wire;
        if (change.wire.isEmpty())
            return change.field;
        return QString(change.field + u" → " + change.wire);
    default:
        return change.reason;
    }
}

QVariant ChangeLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case KindColumn:
        return tr("What");
    case ChangeColumn:
        return tr("Field → wire");
    default:
        return tr("Why");
    }
}

void ChangeFilter::show(Show what, Change::Kind kind)
{
    m_show = what;
    m_kind = kind;
    invalidateFilter();
}

bool ChangeFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (m_show == Show::All)
        return true;
    const auto kind = sourceModel()->index(row, 0, parent).data(ChangeLogModel::KindRole).value<Change::Kind>();
    return m_show == Show::Changed ? kind != Change::Kind::Sent : kind == m_kind;
}

} // namespace diptych
