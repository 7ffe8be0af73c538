// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/metricfacts.h"

#include <QAbstractTableModel>

namespace diptych {

/// The numbers of several answers side by side: a row for each number, a column for each answer. Numbers that no answer
/// has are left out.
class MetricsTable : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role {
        BestRole = Qt::UserRole, ///< bool: the best of its row, where one is better than another
    };
    /// One answer and who gave it.
    struct Column {
        QString title {}; ///< "1 guide — Built-in"
        std::vector<MetricFact> facts {}; ///< as metricFacts() makes them
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setColumns(std::vector<Column> columns);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// A line for each answer, a column for each number and for who counted it; numbers with a point, times in ms.
    /// Source: RFC 4180.
    [[nodiscard]] QString toCsv() const;

private:
    [[nodiscard]] const MetricFact &fact(int row, int column) const;
    [[nodiscard]] bool isBest(int row, int column) const;

    std::vector<Column> m_columns;
    std::vector<std::size_t> m_rows; ///< facts that at least one answer has
};

/// One field of a line of CSV. Text that a spreadsheet would take for a formula gets an apostrophe before it.
[[nodiscard]] QString csvField(const QString &text);

} // namespace diptych
