// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/scatterchart.h"

#include "charts/labellayout.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QPainterPath>
#include <QToolTip>

#include <qcustomplot.h>

#include <cmath>
#include <numbers>

namespace diptych {

namespace {

constexpr double pointSize = 7;
constexpr double pickDistance = 14;
constexpr int labelledPoints = 150; ///< above, only what is emphasised is named
constexpr double widestLabel = 230;

QPainterPath star(const QPointF &centre, double radius)
{
    QPolygonF polygon;
    for (int corner = 0; corner < 10; ++corner) {
        const double length = corner % 2 == 0 ? radius : radius * 0.45;
        const double angle = std::numbers::pi * (corner / 5.0 - 0.5);
        polygon.append(centre + QPointF(std::cos(angle), std::sin(angle)) * length);
    }
    QPainterPath path;
    path.addPolygon(polygon);
    path.closeSubpath();
    return path;
}

double distance(const QPointF &left, const QPointF &right)
{
    return std::hypot(left.x() - right.x(), left.y() - right.y());
}

} // namespace

/// Draws what is above the points: rings, lines, labels, the star.
class ScatterChart::Overlay : public QCPLayerable
{
public:
    Overlay(QCustomPlot *plot, const ScatterChart &chart)
        : QCPLayerable(plot, QStringLiteral("overlay"))
        , m_chart(chart)
    {
    }

protected:
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override { painter->setAntialiasing(true); }
    void draw(QCPPainter *painter) override { m_chart.paintOverlay(*painter); }

private:
    const ScatterChart &m_chart;
};

ScatterChart::ScatterChart(QWidget *parent)
    : ChartWidget(parent)
{
    for (QCPAxis *axis : {plot()->xAxis, plot()->yAxis}) {
        axis->setTickLabels(false); // the numbers of such a map mean nothing by themselves
        axis->setTicks(false);
        axis->ticker()->setTickCount(6);
        axis->setLabelPadding(4);
    }
    plot()->axisRect()->setupFullAxesBox();
    for (QCPAxis *axis : {plot()->xAxis2, plot()->yAxis2}) {
        axis->setTickLabels(false);
        axis->setTicks(false);
    }
    plot()->axisRect()->insetLayout()->take(plot()->legend); // out of the plot area, below it
    plot()->plotLayout()->addElement(1, 0, plot()->legend);
    plot()->plotLayout()->setRowStretchFactor(1, 0.0001);
    plot()->plotLayout()->setRowSpacing(0);
    // Set by hand, or an empty legend's own maximum of nothing would make the column of the plot as narrow.
    plot()->legend->setMaximumSize(100'000, QWIDGETSIZE_MAX);
    new Overlay(plot(), *this); // the plot owns it
    setUpInteraction();
    applyTheme();
}

void ScatterChart::setUpInteraction()
{
    plot()->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    connect(plot(), &QCustomPlot::afterLayout, this, &ScatterChart::keepAspect);
    connect(plot(), &QCustomPlot::mousePress, this, [this](QMouseEvent *event) {
        m_pressed = event->position();
        setFocus(Qt::MouseFocusReason);
    });
    connect(plot(), &QCustomPlot::mouseRelease, this, [this](QMouseEvent *event) {
        const int point = pointAt(plot()->mapToParent(event->position().toPoint()));
        if (distance(event->position(), m_pressed) < QApplication::startDragDistance() && point >= 0)
            choose(point);
    });
    connect(plot(), &QCustomPlot::mouseMove, this, [this](QMouseEvent *event) {
        if (event->buttons() == Qt::NoButton)
            hover(plot()->mapToParent(event->position().toPoint()));
        else
            m_isFitted = false;
    });
    connect(plot(), &QCustomPlot::mouseWheel, this, [this] { m_isFitted = false; });
    connect(plot(), &QCustomPlot::mouseDoubleClick, this, [this] {
        m_isFitted = true;
        redraw();
    });
}

void ScatterChart::setPoints(
    std::span<const double> x, std::span<const double> y, const QStringList &labels, std::span<const int> groups)
{
    Q_ASSERT(x.size() == y.size() && static_cast<qsizetype>(x.size()) == labels.size());
    m_places.clear();
    for (std::size_t i = 0; i < x.size(); ++i)
        m_places.emplace_back(x[i], y[i]);
    m_labels = labels;
    m_groups.assign(groups.begin(), groups.end());
    m_groups.resize(m_places.size());
    m_highlighted.clear();
    m_marker.reset();
    m_selected = -1;
    m_hovered = -1;
    m_isFitted = true;

    plot()->clearGraphs();
    const int last = m_groups.empty() ? -1 : *std::max_element(m_groups.begin(), m_groups.end());
    for (int group = 0; group <= last; ++group) {
        QVector<double> keys;
        QVector<double> values;
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            if (m_groups[i] == group) {
                keys.append(m_places[i].x());
                values.append(m_places[i].y());
            }
        }
        QCPGraph *graph = plot()->addGraph();
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setAdaptiveSampling(false);
        graph->setData(keys, values);
    }
    setGroupNames(m_groupNames);
}

void ScatterChart::setGroupNames(const QStringList &names)
{
    m_groupNames = names;
    const bool isShown = names.size() > 1 && names.size() <= 10;
    for (int group = 0; group < plot()->graphCount(); ++group) {
        plot()->graph(group)->setName(names.value(group));
        if (isShown)
            plot()->graph(group)->addToLegend();
        else
            plot()->graph(group)->removeFromLegend();
    }
    plot()->legend->setVisible(isShown);
    wrapLegend();
    applyTheme();
}

void ScatterChart::wrapLegend()
{
    const QFontMetrics metrics(theme().font);
    int widest = 1;
    for (const QString &name : std::as_const(m_groupNames))
        widest = std::max(widest, metrics.horizontalAdvance(name));
    plot()->legend->setWrap(std::max(1, (width() - 20) / (widest + 30)));
    plot()->legend->setFillOrder(QCPLayoutGrid::foColumnsFirst, true);
    redraw(); // the plot was laid out for the size before
}

void ScatterChart::setAxisTitles(const QString &x, const QString &y)
{
    plot()->xAxis->setLabel(x);
    plot()->yAxis->setLabel(y);
    redraw();
}

void ScatterChart::setHighlighted(std::vector<int> points)
{
    m_highlighted = std::move(points);
    std::erase_if(m_highlighted, [this](int point) { return point < 0 || point >= count(); });
    redraw();
}

void ScatterChart::setMarker(const std::optional<QPointF> &place, const QString &label)
{
    m_marker = place;
    m_markerLabel = label;
    redraw();
}

void ScatterChart::setSelected(int point)
{
    m_selected = point >= 0 && point < count() ? point : -1;
    setAccessibleDescription(m_labels.value(m_selected));
    redraw();
}

int ScatterChart::pointAt(const QPointF &position) const
{
    int best = -1;
    double bestDistance = pickDistance;
    for (int point = 0; point < count(); ++point) {
        const double away = distance(positionOf(point), position);
        if (away < bestDistance) {
            best = point;
            bestDistance = away;
        }
    }
    return best;
}

QPointF ScatterChart::positionOf(int point) const
{
    return plot()->mapToParent(QPoint()) + toPixels(m_places[static_cast<std::size_t>(point)]);
}

QPointF ScatterChart::toPixels(const QPointF &place) const
{
    return {plot()->xAxis->coordToPixel(place.x()), plot()->yAxis->coordToPixel(place.y())};
}

QColor ScatterChart::colorOf(int point) const
{
    return seriesColor(m_groups[static_cast<std::size_t>(point)], palette());
}

void ScatterChart::restyle()
{
    for (int group = 0; group < plot()->graphCount(); ++group) {
        QColor fill = seriesColor(group, palette());
        fill.setAlphaF(count() > 1000 ? 0.5F : 0.85F);
        plot()->graph(group)->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme().background, 0.6), fill, pointSize));
        plot()->graph(group)->setAntialiasedScatters(true);
    }
    plot()->legend->setBrush(Qt::NoBrush);
    plot()->legend->setBorderPen(Qt::NoPen);
    plot()->legend->setTextColor(theme().muted);
    plot()->legend->setFont(theme().font);
    plot()->legend->setIconSize(10, 10);
    plot()->legend->setIconTextPadding(4);
    plot()->legend->setMargins(QMargins(4, 0, 4, 2));
}

