// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace diptych {

/// A line to search with: text, count, next and previous, and a switch to show only what matches. Hidden until open().
class WireFindBar : public QWidget
{
    Q_OBJECT
public:
    explicit WireFindBar(QWidget *parent = nullptr);

    void open();
    void close();
    [[nodiscard]] QString text() const; ///< empty while hidden
    [[nodiscard]] bool filters() const;
    /// `current` counts from 0; -1: none is shown. `isMore`: there are more than were counted.
    void setCount(int current, int count, bool isMore);

Q_SIGNALS:
    void textChanged();
    /// 1: to the next match, -1: to the one before.
    void stepped(int direction);
    void filterToggled();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLineEdit *m_edit;
    QLabel *m_count;
    QCheckBox *m_filter;
};

} // namespace diptych
