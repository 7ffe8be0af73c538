// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"

#include <QWidget>

#include <vector>

namespace diptych {

/// The frames of an answer on a line of time, a tick each: pauses are where no ticks are, the longest is marked.
class FrameTimeline : public QWidget
{
    Q_OBJECT
public:
    explicit FrameTimeline(QWidget *parent = nullptr);

    /// `longestGapRow` is the frame behind the longest gap; -1: none.
    void setFrames(const Exchange *exchange, int longestGapRow);
    void setCurrent(int row); ///< -1: none

    /// The x of a time, and the frame nearest to an x; -1 without frames.
    [[nodiscard]] int xOf(std::chrono::microseconds at) const;
    [[nodiscard]] int rowAt(int x) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void frameChosen(int row);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    void paintGap(QPainter &painter) const;
    void paintTicks(QPainter &painter) const;
    void paintLabels(QPainter &painter) const;

    std::vector<std::chrono::microseconds> m_times;
    std::chrono::microseconds m_start {0};
    std::chrono::microseconds m_end {0};
    int m_longestGapRow = -1;
    int m_current = -1;
};

} // namespace diptych
