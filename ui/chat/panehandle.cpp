// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/panehandle.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QWidget>

namespace diptych {

PaneHandle::PaneHandle(QWidget &header)
    : QObject(&header)
    , m_header(header)
{
    header.installEventFilter(this);
}

bool PaneHandle::eventFilter(QObject *watched, QEvent *event)
{
    const auto *mouse = static_cast<QMouseEvent *>(event); // of the cases that are about the mouse
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        m_isPressed = mouse->button() == Qt::LeftButton;
        m_pressedAt = mouse->pos();
        Q_EMIT pressed();
        return true;
    case QEvent::MouseMove:
        if (m_isPressed && !m_isDragged
            && (mouse->pos() - m_pressedAt).manhattanLength() >= QApplication::startDragDistance()) {
            m_isDragged = true;
            m_header.setCursor(Qt::ClosedHandCursor);
        }
        return true;
    case QEvent::MouseButtonRelease:
        m_isPressed = false;
        m_header.unsetCursor();
        if (std::exchange(m_isDragged, false))
            Q_EMIT dropped(mouse->globalPosition().toPoint());
        return true;
    case QEvent::MouseButtonDblClick:
        m_isPressed = false;
        Q_EMIT doubleClicked();
        return true;
    case QEvent::ContextMenu:
        Q_EMIT menuRequested(static_cast<QContextMenuEvent *>(event)->globalPos());
        return true;
    default:
        return QObject::eventFilter(watched, event);
    }
}

} // namespace diptych
