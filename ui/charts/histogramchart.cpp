// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/histogramchart.h"

#include <QToolTip>

#include <qcustomplot.h>

#include <cmath>

namespace diptych {

HistogramChart::HistogramChart(QWidget *parent)
    : ChartWidget(parent)
    , m_bars(new QCPBars(plot()->xAxis, plot()->yAxis))
{
    m_bars->setWidth(0.86);
    plot()->xAxis->grid()->setVisible(false);
    plot()->yAxis->ticker()->setTickCount(3);
    plot()->yAxis->setNumberFormat(QStringLiteral("gb"));
    connect(plot(), &QCustomPlot::mouseMove, this, [this](QMouseEvent *event) {
        const int bar = barAt(plot()->mapToParent(event->position().toPoint()));
        if (bar == m_hovered)
            return;
        m_hovered = bar;
        QToolTip::showText(event->globalPosition().toPoint(), bar < 0 ? QString() : m_texts.at(bar), this);
    });
    applyTheme();
}

void HistogramChart::setBars(std::span<const double> counts, const QStringList &edges, const QStringList &texts)
{
    Q_ASSERT(static_cast<qsizetype>(counts.size()) == texts.size());
    m_texts = texts;
    m_hovered = -1;
    QVector<double> places;
    QVector<double> heights;
    double highest = 0;
    for (const double count : counts) {
        places.append(static_cast<double>(places.size()));
        heights.append(count);
        highest = std::max(highest, count);
    }
    m_bars->setData(places, heights, true);
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (qsizetype edge = 0; edge < edges.size(); ++edge) {
        if (!edges[edge].isEmpty())
            ticker->addTick(static_cast<double>(edge) - 0.5, edges[edge]);
    }
    plot()->xAxis->setTicker(ticker);
    plot()->xAxis->setRange(-0.6, std::max(static_cast<double>(counts.size()), 1.0) - 0.4);
    plot()->yAxis->setRange(0, std::max(highest, 1.0) * 1.05);
    // Nobody counts halves.
    auto whole = QSharedPointer<QCPAxisTickerFixed>::create();
    whole->setTickStep(std::max(1.0, std::ceil(highest / 3)));
    plot()->yAxis->setTicker(whole);
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void HistogramChart::setAxisTitles(const QString &x, const QString &y)
{
    plot()->xAxis->setLabel(x);
    plot()->yAxis->setLabel(y);
}

int HistogramChart::barAt(const QPointF &position) const
{
    const QPointF inside = plot()->mapFromParent(position.toPoint());
    if (!plot()->axisRect()->rect().contains(inside.toPoint()))
        return -1;
    const auto bar = static_cast<int>(std::lround(plot()->xAxis->pixelToCoord(inside.x())));
    return bar >= 0 && bar < count() ? bar : -1;
}

void HistogramChart::restyle()
{
    m_bars->setPen(Qt::NoPen);
    m_bars->setBrush(theme().accent);
}

} // namespace diptych
