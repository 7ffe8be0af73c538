// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chartwidget.h"

#include <QStringList>

#include <span>
#include <vector>

class QCPBars;

namespace diptych {

/// Counts as bars of equal width, one beside the other.
class HistogramChart : public ChartWidget
{
    Q_OBJECT
public:
    explicit HistogramChart(QWidget *parent = nullptr);

    /// `edges`: where each bar begins, one more at the end; an empty text is not written. `texts`: what is said when
    /// the mouse is over a bar, one for each.
    void setBars(std::span<const double> counts, const QStringList &edges, const QStringList &texts);
    void setAxisTitles(const QString &x, const QString &y);
    [[nodiscard]] int count() const { return static_cast<int>(m_texts.size()); }
    /// The bar at a position in the widget, or -1.
    [[nodiscard]] int barAt(const QPointF &position) const;

    [[nodiscard]] QSize sizeHint() const override { return {280, 110}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {140, 80}; }

protected:
    void restyle() override;

private:
    QCPBars *m_bars = nullptr;
    QStringList m_texts;
    int m_hovered = -1;
};

} // namespace diptych
