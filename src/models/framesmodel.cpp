// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/framesmodel.h"

#include "models/formatting.h"
#include "models/wiretext.h"

#include <algorithm>

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
    measureGaps(0);
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
        measureGaps(0);
        endResetModel();
        return;
    }
    beginInsertRows({}, m_rows, available - 1);
    const int before = std::exchange(m_rows, available);
    measureGaps(before);
    endInsertRows();
}

void FramesModel::measureGaps(int fromRow)
{
    if (fromRow == 0) {
        m_longestGap = {};
        m_longestGapRow = -1;
    }
    const Exchange *from = exchange();
    for (int row = std::max(fromRow, 1); from && row < m_rows; ++row) {
        const auto index = static_cast<std::size_t>(row);
        const std::chrono::microseconds gap = from->frames[index].at - from->frames[index - 1].at;
        if (gap <= m_longestGap)
            continue;
        m_longestGap = gap;
        m_longestGapRow = row;
    }
}

int FramesModel::rowAt(qint64 offset) const
{
    const Exchange *from = exchange();
    if (!from)
        return -1;
    const auto after = std::upper_bound(from->frames.begin(), from->frames.end(), offset,
        [](qint64 at, const ExchangeFrame &frame) { return at < frame.offset; });
    if (after == from->frames.begin())
        return -1;
    const auto found = after - 1;
    return offset < found->offset + found->size ? static_cast<int>(found - from->frames.begin()) : -1;
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
    if (role == IsLongestGapRole)
        return index.row() == m_longestGapRow;
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
        return inertText(from.responseBody.mid(frame.offset, qMin<qint64>(frame.size, previewBytes))).simplified();
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

FramesFilter::FramesFilter(FramesModel &frames, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_frames(frames)
{
    setSourceModel(&frames);
}

void FramesFilter::setNeedle(const QByteArray &needle)
{
    if (needle.toLower() == m_needle)
        return;
    m_needle = needle.toLower();
    invalidateFilter();
}

bool FramesFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    return m_needle.isEmpty() || m_frames.frameBytes(row).toLower().contains(m_needle);
}

} // namespace diptych
