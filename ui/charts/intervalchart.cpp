// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/intervalchart.h"

#include <QResizeEvent>

#include <qcustomplot.h>

namespace diptych {

namespace {

constexpr double labelShare = 0.4; // of the width, at most
constexpr int rowHeight = 26;
constexpr int axisHeight = 60;

} // namespace

IntervalChart::IntervalChart(QWidget *parent)
    : ChartWidget(parent)
    // Values are functions of the row: the key axis is the one at the left.
    , m_values(plot()->addGraph(plot()->yAxis, plot()->xAxis))
    , m_intervals(new QCPErrorBars(plot()->yAxis, plot()->xAxis))
    , m_reference(new QCPItemStraightLine(plot()))
{
    m_values->setLineStyle(QCPGraph::lsNone);
    m_intervals->setDataPlottable(m_values);
    m_intervals->setErrorType(QCPErrorBars::etValueError);
    m_intervals->setWhiskerWidth(8);
    m_intervals->setSymbolGap(0);
    plot()->yAxis->setRangeReversed(true); // the first row is on top
    plot()->yAxis->setTickLength(0);
    plot()->yAxis->setSubTicks(false);
    plot()->yAxis->grid()->setVisible(false);
    plot()->xAxis->ticker()->setTickCount(5);
    applyTheme();
}

void IntervalChart::setRows(
    std::vector<Row> rows, double reference, const std::optional<std::pair<double, double>> &range)
{
    m_rows = std::move(rows);
    QVector<double> places;
    QVector<double> values;
    QVector<double> below;
    QVector<double> above;
    QCPRange needed(reference, reference);
    for (const Row &row : m_rows) {
        places.append(static_cast<double>(places.size()));
        values.append(row.value);
        below.append(row.value - row.low);
        above.append(row.high - row.value);
        needed.expand(row.low);
        needed.expand(row.high);
    }
    m_values->setData(places, values, true);
    m_intervals->setData(below, above);
    m_reference->point1->setCoords(reference, 0);
    m_reference->point2->setCoords(reference, 1);
    const double margin = needed.size() > 0 ? needed.size() * 0.06 : 1;
    if (range)
        plot()->xAxis->setRange(range->first, range->second);
    else
        plot()->xAxis->setRange(needed.lower - margin, needed.upper + margin);
    plot()->yAxis->setRange(-0.6, std::max(static_cast<double>(m_rows.size()), 1.0) - 0.4);
    updateLabels();
    updateGeometry();
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void IntervalChart::setAxisTitle(const QString &title)
{
    plot()->xAxis->setLabel(title);
}

QPointF IntervalChart::positionOf(int row) const
{
    const double value = m_rows.at(static_cast<std::size_t>(row)).value;
    return plot()->mapToParent(QPointF(plot()->xAxis->coordToPixel(value), plot()->yAxis->coordToPixel(row)).toPoint());
}

QSize IntervalChart::sizeHint() const
{
    return {420, axisHeight + rowHeight * std::max(count(), 2)};
}

void IntervalChart::updateLabels()
{
    const QFontMetrics metrics(theme().font);
    const int widest = std::max(40, static_cast<int>(width() * labelShare));
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        ticker->addTick(
            static_cast<double>(row), metrics.elidedText(m_rows[row].label.simplified(), Qt::ElideMiddle, widest));
    }
    plot()->yAxis->setTicker(ticker);
}

void IntervalChart::resizeEvent(QResizeEvent *event)
{
    ChartWidget::resizeEvent(event);
    updateLabels();
}

void IntervalChart::restyle()
{
    m_values->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, theme().accent, theme().accent, 8));
    m_intervals->setPen(QPen(theme().accent, 1.5));
    m_reference->setPen(QPen(theme().muted, 1, Qt::DashLine));
    updateLabels();
}

} // namespace diptych
