// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pressfilter.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionFocusRect>
#include <QWidget>

namespace diptych {

PressFilter::PressFilter(QWidget *target)
    : QObject(target)
    , m_target(target)
{
    target->installEventFilter(this);
    setEnabled(true);
}

void PressFilter::setEnabled(bool isEnabled)
{
    m_isEnabled = isEnabled;
    m_target->setCursor(isEnabled ? Qt::PointingHandCursor : Qt::ArrowCursor);
    m_target->setFocusPolicy(isEnabled ? Qt::TabFocus : Qt::NoFocus);
}

bool PressFilter::eventFilter(QObject *watched, QEvent *event)
{
    if (!m_isEnabled)
        return QObject::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::KeyPress: {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key != Qt::Key_Return && key != Qt::Key_Enter && key != Qt::Key_Space)
            break;
        Q_EMIT pressed();
        return true;
    }
    case QEvent::MouseButtonRelease: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() != Qt::LeftButton || !m_target->rect().contains(mouse->position().toPoint()))
            break;
        Q_EMIT pressed();
        return true;
    }
    case QEvent::MouseButtonPress:
        return true; // ours, also where the widget would pass it on
    case QEvent::FocusIn:
    case QEvent::FocusOut:
        m_target->update();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace diptych
