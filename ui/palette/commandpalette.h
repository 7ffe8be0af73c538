// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "palette/command.h"

#include <QFrame>
#include <QPointer>
#include <QStringList>

class QLabel;
class QLineEdit;
class QListView;

namespace diptych {

class CommandModel;

/// Everything that can be done, found by typing a few letters. Lies over the window that it belongs to; Enter does the
/// chosen command, Escape closes, and the keyboard goes back to where it was.
class CommandPalette : public QFrame
{
    Q_OBJECT
public:
    /// `window` is covered in part while the palette is open.
    explicit CommandPalette(QWidget &window);

    /// What was used last, the newest first, as ids.
    void setRecent(const QStringList &ids) { m_recent = ids; }
    [[nodiscard]] const QStringList &recent() const { return m_recent; }
    void open(Commands commands);
    void close();
    [[nodiscard]] const CommandModel &model() const { return *m_model; }
    [[nodiscard]] const Command *current() const;

Q_SIGNALS:
    void recentChanged(const QStringList &ids);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void search(const QString &text);
    void place();
    void select(int row);
    void move(int step);
    bool takeKey(int key);
    void runCurrent();
    void describeCurrent();

    QWidget &m_window;
    CommandModel *m_model;
    QLineEdit *m_edit;
    QListView *m_view;
    QLabel *m_hint;
    QStringList m_recent;
    QPointer<QWidget> m_before; ///< where the keyboard was
};

} // namespace diptych
