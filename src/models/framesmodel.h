// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <functional>

namespace diptych {

/// The frames of a streamed answer, one row each. Reads the exchange where it is instead of copying it: a copy of the
/// body that is still growing would make every further piece of it cost a copy of the whole.
class FramesModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { TimeColumn, GapColumn, SizeColumn, TextColumn, ColumnCount };
    enum Role { IsLongestGapRole = Qt::UserRole + 1 }; ///< bool: the longest gap of all is in front of this frame
    /// Where the exchange is; null when it is gone. Must stay callable until the next setSource().
    using Source = std::function<const Exchange *()>;

    using QAbstractTableModel::QAbstractTableModel;

    void setSource(Source source);
    /// Takes in frames that arrived since the last call. Views see all of them as one insertion.
    void refresh();
    /// The bytes of a frame; empty when they were not recorded.
    [[nodiscard]] QByteArray frameBytes(int row) const;
    /// The frame with that byte of the body; -1 when it is in none.
    [[nodiscard]] int rowAt(qint64 offset) const;
    /// The row behind the longest gap between two frames; -1 with fewer than two frames.
    [[nodiscard]] int longestGapRow() const { return m_longestGapRow; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] const Exchange *exchange() const;
    [[nodiscard]] QVariant text(const Exchange &from, int row, int column) const;

    void measureGaps(int fromRow);

    Source m_source;
    int m_rows = 0;
    int m_longestGapRow = -1;
    std::chrono::microseconds m_longestGap {0};
};

/// The frames whose bytes contain a text, case of ASCII letters aside; all of them while there is no text.
class FramesFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit FramesFilter(FramesModel &frames, QObject *parent = nullptr);

    void setNeedle(const QByteArray &needle);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    FramesModel &m_frames;
    QByteArray m_needle; // lower case
};

} // namespace diptych
