// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPoint>

class QWidget;

namespace diptych {

/// The mouse on the header of a pane: dragging takes the pane to another place, a double click makes it large. Without
/// QDrag, which would run an event loop of its own.
class PaneHandle : public QObject
{
    Q_OBJECT
public:
    explicit PaneHandle(QWidget &header);

Q_SIGNALS:
    void pressed();
    void doubleClicked();
    void dropped(const QPoint &position); ///< after having been dragged, on the screen
    void menuRequested(const QPoint &position); ///< on the screen

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget &m_header;
    QPoint m_pressedAt;
    bool m_isPressed = false;
    bool m_isDragged = false;
};

} // namespace diptych
