// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace diptych {

class AnswerPane;

/// The window of a pane that was detached. Closing it asks for the pane to be put back; goes away with its parent.
class PaneWindow : public QWidget
{
    Q_OBJECT
public:
    /// `place` in the desktop's coordinates; empty: beside the parent's window.
    PaneWindow(AnswerPane &pane, const QRect &place, QWidget *parent);

Q_SIGNALS:
    void closed();
    void placeChanged(); ///< moved or resized by the user

protected:
    void closeEvent(QCloseEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QTimer m_pause; ///< a window that is dragged moves many times
};

} // namespace diptych