void ScatterChart::redraw()
{
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void ScatterChart::fit()
{
    if (m_places.empty())
        return;
    QRectF bounds(m_places.front(), QSizeF(0, 0));
    const auto include = [&bounds](const QPointF &place) {
        bounds.setLeft(std::min(bounds.left(), place.x()));
        bounds.setRight(std::max(bounds.right(), place.x()));
        bounds.setTop(std::min(bounds.top(), place.y()));
        bounds.setBottom(std::max(bounds.bottom(), place.y()));
    };
    std::for_each(m_places.begin(), m_places.end(), include);
    if (m_marker)
        include(*m_marker);
    const QSize pixels = plot()->axisRect()->size();
    const double perPixel = std::max({bounds.width() / std::max(pixels.width() - 64, 1),
        bounds.height() / std::max(pixels.height() - 56, 1), 1e-12});
    const double unit = bounds.width() > 0 || bounds.height() > 0 ? perPixel : 1.0 / std::max(pixels.width(), 1);
    plot()->xAxis->setRange(bounds.center().x(), pixels.width() * unit, Qt::AlignCenter);
    plot()->yAxis->setRange(bounds.center().y(), pixels.height() * unit, Qt::AlignCenter);
}

void ScatterChart::keepAspect()
{
    if (m_isFitted)
        fit();
    else
        plot()->yAxis->setScaleRatio(plot()->xAxis, 1.0);
}

void ScatterChart::resizeEvent(QResizeEvent *event)
{
    ChartWidget::resizeEvent(event);
    wrapLegend();
}

void ScatterChart::zoom(double factor)
{
    m_isFitted = false;
    plot()->xAxis->scaleRange(factor);
    plot()->yAxis->scaleRange(factor);
    redraw();
}

void ScatterChart::choose(int point)
{
    setSelected(point);
    Q_EMIT pointSelected(m_selected);
}

void ScatterChart::hover(const QPointF &position)
{
    const int point = pointAt(position);
    if (point == m_hovered)
        return;
    m_hovered = point;
    const QPoint at = mapToGlobal(position.toPoint());
    QToolTip::showText(at, point >= 0 ? m_labels.value(point).toHtmlEscaped() : QString(), this);
    redraw();
    Q_EMIT pointHovered(point);
}

void ScatterChart::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return moveSelection({-1, 0});
    case Qt::Key_Right:
        return moveSelection({1, 0});
    case Qt::Key_Up:
        return moveSelection({0, -1});
    case Qt::Key_Down:
        return moveSelection({0, 1});
    case Qt::Key_Plus:
        return zoom(0.8);
    case Qt::Key_Minus:
        return zoom(1.25);
    case Qt::Key_0:
        m_isFitted = true;
        return redraw();
    case Qt::Key_Escape:
        if (m_selected >= 0)
            return choose(-1);
        break;
    default:
        break;
    }
    ChartWidget::keyPressEvent(event);
}

