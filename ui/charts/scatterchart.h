// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chartwidget.h"

#include <QPointF>
#include <QStringList>

#include <optional>
#include <span>
#include <vector>

class QMouseEvent;
class QPainter;

namespace diptych {

/// Points in the plane with labels; both axes have the same scale. One point can be selected, by mouse or arrow keys;
/// wheel and dragging zoom and move, a double click shows everything again.
class ScatterChart : public ChartWidget
{
    Q_OBJECT
public:
    explicit ScatterChart(QWidget *parent = nullptr);

    /// All three have the same length; `groups` may be empty or holds a colour number per point.
    void setPoints(std::span<const double> x, std::span<const double> y, const QStringList &labels,
        std::span<const int> groups = {});
    /// Names of the groups for the legend; empty: no legend.
    void setGroupNames(const QStringList &names);
    void setAxisTitles(const QString &x, const QString &y);
    /// Points that belong to the selected one; they are ringed, named and connected with it.
    void setHighlighted(std::vector<int> points);
    /// A star that is not one of the points; unset removes it.
    void setMarker(const std::optional<QPointF> &place, const QString &label = {});

    [[nodiscard]] int count() const { return static_cast<int>(m_places.size()); }
    [[nodiscard]] int selected() const { return m_selected; } ///< -1: none
    void setSelected(int point); ///< emits nothing
    /// The point within a few pixels of a position in the widget, or -1.
    [[nodiscard]] int pointAt(const QPointF &position) const;
    /// Where a point is drawn, in the widget.
    [[nodiscard]] QPointF positionOf(int point) const;

Q_SIGNALS:
    void pointSelected(int point); ///< by the user; -1: the selection was cleared
    void pointHovered(int point); ///< -1: none

protected:
    void restyle() override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    class Overlay;

    void setUpInteraction();
    void fit();
    void keepAspect();
    void wrapLegend();
    void moveSelection(const QPointF &direction);
    void zoom(double factor);
    void choose(int point);
    void hover(const QPointF &position);
    void redraw();
    void paintOverlay(QPainter &painter) const;
    void paintEmphasis(QPainter &painter) const;
    void paintLabels(QPainter &painter) const;
    [[nodiscard]] std::vector<int> labelOrder() const;
    [[nodiscard]] QPointF toPixels(const QPointF &place) const;
    [[nodiscard]] QColor colorOf(int point) const;

    std::vector<QPointF> m_places;
    std::vector<int> m_groups;
    std::vector<int> m_highlighted;
    QStringList m_labels;
    QStringList m_groupNames;
    std::optional<QPointF> m_marker;
    QString m_markerLabel;
    QPointF m_pressed;
    int m_selected = -1;
    int m_hovered = -1;
    bool m_isFitted = true; ///< the user has not zoomed or moved
};

} // namespace diptych
