// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/toolstore.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QTableWidget;

namespace diptych {

/// How calls of a tool are answered: by hand, by a fixed reply, by a table of patterns, or as recorded.
class MockTable : public QWidget
{
    Q_OBJECT
public:
    explicit MockTable(QWidget *parent = nullptr);

    void setAnswer(const ToolAnswer &answer);
    [[nodiscard]] ToolAnswer answer() const;

Q_SIGNALS:
    void edited();

private:
    void makeTable();
    void fillRow(int row, const MockRow &mock);
    void addRow();
    void removeRow();
    void moveRow();
    void refresh();

    QComboBox *m_kind;
    QLabel *m_hint;
    QStackedWidget *m_pages;
    QPlainTextEdit *m_text;
    QTableWidget *m_table;
    QLabel *m_problem;
};

} // namespace diptych
