// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/turncomparison.h"

#include <QDialog>
#include <QTextCursor>

class QLabel;
class QTextBrowser;
class QTextTable;

namespace diptych {

/// A window with two ways of a conversation beside each other, what differs marked by words. n and p go from one
/// difference to the next.
class ComparisonWindow : public QDialog
{
    Q_OBJECT
public:
    struct Titles {
        QString window {};
        QString left {};
        QString right {};
    };
    ComparisonWindow(const TurnComparison &comparison, const Titles &titles, QWidget *parent = nullptr);

    [[nodiscard]] int differenceCount() const { return int(m_differences.size()); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QString summary() const;
    void build();
    void addRow(const TurnComparison::Row &row, QTextTable &table, int index);
    void fillCell(QTextCursor cursor, const TurnComparison::Row &row, bool isLeft);
    void jump(int direction);

    TurnComparison m_comparison;
    Titles m_titles;
    QLabel *m_summary;
    QTextBrowser *m_view;
    std::vector<int> m_differences; ///< positions in the document
    int m_current = -1; ///< index into them
};

} // namespace diptych
