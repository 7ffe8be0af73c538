// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/toolform.h"

#include <QWidget>

class QTableWidget;

namespace diptych {

/// The parameters of a tool as rows: name, type, description, required, allowed values.
class ParameterTable : public QWidget
{
    Q_OBJECT
public:
    explicit ParameterTable(QWidget *parent = nullptr);

    void setParameters(const std::vector<ToolParameter> &parameters);
    [[nodiscard]] std::vector<ToolParameter> parameters() const;

Q_SIGNALS:
    void edited();

private:
    enum Column { NameColumn, TypeColumn, DescriptionColumn, RequiredColumn, ValuesColumn, ColumnCount };
    void fillRow(int row, const ToolParameter &parameter);
    void addRow();
    void removeRow();

    QTableWidget *m_table;
};

} // namespace diptych
