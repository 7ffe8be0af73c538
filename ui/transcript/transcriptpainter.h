// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>
#include <QRectF>
#include <QTextBlock>

class QPainter;

namespace diptych {

/// Paints what lies behind and beside the text of a transcript: cards, bars, rules, chevrons and copy buttons.
/// Coordinates are the document's.
class TranscriptPainter
{
public:
    TranscriptPainter(QPainter &painter, const QPalette &palette, const QRectF &visible);

    /// From the first visible block on.
    void paint(const QTextBlock &first, int hoveredCaption, int copiedCaption);

    /// Where the copy button of a code caption is.
    [[nodiscard]] static QRectF copyButton(const QTextBlock &caption);
    /// Where a click folds or unfolds.
    [[nodiscard]] static QRectF reasoningHeader(const QTextBlock &header);
    [[nodiscard]] static QRectF blockRect(const QTextBlock &block);

private:
    void paintCards(QTextBlock block);
    void paintCard(const QRectF &rect, const QTextBlock &start);
    void paintBeside(const QTextBlock &block);
    void paintQuoteBars(const QTextBlock &block, const QRectF &rect);
    void paintReasoning(const QTextBlock &block, const QRectF &rect);
    void paintIcon(const QString &name, const QRectF &rect, bool isActive);

    QPainter &m_painter;
    QPalette m_palette;
    QRectF m_visible;
    int m_hovered = -1;
    int m_copied = -1;
};

} // namespace diptych
