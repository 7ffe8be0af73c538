// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tooldesk.h"

#include <QAbstractTableModel>

namespace diptych {

/// All calls of tools in a session, across panes. Follows the desk.
class ToolCallsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        PaneColumn,
        TurnColumn,
        OrderColumn,
        ToolColumn,
        ArgumentsColumn,
        FaultColumn,
        ResultColumn,
        SourceColumn,
        ColumnCount
    };

    explicit ToolCallsModel(ToolDesk &desk, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void reload();

private:
    struct Row {
        ToolCallEntry entry {};
        int pane = 0; // its number, from 1
        QString fault {};
        QString source {};
    };
    [[nodiscard]] QString text(const Row &row, int column) const;

    ToolDesk &m_desk;
    std::vector<Row> m_rows {};
};

} // namespace diptych
