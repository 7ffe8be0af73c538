// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chartwidget.h"

#include <QString>

#include <optional>
#include <vector>

class QCPErrorBars;
class QCPGraph;
class QCPItemStraightLine;

namespace diptych {

/// Values with their intervals, one below the other, against a line that says where there is no difference.
class IntervalChart : public ChartWidget
{
    Q_OBJECT
public:
    struct Row {
        QString label {};
        double value = 0;
        double low = 0; ///< equal to value and high: no interval is known
        double high = 0;
    };

    explicit IntervalChart(QWidget *parent = nullptr);

    /// `range`: of the axis; unset: what the rows need.
    void setRows(std::vector<Row> rows, double reference, const std::optional<std::pair<double, double>> &range = {});
    void setAxisTitle(const QString &title);
    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
    /// Where the value of a row is drawn, in the widget.
    [[nodiscard]] QPointF positionOf(int row) const;

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void restyle() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateLabels();

    std::vector<Row> m_rows;
    QCPGraph *m_values = nullptr;
    QCPErrorBars *m_intervals = nullptr;
    QCPItemStraightLine *m_reference = nullptr;
};

} // namespace diptych
