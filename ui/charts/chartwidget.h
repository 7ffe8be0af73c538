// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/charttheme.h"

#include <QWidget>

class QCustomPlot;

namespace diptych {

/// What every chart has: a plot that fills the widget, the theme, a visible focus, export as a picture.
class ChartWidget : public QWidget
{
    Q_OBJECT
public:
    explicit ChartWidget(QWidget *parent = nullptr);

    /// Writes the chart at its present size times `scale`. False when the file can not be written.
    [[nodiscard]] bool savePng(const QString &path, double scale = 2) const;
    [[nodiscard]] QSize sizeHint() const override { return {480, 360}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {140, 120}; }

protected:
    [[nodiscard]] QCustomPlot *plot() const { return m_plot; }
    [[nodiscard]] const ChartTheme &theme() const { return m_theme; }
    /// Colours of what the chart itself draws; called once the theme changed, before the plot is drawn again.
    virtual void restyle() = 0;
    void applyTheme();

    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QCustomPlot *m_plot;
    ChartTheme m_theme;
};

} // namespace diptych
