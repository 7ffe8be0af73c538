// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chartwidget.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPainter>

#include <qcustomplot.h>

namespace diptych {

ChartWidget::ChartWidget(QWidget *parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1); // room for the focus frame
    layout->addWidget(m_plot);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setMouseTracking(true);
    m_plot->setMinimumSize(20, 20); // it can not draw on nothing
    setFocusPolicy(Qt::StrongFocus);
    m_theme = ChartTheme::of(*this);
    applyChartTheme(*m_plot, m_theme);
}

bool ChartWidget::savePng(const QString &path, double scale) const
{
    return m_plot->savePng(path, m_plot->width(), m_plot->height(), scale);
}

void ChartWidget::applyTheme()
{
    m_theme = ChartTheme::of(*this);
    applyChartTheme(*m_plot, m_theme);
    restyle();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ChartWidget::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyTheme();
}

void ChartWidget::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void ChartWidget::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void ChartWidget::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), hasFocus() ? m_theme.accent : m_theme.background);
}

} // namespace diptych
