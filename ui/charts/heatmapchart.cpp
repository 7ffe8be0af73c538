// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/heatmapchart.h"

#include <QKeyEvent>
#include <QToolTip>

#include <qcustomplot.h>

#include <cmath>

namespace diptych {

namespace {

/// Every n-th label, as many as fit one below the other.
QSharedPointer<QCPAxisTickerText> labelTicker(
    const QStringList &labels, const QFontMetrics &metrics, int widest, int room)
{
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    const int fitting = std::max(1, room / std::max(metrics.height() - 1, 1));
    const int step = (static_cast<int>(labels.size()) + fitting - 1) / fitting;
    for (int i = 0; i < labels.size(); i += std::max(step, 1))
        ticker->addTick(i, metrics.elidedText(labels[i].simplified(), Qt::ElideRight, widest));
    return ticker;
}

} // namespace

HeatMapChart::HeatMapChart(QWidget *parent)
    : ChartWidget(parent)
{
    setUpPlot();
    setUpInteraction();
    applyTheme();
}

void HeatMapChart::setUpPlot()
{
    plot()->xAxis->grid()->setVisible(false);
    plot()->yAxis->grid()->setVisible(false);
    plot()->yAxis->setRangeReversed(true); // the first row is on top
    plot()->xAxis->setTickLabelRotation(-90);
    for (QCPAxis *axis : {plot()->xAxis, plot()->yAxis}) {
        axis->setTickLength(0);
        axis->setSubTicks(false);
        axis->setTickLabelPadding(4);
    }
    m_map = new QCPColorMap(plot()->xAxis, plot()->yAxis);
    m_map->setInterpolate(false);
    m_map->setAntialiased(false);
    m_scale = new QCPColorScale(plot());
    m_scale->setType(QCPAxis::atRight);
    m_scale->setBarWidth(8);
    m_scale->setRangeDrag(false);
    m_scale->setRangeZoom(false);
    m_scale->axis()->ticker()->setTickCount(4);
    plot()->plotLayout()->addElement(0, 1, m_scale);
    m_map->setColorScale(m_scale);
    auto *group = new QCPMarginGroup(plot()); // the scale is as high as the cells
    plot()->axisRect()->setMarginGroup(QCP::msTop | QCP::msBottom, group);
    m_scale->setMarginGroup(QCP::msTop | QCP::msBottom, group);
    m_rowFrame = new QCPItemRect(plot());
    m_columnFrame = new QCPItemRect(plot());
    setSelectedRow(-1);
}

void HeatMapChart::setUpInteraction()
{
    connect(plot(), &QCustomPlot::mousePress, this, [this](QMouseEvent *event) {
        setFocus(Qt::MouseFocusReason);
        const QPoint cell = cellAt(plot()->mapToParent(event->position().toPoint()));
        if (cell.y() >= 0)
            choose(cell.y());
    });
    connect(plot(), &QCustomPlot::mouseMove, this,
        [this](QMouseEvent *event) { hover(plot()->mapToParent(event->position().toPoint())); });
}

void HeatMapChart::setMatrix(std::span<const float> values, const QStringList &labels)
{
    Q_ASSERT(static_cast<qsizetype>(values.size()) == labels.size() * labels.size());
    m_values.assign(values.begin(), values.end());
    m_labels = labels;
    m_hovered = {-1, -1};
    const int count = size();
    m_map->data()->setSize(count, count);
    m_map->data()->setRange(QCPRange(0, std::max(count - 1, 0)), QCPRange(0, std::max(count - 1, 0)));
    for (int row = 0; row < count; ++row) {
        for (int column = 0; column < count; ++column)
            m_map->data()->setCell(column, row, m_values[static_cast<std::size_t>(row * count + column)]);
    }
    plot()->xAxis->setRange(-0.5, count - 0.5);
    plot()->yAxis->setRange(-0.5, count - 0.5);
    updateScale();
    updateLabels();
    setSelectedRow(-1);
}

void HeatMapChart::updateScale()
{
    const auto count = static_cast<std::size_t>(size());
    float low = 1;
    float high = -1;
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        if (i / count != i % count && std::isfinite(m_values[i])) {
            low = std::min(low, m_values[i]);
            high = std::max(high, m_values[i]);
        }
    }
    m_scale->setDataRange(low < high ? QCPRange(low, high) : QCPRange(high - 0.5, high + 0.5));
}

