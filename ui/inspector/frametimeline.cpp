// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/frametimeline.h"

#include "models/formatting.h"
#include "theme/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace diptych {

namespace {

constexpr int tickHeight = 18;
constexpr int margin = 3;

} // namespace

FrameTimeline::FrameTimeline(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    setFont(small);
    setCursor(Qt::PointingHandCursor);
    hide();
}

void FrameTimeline::setFrames(const Exchange *exchange, int longestGapRow)
{
    const std::size_t count = exchange ? exchange->frames.size() : 0;
    // The same frames and more, or another exchange.
    const bool hasGrown =
        !m_times.empty() && count >= m_times.size() && exchange->frames[m_times.size() - 1].at == m_times.back();
    if (!hasGrown)
        m_times.clear();
    for (std::size_t i = m_times.size(); i < count; ++i)
        m_times.push_back(exchange->frames[i].at);
    m_longestGapRow = longestGapRow;
    setVisible(count > 1);
    if (count < 2)
        return;
    m_start = std::min(exchange->phases.firstByte.value_or(m_times.front()), m_times.front());
    m_end = std::max(
        {exchange->phases.finished.value_or(m_times.back()), m_times.back(), m_start + std::chrono::microseconds(1)});
    const QString gap = longestGapRow > 0 ? formatDuration(m_times[static_cast<std::size_t>(longestGapRow)]
                            - m_times[static_cast<std::size_t>(longestGapRow) - 1])
                                          : QString();
    setAccessibleName(gap.isEmpty() ? tr("%1 frames over time").arg(count)
                                    : tr("%1 frames over time, longest gap %2").arg(count).arg(gap));
    update();
}

void FrameTimeline::setCurrent(int row)
{
    if (row == m_current)
        return;
    m_current = row;
    update();
}

int FrameTimeline::xOf(std::chrono::microseconds at) const
{
    const double share = static_cast<double>((at - m_start).count()) / static_cast<double>((m_end - m_start).count());
    return margin + static_cast<int>(share * (width() - 2 * margin - 1));
}

int FrameTimeline::rowAt(int x) const
{
    if (m_times.empty())
        return -1;
    const auto right = std::partition_point(
        m_times.begin(), m_times.end(), [this, x](std::chrono::microseconds at) { return xOf(at) < x; });
    if (right == m_times.end())
        return static_cast<int>(m_times.size()) - 1;
    const bool isLeftNearer = right != m_times.begin() && x - xOf(*(right - 1)) < xOf(*right) - x;
    return static_cast<int>((isLeftNearer ? right - 1 : right) - m_times.begin());
}

QSize FrameTimeline::sizeHint() const
{
    return {280, tickHeight + fontMetrics().height() + spacing::tight};
}

QSize FrameTimeline::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

void FrameTimeline::paintEvent(QPaintEvent *)
{
    if (m_times.size() < 2)
        return;
    QPainter painter(this);
    paintGap(painter);
    paintTicks(painter);
    paintLabels(painter);
}

void FrameTimeline::paintGap(QPainter &painter) const
{
    painter.setPen(themeColor(ThemeColor::Border, palette()));
    painter.drawLine(margin, tickHeight, width() - margin, tickHeight);
    if (m_longestGapRow < 1)
        return;
    const auto row = static_cast<std::size_t>(m_longestGapRow);
    const int left = xOf(m_times[row - 1]);
    painter.fillRect(
        QRect(left, 0, qMax(xOf(m_times[row]) - left, 1), tickHeight), themeColor(ThemeColor::WarningSoft, palette()));
}

void FrameTimeline::paintTicks(QPainter &painter) const
{
    // One line per pixel column, however many frames fall on it; the fuller, the taller.
    std::vector<int> counts(static_cast<std::size_t>(qMax(width(), 1)), 0);
    int most = 1;
    for (const std::chrono::microseconds at : m_times) {
        const int x = xOf(at);
        if (x >= 0 && x < width())
            most = qMax(most, ++counts[static_cast<std::size_t>(x)]);
    }
    painter.setPen(themeColor(ThemeColor::Accent, palette()));
    for (int x = 0; x < width(); ++x) {
        const int count = counts[static_cast<std::size_t>(x)];
        if (count == 0)
            continue;
        const int height = 8 + (tickHeight - 9) * (count - 1) / qMax(most - 1, 1);
        painter.drawLine(x, tickHeight - 1, x, tickHeight - height);
    }
    if (m_current >= 0 && m_current < static_cast<int>(m_times.size())) {
        const int x = xOf(m_times[static_cast<std::size_t>(m_current)]);
        painter.fillRect(x - 1, 0, 3, tickHeight, palette().color(QPalette::Text));
    }
}

void FrameTimeline::paintLabels(QPainter &painter) const
{
    const QRect line(margin, tickHeight + 1, width() - 2 * margin, fontMetrics().height());
    const QString start = formatDuration(m_start);
    const QString end = formatDuration(m_end);
    painter.setPen(themeColor(ThemeColor::Muted, palette()));
    painter.drawText(line, Qt::AlignLeft, start);
    painter.drawText(line, Qt::AlignRight, end);
    if (m_longestGapRow < 1)
        return;
    const auto row = static_cast<std::size_t>(m_longestGapRow);
    const QString text = tr("longest gap %1").arg(formatDuration(m_times[row] - m_times[row - 1]));
    const int wide = fontMetrics().horizontalAdvance(text);
    const int least = margin + fontMetrics().horizontalAdvance(start) + spacing::normal;
    const int most = width() - margin - fontMetrics().horizontalAdvance(end) - spacing::normal - wide;
    if (most < least)
        return;
    const int middle = (xOf(m_times[row - 1]) + xOf(m_times[row])) / 2;
    painter.setPen(themeColor(ThemeColor::Warning, palette()));
    painter.drawText(QRect(qBound(least, middle - wide / 2, most), line.y(), wide, line.height()), Qt::AlignLeft, text);
}

void FrameTimeline::mousePressEvent(QMouseEvent *event)
{
    const int row = rowAt(event->pos().x());
    if (row >= 0)
        Q_EMIT frameChosen(row);
}

void FrameTimeline::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        mousePressEvent(event);
}

} // namespace diptych