void ScatterChart::moveSelection(const QPointF &direction)
{
    const QRectF area = plot()->axisRect()->rect();
    const QPointF from =
        m_selected >= 0 ? toPixels(m_places[static_cast<std::size_t>(m_selected)]) : QPointF(area.center());
    int best = -1;
    double bestCost = 0;
    for (int point = 0; point < count(); ++point) {
        const QPointF step = toPixels(m_places[static_cast<std::size_t>(point)]) - from;
        const double along = QPointF::dotProduct(step, direction);
        if (point == m_selected || (m_selected >= 0 && along <= 0))
            continue;
        // Sideways counts double: the next point to the right is one that is to the right.
        const double aside = std::abs(step.x() * direction.y() - step.y() * direction.x());
        const double cost = std::abs(along) + 2 * aside;
        if (best < 0 || cost < bestCost) {
            best = point;
            bestCost = cost;
        }
    }
    if (best >= 0)
        choose(best);
}

void ScatterChart::paintOverlay(QPainter &painter) const
{
    const QRectF area = plot()->axisRect()->rect();
    painter.setClipRect(area);
    paintEmphasis(painter);
    paintLabels(painter);
    if (count() == 0 || !m_marker)
        return;
    painter.setPen(QPen(theme().background, 1.2));
    painter.setBrush(theme().marker);
    painter.drawPath(star(toPixels(*m_marker), 9));
}