void HeatMapChart::updateLabels()
{
    const QFontMetrics metrics(theme().font);
    m_scale->setMargins({}); // its last margin would else be the least of the group, which could never shrink
    plot()->xAxis->setTickLabels(width() >= 340 && height() >= 260);
    plot()->yAxis->setTickLabels(width() >= 220);
    if (const bool hasScale = width() >= 180; m_scale->visible() != hasScale) {
        m_scale->setVisible(hasScale);
        m_scale->axis()->setTickLabels(hasScale);
    }
    plot()->yAxis->setTicker(labelTicker(m_labels, metrics, std::min(220, width() * 3 / 10), height() * 7 / 10));
    plot()->xAxis->setTicker(labelTicker(m_labels, metrics, std::min(96, height() * 2 / 10), width() * 5 / 10));
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void HeatMapChart::setSelectedRow(int row)
{
    m_selected = row >= 0 && row < size() ? row : -1;
    setAccessibleDescription(m_labels.value(m_selected));
    for (QCPItemRect *frame : {m_rowFrame, m_columnFrame})
        frame->setVisible(m_selected >= 0);
    m_rowFrame->topLeft->setCoords(-0.5, m_selected - 0.5);
    m_rowFrame->bottomRight->setCoords(size() - 0.5, m_selected + 0.5);
    m_columnFrame->topLeft->setCoords(m_selected - 0.5, -0.5);
    m_columnFrame->bottomRight->setCoords(m_selected + 0.5, size() - 0.5);
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

QPoint HeatMapChart::cellAt(const QPointF &position) const
{
    const QPoint inPlot = plot()->mapFromParent(position.toPoint());
    if (!plot()->axisRect()->rect().contains(inPlot))
        return {-1, -1};
    const auto cell = [](double coordinate) { return static_cast<int>(std::floor(coordinate + 0.5)); };
    const QPoint found(cell(plot()->xAxis->pixelToCoord(inPlot.x())), cell(plot()->yAxis->pixelToCoord(inPlot.y())));
    const QRect cells(0, 0, size(), size());
    return cells.contains(found) ? found : QPoint(-1, -1);
}

QPointF HeatMapChart::positionOf(int row, int column) const
{
    return plot()->mapToParent(QPoint())
        + QPointF(plot()->xAxis->coordToPixel(column), plot()->yAxis->coordToPixel(row));
}

void HeatMapChart::restyle()
{
    QCPColorGradient gradient;
    gradient.clearColorStops();
    const std::vector<QColor> colors = sequentialScale(theme());
    for (std::size_t i = 0; i < colors.size(); ++i)
        gradient.setColorStopAt(static_cast<double>(i) / static_cast<double>(colors.size() - 1), colors[i]);
    m_map->setGradient(gradient);
    m_scale->axis()->setTickLabelColor(theme().muted);
    m_scale->axis()->setTickLabelFont(theme().font);
    for (QCPAxis *axis : m_scale->axis()->axisRect()->axes()) {
        axis->setBasePen(QPen(theme().border));
        axis->setTickPen(QPen(theme().border));
        axis->setSubTickPen(Qt::NoPen);
    }
    for (QCPItemRect *frame : {m_rowFrame, m_columnFrame})
        frame->setPen(QPen(theme().marker, 1.4));
    updateLabels();
}

void HeatMapChart::resizeEvent(QResizeEvent *event)
{
    ChartWidget::resizeEvent(event);
    updateLabels();
}

void HeatMapChart::choose(int row)
{
    setSelectedRow(row);
    Q_EMIT rowSelected(m_selected);
}

void HeatMapChart::hover(const QPointF &position)
{
    const QPoint cell = cellAt(position);
    if (cell == m_hovered)
        return;
    m_hovered = cell;
    QString text;
    if (cell.x() >= 0) {
        const float value = m_values[static_cast<std::size_t>(cell.y() * size() + cell.x())];
        text = QStringLiteral("<p>%1<br>%2</p><p><b>%3</b></p>")
                   .arg(m_labels[cell.y()].toHtmlEscaped(), m_labels[cell.x()].toHtmlEscaped(),
                       locale().toString(static_cast<double>(value), 'f', 3));
    }
    QToolTip::showText(mapToGlobal(position.toPoint()), text, this);
    Q_EMIT cellHovered(cell.y(), cell.x());
}

void HeatMapChart::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Up && size() > 0)
        choose(m_selected < 0 ? size() - 1 : std::max(0, m_selected - 1));
    else if (event->key() == Qt::Key_Down && size() > 0)
        choose(std::min(size() - 1, m_selected + 1));
    else if (event->key() == Qt::Key_Escape && m_selected >= 0)
        choose(-1);
    else
        ChartWidget::keyPressEvent(event);
}

} // namespace diptych
