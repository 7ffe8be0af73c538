// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/tokenhighlighter.h"

#include "theme/theme.h"

#include <QGuiApplication>
#include <QTextDocument>

#include <cmath>

namespace diptych {

namespace {

/// The less likely, the stronger: nothing at certainty, full at one in a hundred or less.
QColor heatColor(double logprob, const QPalette &palette)
{
    constexpr double coldest = -4.6; // ln 0.01
    const double surprise = qBound(0.0, logprob / coldest, 1.0);
    QColor color = themeColor(surprise < 0.5 ? ThemeColor::Warning : ThemeColor::Danger, palette);
    color.setAlphaF(static_cast<float>(0.08 + 0.42 * surprise));
    return color;
}

} // namespace

TokenHighlighter::TokenHighlighter(
    const std::vector<TextRange> &generated, const TokenSpans &spans, QTextDocument *document)
    : QSyntaxHighlighter(document)
    , m_generated(generated)
    , m_spans(spans)
{
}

void TokenHighlighter::setHeat(bool isOn)
{
    m_heat = isOn;
    rehighlight();
}

void TokenHighlighter::setMarksGenerated(bool marks)
{
    m_marksGenerated = marks;
    rehighlight();
}

void TokenHighlighter::refresh(qsizetype start, qsizetype end)
{
    QTextBlock block = document()->findBlock(static_cast<int>(start));
    while (block.isValid() && block.position() <= end) {
        rehighlightBlock(block);
        block = block.next();
    }
}

void TokenHighlighter::highlightBlock(const QString &text)
{
    const QPalette palette = QGuiApplication::palette();
    const qsizetype first = currentBlock().position();
    const qsizetype last = first + text.size();
    const auto paint = [&](qsizetype start, qsizetype end, const QColor &color) {
        const qsizetype from = qMax(start, first);
        const qsizetype to = qMin(end, last);
        if (from >= to)
            return;
        QTextCharFormat format;
        format.setBackground(color);
        setFormat(static_cast<int>(from - first), static_cast<int>(to - from), format);
    };
    for (const TextRange &range : m_marksGenerated ? m_generated : std::vector<TextRange> {})
        paint(range.start, range.end(), themeColor(ThemeColor::AccentSoft, palette));
    if (!m_heat)
        return;
    for (const TokenSpans::Span &span : m_spans.between(first, last)) {
        if (span.token.logprob)
            paint(span.start, span.end(), heatColor(*span.token.logprob, palette));
    }
}

} // namespace diptych
