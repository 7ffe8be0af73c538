// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"

#include <QWidget>

#include <vector>

namespace diptych {

/// The phases of an exchange as a bar to scale, with their lengths below.
class PhaseTimeline : public QWidget
{
    Q_OBJECT
public:
    explicit PhaseTimeline(QWidget *parent = nullptr);

    void setPhases(const PhaseTimes &phases);

    struct Segment {
        QString name {};
        std::chrono::microseconds length {0};
        int color = 0; ///< index of seriesColor()
    };
    /// The phases that were reached, in order; those that took no time are left out.
    [[nodiscard]] static std::vector<Segment> segments(const PhaseTimes &phases);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintBar(QPainter &painter) const;
    /// Lays the legend out; paints it when there is a painter. Returns its height.
    int layLegend(int width, QPainter *painter) const;

    std::vector<Segment> m_segments;
};

} // namespace diptych
