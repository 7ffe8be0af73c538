// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/panewindow.h"

#include "chat/answerpane.h"

#include <QCloseEvent>
#include <QScreen>
#include <QVBoxLayout>

namespace diptych {

PaneWindow::PaneWindow(AnswerPane &pane, const QRect &place, QWidget *parent)
    : QWidget(parent, Qt::Window)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(&pane);
    m_pause.setSingleShot(true);
    m_pause.setInterval(500);
    connect(&m_pause, &QTimer::timeout, this, &PaneWindow::placeChanged);
    constexpr QSize usual {560, 640};
    resize(place.isEmpty() ? usual : place.size());
    // A monitor that is no longer there must not hide the window.
    const QRect desktop = parent->screen()->availableVirtualGeometry();
    if (!place.isEmpty() && desktop.intersects(place))
        move(place.topLeft());
    pane.show();
}

void PaneWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    Q_EMIT closed();
}

void PaneWindow::moveEvent(QMoveEvent *event)
{
    QWidget::moveEvent(event);
    m_pause.start();
}

void PaneWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_pause.start();
}

} // namespace diptych
