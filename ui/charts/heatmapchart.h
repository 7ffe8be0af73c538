// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chartwidget.h"

#include <QStringList>

#include <span>
#include <vector>

class QCPColorMap;
class QCPColorScale;
class QCPItemRect;

namespace diptych {

/// A square matrix as coloured cells with a scale. A row can be selected, by mouse or arrow keys; its column is marked
/// with it.
class HeatMapChart : public ChartWidget
{
    Q_OBJECT
public:
    explicit HeatMapChart(QWidget *parent = nullptr);

    /// Row-major; size² values, a label per row. The scale spans the values off the diagonal.
    void setMatrix(std::span<const float> values, const QStringList &labels);
    [[nodiscard]] int size() const { return static_cast<int>(m_labels.size()); }

    [[nodiscard]] int selectedRow() const { return m_selected; } ///< -1: none
    void setSelectedRow(int row); ///< emits nothing
    /// Row and column at a position in the widget, as (column, row); (-1, -1) outside.
    [[nodiscard]] QPoint cellAt(const QPointF &position) const;
    /// The middle of a cell, in the widget.
    [[nodiscard]] QPointF positionOf(int row, int column) const;

Q_SIGNALS:
    void rowSelected(int row); ///< by the user; -1: the selection was cleared
    void cellHovered(int row, int column); ///< -1, -1: none

protected:
    void restyle() override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setUpPlot();
    void setUpInteraction();
    void updateLabels();
    void updateScale();
    void choose(int row);
    void hover(const QPointF &position);

    std::vector<float> m_values;
    QStringList m_labels;
    QCPColorMap *m_map = nullptr;
    QCPColorScale *m_scale = nullptr;
    QCPItemRect *m_rowFrame = nullptr;
    QCPItemRect *m_columnFrame = nullptr;
    QPoint m_hovered {-1, -1};
    int m_selected = -1;
};

} // namespace diptych
