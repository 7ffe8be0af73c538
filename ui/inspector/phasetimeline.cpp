// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/phasetimeline.h"

#include "models/formatting.h"
#include "theme/theme.h"

#include <QPainter>

#include <array>

namespace diptych {

namespace {

constexpr int barHeight = 8;
constexpr int swatch = 7;
constexpr int typicalWidth = 280;

} // namespace

PhaseTimeline::PhaseTimeline(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    setFont(small);
}

std::vector<PhaseTimeline::Segment> PhaseTimeline::segments(const PhaseTimes &phases)
{
    struct Phase {
        QString name;
        PhaseTimes::Time end;
    };
    const std::array<Phase, 8> all {{{tr("queued"), phases.dequeued}, {tr("DNS"), phases.resolved},
        {tr("connect"), phases.connected}, {tr("TLS"), phases.encrypted}, {tr("sent"), phases.sent},
        {tr("first byte"), phases.firstByte}, {tr("first token"), phases.firstToken}, {tr("rest"), phases.finished}}};
    std::vector<Segment> made;
    std::chrono::microseconds start {0};
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!all[i].end || *all[i].end <= start)
            continue;
        made.push_back({.name = all[i].name, .length = *all[i].end - start, .color = static_cast<int>(i)});
        start = *all[i].end;
    }
    return made;
}

void PhaseTimeline::setPhases(const PhaseTimes &phases)
{
    m_segments = segments(phases);
    QStringList words;
    for (const Segment &segment : m_segments)
        words.append(QString(segment.name + u' ' + formatDuration(segment.length)));
    setAccessibleName(words.isEmpty() ? tr("No times yet") : tr("Times: %1").arg(words.join(QLatin1String(", "))));
    setToolTip(words.join(u'\n'));
    setVisible(!m_segments.empty());
    updateGeometry();
    update();
}

int PhaseTimeline::heightForWidth(int width) const
{
    return barHeight + spacing::tight + layLegend(width, nullptr);
}

QSize PhaseTimeline::sizeHint() const
{
    return {typicalWidth, heightForWidth(qMax(width(), 120))};
}

QSize PhaseTimeline::minimumSizeHint() const
{
    return {120, heightForWidth(qMax(width(), 120))};
}

void PhaseTimeline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBar(painter);
    painter.translate(0, barHeight + spacing::tight);
    layLegend(width(), &painter);
}

void PhaseTimeline::paintBar(QPainter &painter) const
{
    std::chrono::microseconds total {0};
    for (const Segment &segment : m_segments)
        total += segment.length;
    painter.setPen(Qt::NoPen);
    double x = 0;
    for (const Segment &segment : m_segments) {
        const double share = static_cast<double>(segment.length.count()) / static_cast<double>(total.count());
        // Also the shortest phase is seen.
        const double wide = qMax(2.0, share * width());
        painter.setBrush(seriesColor(segment.color, palette()));
        painter.drawRect(QRectF(x, 0, qMin(wide, width() - x), barHeight));
        x += wide;
    }
}

int PhaseTimeline::layLegend(int width, QPainter *painter) const
{
    const QFontMetrics metrics(font());
    const int line = metrics.height() + 1;
    int x = 0;
    int y = 0;
    for (const Segment &segment : m_segments) {
        const QString text = segment.name + u' ' + formatDuration(segment.length);
        const int wide = swatch + spacing::tight + metrics.horizontalAdvance(text);
        if (x > 0 && x + wide > width) {
            x = 0;
            y += line;
        }
        if (painter) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(seriesColor(segment.color, palette()));
            painter->drawEllipse(QRectF(x, y + (metrics.height() - swatch) / 2.0, swatch, swatch));
            painter->setPen(themeColor(ThemeColor::Muted, palette()));
            painter->drawText(x + swatch + spacing::tight, y + metrics.ascent(), text);
        }
        x += wide + spacing::wide;
    }
    return m_segments.empty() ? 0 : y + line;
}

} // namespace diptych
