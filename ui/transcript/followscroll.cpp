// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/followscroll.h"

#include "theme/theme.h"

#include <QAbstractScrollArea>
#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QToolButton>

namespace diptych {

FollowScroll::FollowScroll(QAbstractScrollArea &area)
    : QObject(&area)
    , m_area(area)
    , m_bar(area.verticalScrollBar())
    , m_chip(new QToolButton(&area))
{
    m_chip->setObjectName(QStringLiteral("newestChip"));
    m_chip->setText(tr("Newest"));
    m_chip->setAccessibleName(tr("Go to the newest text and follow it"));
    m_chip->setToolTip(m_chip->accessibleName());
    m_chip->setIcon(themeIcon(QStringLiteral("arrow-down")));
    m_chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_chip->setFocusPolicy(Qt::TabFocus);
    m_chip->hide();
    connect(m_chip, &QToolButton::clicked, this, [this] { setFollowing(true); });
    connect(m_bar, &QScrollBar::valueChanged, this, &FollowScroll::noteMove);
    connect(m_bar, &QScrollBar::rangeChanged, this, &FollowScroll::noteRange);
    area.viewport()->installEventFilter(this);
}

bool FollowScroll::eventFilter(QObject *watched, QEvent *event)
{
    // A release may go to a drag instead of the area.
    if (event->type() == QEvent::MouseMove && !static_cast<QMouseEvent *>(event)->buttons().testFlag(Qt::LeftButton))
        m_isPressed = false;
    const bool isPress = event->type() == QEvent::MouseButtonPress;
    if ((isPress || event->type() == QEvent::MouseButtonRelease)
        && static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton) {
        m_isPressed = isPress;
        // After the area itself has seen the release, and maybe ended following.
        if (!isPress)
            QMetaObject::invokeMethod(this, &FollowScroll::restore, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

void FollowScroll::noteRange(int, int maximum)
{
    // The bar would move by itself, and that would be taken for the reader's will.
    if (!m_isFollowing && m_bar->value() > maximum)
        setValue(maximum);
    restore();
}

void FollowScroll::setValue(int value)
{
    const QScopedValueRollback<bool> held(m_isHeld, true);
    m_bar->setValue(value);
}

void FollowScroll::setFollowing(bool following)
{
    const bool isChanged = m_isFollowing != following;
    m_isFollowing = following;
    restore();
    if (isChanged)
        Q_EMIT followingChanged(following);
}

void FollowScroll::restore()
{
    if (m_isFollowing && !m_isPressed)
        setValue(m_bar->maximum());
    showChip();
}

void FollowScroll::noteMove(int value)
{
    const bool isUp = value < m_last;
    m_last = value;
    if (m_isHeld)
        return;
    const bool isAtEnd = value >= m_bar->maximum() - 2;
    const bool follows = !isUp && (isAtEnd || m_isFollowing);
    if (follows != m_isFollowing)
        setFollowing(follows);
    else
        showChip();
}

void FollowScroll::showChip()
{
    const bool isNeeded = !m_isFollowing && m_bar->value() < m_bar->maximum();
    m_chip->setVisible(isNeeded);
    if (!isNeeded)
        return;
    const QRect view = m_area.viewport()->geometry();
    m_chip->resize(m_chip->sizeHint());
    m_chip->move(view.center().x() - m_chip->width() / 2, view.bottom() - m_chip->height() - spacing::normal);
    m_chip->raise();
}

} // namespace diptych
