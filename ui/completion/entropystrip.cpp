// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/entropystrip.h"

#include "models/formatting.h"
#include "models/tokenprobability.h"
#include "theme/theme.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace diptych {

namespace {

constexpr int stripHeight = 18;
constexpr double leastScale = 4; // bits: a strip of near-certain tokens stays low
constexpr double widestBar = 10;

QString hintOf(const TokenLogprob &token)
{
    QStringList parts {EntropyStrip::tr("Token %1").arg(visibleToken(token.token))};
    if (const auto surprise = surpriseBits(token))
        parts.append(EntropyStrip::tr("surprise %1 bits").arg(QLocale().toString(*surprise, 'f', 2)));
    if (const auto entropy = entropyBits(token))
        parts.append(EntropyStrip::tr("entropy at least %1 bits").arg(QLocale().toString(*entropy, 'f', 2)));
    return parts.join(QStringLiteral(" · "));
}

} // namespace

EntropyStrip::EntropyStrip(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Entropy of the tokens"));
    hide();
}

QSize EntropyStrip::sizeHint() const
{
    return {160, stripHeight};
}

QSize EntropyStrip::minimumSizeHint() const
{
    return {40, stripHeight};
}

void EntropyStrip::setOn(bool isOn)
{
    m_isOn = isOn;
    showState();
}

void EntropyStrip::setSpans(const std::vector<TokenSpans::Span> &spans)
{
    m_bars.clear();
    double sum = 0;
    for (const TokenSpans::Span &span : spans) {
        const std::optional<double> entropy = entropyBits(span.token);
        const std::optional<double> bits = entropy ? entropy : surpriseBits(span.token);
        if (!bits)
            continue;
        m_bars.push_back({.start = span.start, .bits = *bits, .hint = hintOf(span.token)});
        sum += *bits;
    }
    if (!m_bars.empty())
        setAccessibleDescription(tr("%n token(s), %1 bits on average", nullptr, static_cast<int>(m_bars.size()))
                                     .arg(QLocale().toString(sum / static_cast<double>(m_bars.size()), 'f', 2)));
    showState();
    update();
}

void EntropyStrip::setCurrent(qsizetype position)
{
    const auto after = std::partition_point(
        m_bars.begin(), m_bars.end(), [position](const Bar &bar) { return bar.start <= position; });
    const qsizetype current = after == m_bars.begin() ? -1 : std::prev(after)->start;
    if (current == m_current)
        return;
    m_current = current;
    update();
}

void EntropyStrip::showState()
{
    setVisible(m_isOn && !m_bars.empty());
}

int EntropyStrip::barAt(int x) const
{
    if (m_bars.empty() || x < 0 || x >= width())
        return -1;
    const double wide = std::min(widestBar, static_cast<double>(width()) / static_cast<double>(m_bars.size()));
    const int bar = static_cast<int>(x / wide);
    return bar < static_cast<int>(m_bars.size()) ? bar : -1;
}

void EntropyStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ThemeColor::Code, palette()));
    if (m_bars.empty())
        return;
    double scale = leastScale;
    for (const Bar &bar : m_bars)
        scale = std::max(scale, bar.bits);
    const double wide = std::min(widestBar, static_cast<double>(width()) / static_cast<double>(m_bars.size()));
    const double gap = wide > 3 ? 1 : 0;
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        const double high = std::max(1.0, m_bars[i].bits / scale * height());
        const QRectF area(static_cast<double>(i) * wide, height() - high, std::max(wide - gap, 1.0), high);
        const bool isCurrent = m_bars[i].start == m_current;
        QColor color = isCurrent ? themeColor(ThemeColor::Accent, palette())
                                 : themeColor(m_bars[i].bits < 1 ? ThemeColor::Warning : ThemeColor::Danger, palette());
        color.setAlphaF(isCurrent ? 1.0F : 0.65F);
        painter.fillRect(area, color);
    }
}

void EntropyStrip::mousePressEvent(QMouseEvent *event)
{
    if (const int bar = barAt(static_cast<int>(event->position().x())); bar >= 0)
        Q_EMIT positionChosen(static_cast<int>(m_bars[static_cast<std::size_t>(bar)].start));
}

bool EntropyStrip::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int bar = barAt(help->pos().x());
    if (bar < 0)
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), m_bars[static_cast<std::size_t>(bar)].hint.toHtmlEscaped(), this);
    return true;
}

} // namespace diptych
