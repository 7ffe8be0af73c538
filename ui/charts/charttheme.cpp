// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/charttheme.h"

#include "theme/theme.h"

#include <qcustomplot.h>

namespace diptych {

namespace {

QColor mixed(const QColor &from, const QColor &to, double share)
{
    const auto channel = [share](float a, float b) { return static_cast<float>(a + (b - a) * share); };
    return QColor::fromRgbF(
        channel(from.redF(), to.redF()), channel(from.greenF(), to.greenF()), channel(from.blueF(), to.blueF()));
}

} // namespace

ChartTheme ChartTheme::of(const QWidget &widget)
{
    const QPalette palette = widget.palette();
    ChartTheme theme;
    theme.background = palette.color(QPalette::Base);
    theme.text = palette.color(QPalette::Text);
    theme.muted = themeColor(ThemeColor::Muted, palette);
    theme.border = themeColor(ThemeColor::Border, palette);
    theme.grid = mixed(theme.background, theme.border, 0.55);
    theme.accent = themeColor(ThemeColor::Accent, palette);
    theme.marker = themeColor(ThemeColor::Danger, palette);
    theme.font = widget.font();
    theme.font.setPointSizeF(widget.font().pointSizeF() * 0.9);
    theme.dark = isDark(palette);
    return theme;
}

void applyChartTheme(QCustomPlot &plot, const ChartTheme &theme)
{
    plot.setBackground(QBrush(theme.background));
    for (QCPAxis *axis : {plot.xAxis, plot.yAxis, plot.xAxis2, plot.yAxis2}) {
        axis->setBasePen(QPen(theme.border));
        axis->setTickPen(QPen(theme.border));
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(theme.muted);
        axis->setTickLabelFont(theme.font);
        axis->setLabelColor(theme.muted);
        axis->setLabelFont(theme.font);
        axis->grid()->setPen(QPen(theme.grid));
        axis->grid()->setZeroLinePen(QPen(theme.grid));
        axis->grid()->setSubGridVisible(false);
    }
}

std::vector<QColor> sequentialScale(const ChartTheme &theme)
{
    if (theme.dark)
        return {QColor(0x22, 0x27, 0x30), QColor(0x27, 0x45, 0x6b), QColor(0x3a, 0x75, 0xb0), QColor(0x6f, 0xb1, 0xd6),
            QColor(0xd8, 0xf0, 0xf2)};
    return {QColor(0xf6, 0xf8, 0xfb), QColor(0xc9, 0xdd, 0xf0), QColor(0x86, 0xb4, 0xdc), QColor(0x3b, 0x7c, 0xbd),
        QColor(0x12, 0x3f, 0x78)};
}

} // namespace diptych
