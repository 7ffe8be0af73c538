// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/toolcallsmodel.h"

#include "models/conversation.h"
#include "models/toolanswers.h"

namespace diptych {

ToolCallsModel::ToolCallsModel(ToolDesk &desk, QObject *parent)
    : QAbstractTableModel(parent)
    , m_desk(desk)
{
    connect(&m_desk, &ToolDesk::changed, this, &ToolCallsModel::reload);
    connect(&m_desk.conversation(), &Conversation::answerFinished, this, &ToolCallsModel::reload);
    connect(&m_desk.conversation(), &Conversation::branchShown, this, &ToolCallsModel::reload);
    reload();
}

void ToolCallsModel::reload()
{
    beginResetModel();
    m_rows.clear();
    const std::vector<PaneState> &panes = m_desk.conversation().session().panes;
    for (const ToolCallEntry &entry : toolCalls(m_desk.conversation().session())) {
        const auto pane = std::find_if(
            panes.begin(), panes.end(), [&entry](const PaneState &each) { return each.id == entry.paneId; });
        m_rows.push_back({.entry = entry,
            .pane = static_cast<int>(pane - panes.begin()) + 1,
            .fault = toolCallFault(entry.call, m_desk.toolsOf(entry.paneId)),
            .source = toolSourceName(m_desk.sourceOf(entry))});
    }
    endResetModel();
}

int ToolCallsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ToolCallsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ToolCallsModel::text(const Row &row, int column) const
{
    switch (column) {
    case PaneColumn:
        return QString::number(row.pane);
    case TurnColumn:
        return QString::number(row.entry.turn + 1);
    case OrderColumn:
        return QStringLiteral("%1.%2").arg(row.entry.round).arg(row.entry.order);
    case ToolColumn:
        return row.entry.call.name;
    case ArgumentsColumn:
        return canonicalArguments(row.entry.call.arguments);
    case FaultColumn:
        return row.fault.isEmpty() ? tr("none") : row.fault;
    case ResultColumn:
        return row.entry.result.value_or(QString());
    case SourceColumn:
        return row.source;
    default:
        return {};
    }
}

QVariant ToolCallsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return text(row, index.column()).simplified();
    if (role == Qt::ToolTipRole && index.column() == ArgumentsColumn)
        return prettyArguments(row.entry.call.arguments).toHtmlEscaped();
    if (role == Qt::ToolTipRole)
        return text(row, index.column()).toHtmlEscaped();
    return {};
}

QVariant ToolCallsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PaneColumn:
        return tr("Pane");
    case TurnColumn:
        return tr("Turn");
    case OrderColumn:
        return tr("Round");
    case ToolColumn:
        return tr("Tool");
    case ArgumentsColumn:
        return tr("Arguments");
    case FaultColumn:
        return tr("Schema errors");
    case ResultColumn:
        return tr("Result");
    case SourceColumn:
        return tr("From");
    default:
        return {};
    }
}

} // namespace diptych
