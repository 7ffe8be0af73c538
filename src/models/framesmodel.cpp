// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/framesmodel.h"

#include "models/formatting.h"

namespace diptych {

namespace {

constexpr qsizetype previewBytes = 160;

} // namespace

void FramesModel::setSource(Source source)
{
    beginResetModel();
    m_source = std::move(source);
    const Exchange *from = exchange();
    m_rows = from ? static_cast<int>(from->frames.size()) : 0;
    endResetModel();
}

void FramesModel::refresh()
{
    const Exchange *from = exchange();
    const int available = from ? static_cast<int>(from->frames.size()) : 0;
    if (available == m_rows)
        return;
    if (available < m_rows) {
        // The exchange is gone, or another attempt began.
        beginResetModel();
        m_rows = available;
        endResetModel();
        return;
    }
    beginInsertRows({}, m_rows, available - 1);
    m_rows = available;
    endInsertRows();
}

QByteArray FramesModel::frameBytes(int row) const
{
    const Exchange *from = exchange();
    if (!from || row < 0 || row >= static_cast<int>(from->frames.size()))
        return {};
    const ExchangeFrame &frame = from->frames[static_cast<std::size_t>(row)];
    return from->responseBody.mid(frame.offset, frame.size);
}

const Exchange *FramesModel::exchange() const
{
    return m_source ? m_source() : nullptr;
}

int FramesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int FramesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FramesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Exchange *from = exchange();
    if (!from || index.row() >= static_cast<int>(from->frames.size()))
        return {};
    if (role == Qt::TextAlignmentRole && index.column() != TextColumn)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::DisplayRole)
        return text(*from, index.row(), index.column());
    return {};
}

QVariant FramesModel::text(const Exchange &from, int row, int column) const
{
    const ExchangeFrame &frame = from.frames[static_cast<std::size_t>(row)];
    switch (column) {
    case TimeColumn:
        return formatDuration(frame.at);
    case GapColumn:
        return row == 0 ? QString() : formatDuration(frame.at - from.frames[static_cast<std::size_t>(row) - 1].at);
    case SizeColumn:
        return formatBytes(frame.size);
    default:
        return QString::fromUtf8(from.responseBody.mid(frame.offset, qMin<qint64>(frame.size, previewBytes)))
            .simplified();
    }
}

QVariant FramesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((section == TextColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case GapColumn:
        return tr("Gap");
    case SizeColumn:
        return tr("Size");
    default:
        return tr("Frame");
    }
}

} // namespace diptych