void ScatterChart::paintEmphasis(QPainter &painter) const
{
    std::optional<QPointF> centre;
    if (m_selected >= 0)
        centre = toPixels(m_places[static_cast<std::size_t>(m_selected)]);
    else if (m_marker)
        centre = toPixels(*m_marker);
    painter.setBrush(Qt::NoBrush);
    for (const int point : m_highlighted) {
        const QPointF place = toPixels(m_places[static_cast<std::size_t>(point)]);
        if (centre) {
            QColor line = theme().muted;
            line.setAlphaF(0.45F);
            painter.setPen(QPen(line, 1));
            painter.drawLine(*centre, place);
        }
        painter.setPen(QPen(colorOf(point), 1.5));
        painter.drawEllipse(place, pointSize * 0.85, pointSize * 0.85);
    }
    if (m_selected >= 0) {
        painter.setPen(QPen(theme().text, 1.8));
        painter.setBrush(colorOf(m_selected));
        painter.drawEllipse(*centre, pointSize * 0.85, pointSize * 0.85);
    }
}

std::vector<int> ScatterChart::labelOrder() const
{
    std::vector<int> order;
    std::vector<bool> isListed(m_places.size());
    const auto list = [&order, &isListed](int point) {
        if (point >= 0 && !isListed[static_cast<std::size_t>(point)]) {
            isListed[static_cast<std::size_t>(point)] = true;
            order.push_back(point);
        }
    };
    list(m_selected);
    list(m_hovered);
    std::for_each(m_highlighted.begin(), m_highlighted.end(), list);
    if (count() <= labelledPoints) {
        for (int point = 0; point < count(); ++point)
            list(point);
    }
    return order;
}

void ScatterChart::paintLabels(QPainter &painter) const
{
    const QRectF area = QRectF(plot()->axisRect()->rect()).adjusted(2, 2, -2, -2);
    const QFontMetricsF metrics(theme().font);
    const double widest = std::min(widestLabel, area.width() * 0.45);
    QStringList texts;
    std::vector<LabelRequest> requests;
    const auto request = [&](const QPointF &anchor, const QString &label, bool isRequired) {
        texts.append(metrics.elidedText(label.simplified(), Qt::ElideRight, widest));
        requests.push_back({anchor, {metrics.horizontalAdvance(texts.last()) + 2, metrics.height()}, isRequired});
    };
    const std::vector<int> order = labelOrder();
    if (m_marker)
        request(toPixels(*m_marker), m_markerLabel, true);
    for (const int point : order)
        request(toPixels(m_places[static_cast<std::size_t>(point)]), m_labels.value(point), point == m_selected);
    std::vector<QPointF> points;
    for (std::size_t i = 0; i < m_places.size() && i < labelledPoints; ++i)
        points.push_back(toPixels(m_places[i]));
    const auto places = placeLabels(requests, points, area, 8);
    const std::size_t emphasised = order.size() < m_places.size() || m_selected >= 0 || m_marker
        ? m_highlighted.size() + (m_marker ? 1 : 0) + (m_selected >= 0 ? 1 : 0)
        : 0;
    painter.setFont(theme().font);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (!places[i])
            continue;
        painter.setPen(i < emphasised || m_highlighted.empty() ? theme().text : theme().muted);
        painter.drawText(*places[i], Qt::AlignCenter, texts[static_cast<qsizetype>(i)]);
    }
}

} // namespace diptych
