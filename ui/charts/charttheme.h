// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>

#include <vector>

class QCustomPlot;
class QWidget;

namespace diptych {

/// The colours and fonts of all charts, taken from the widget's palette and the theme.
struct ChartTheme {
    QColor background {};
    QColor text {};
    QColor muted {};
    QColor grid {}; ///< barely there
    QColor border {};
    QColor accent {};
    QColor marker {}; ///< what must stand out from every series
    QFont font {};
    bool dark = false;

    [[nodiscard]] static ChartTheme of(const QWidget &widget);
};

/// Background, axes, grid and fonts of a plot.
void applyChartTheme(QCustomPlot &plot, const ChartTheme &theme);
/// A scale from "little" to "much": lightness changes evenly, so that it also reads without colour vision.
[[nodiscard]] std::vector<QColor> sequentialScale(const ChartTheme &theme);

} // namespace diptych
