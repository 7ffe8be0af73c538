// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/transcriptpainter.h"

#include "theme/theme.h"
#include "transcript/transcriptformats.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextDocument>

#include <algorithm>

namespace diptych {

namespace {

constexpr qreal radius = 6;
constexpr qreal iconSize = 14;

/// Which blocks share a card: those of one kind, up to the next that begins one.
int cardKind(const QTextBlock &block)
{
    switch (TranscriptFormats::role(block)) {
    case BlockRole::CodeCaption:
    case BlockRole::CodeLine:
        return 1;
    case BlockRole::UserCaption:
    case BlockRole::UserText:
        return 2;
    case BlockRole::Notice:
        return 3;
    case BlockRole::ErrorNotice:
        return 4;
    default:
        return 0;
    }
}

bool beginsCard(const QTextBlock &block)
{
    return TranscriptFormats::role(block) == BlockRole::CodeCaption
        || block.blockFormat().boolProperty(TranscriptFormats::EntryProperty);
}

ThemeColor cardColor(int kind)
{
    constexpr ThemeColor colors[] {
        ThemeColor::Panel, ThemeColor::Code, ThemeColor::AccentSoft, ThemeColor::WarningSoft, ThemeColor::DangerSoft};
    return colors[kind];
}

qreal textRight(const QTextBlock &block)
{
    return block.document()->textWidth() - block.document()->documentMargin();
}

} // namespace

TranscriptPainter::TranscriptPainter(QPainter &painter, const QPalette &palette, const QRectF &visible)
    : m_painter(painter)
    , m_palette(palette)
    , m_visible(visible)
{
}

QRectF TranscriptPainter::blockRect(const QTextBlock &block)
{
    return block.document()->documentLayout()->blockBoundingRect(block);
}

QRectF TranscriptPainter::copyButton(const QTextBlock &caption)
{
    const QRectF rect = blockRect(caption);
    return {textRight(caption) - TranscriptFormats::codePadding - iconSize, rect.center().y() - iconSize / 2, iconSize,
        iconSize};
}

QRectF TranscriptPainter::reasoningHeader(const QTextBlock &header)
{
    QRectF rect = blockRect(header);
    rect.setLeft(header.document()->documentMargin());
    rect.setRight(textRight(header));
    return rect;
}

void TranscriptPainter::paint(const QTextBlock &first, int hoveredCaption, int copiedCaption)
{
    m_hovered = hoveredCaption;
    m_copied = copiedCaption;
    m_painter.setRenderHint(QPainter::Antialiasing);
    paintCards(first);
    for (QTextBlock block = first; block.isValid(); block = block.next()) {
        if (blockRect(block).top() > m_visible.bottom())
            break;
        paintBeside(block);
    }
}

void TranscriptPainter::paintCards(QTextBlock block)
{
    while (block.isValid() && blockRect(block).top() - radius * 2 <= m_visible.bottom()) {
        const int kind = cardKind(block);
        if (kind == 0) {
            block = block.next();
            continue;
        }
        const QTextBlock start = block;
        QRectF rect = blockRect(block);
        if (!beginsCard(block))
            rect.setTop(m_visible.top() - radius * 4); // it began above what is visible
        for (block = block.next(); block.isValid() && cardKind(block) == kind && !beginsCard(block);
             block = block.next()) {
            rect.setBottom(blockRect(block).bottom());
            if (rect.bottom() > m_visible.bottom() + radius * 4) {
                paintCard(rect, start);
                return; // the rest of the card is out of sight
            }
        }
        paintCard(rect, start);
    }
}

void TranscriptPainter::paintCard(const QRectF &rect, const QTextBlock &start)
{
    const int kind = cardKind(start);
    const qreal pad = kind == 1 ? 6 : 7;
    const qreal icon = kind > 2 ? TranscriptFormats::noticeIcon : 0;
    const qreal left =
        start.document()->documentMargin() + start.blockFormat().leftMargin() - TranscriptFormats::codePadding - icon;
    const QRectF card(left, rect.top() - pad, textRight(start) - left, rect.height() + 2 * pad);
    m_painter.setPen(kind == 1 ? QPen(themeColor(ThemeColor::Border, m_palette)) : QPen(Qt::NoPen));
    m_painter.setBrush(themeColor(cardColor(kind), m_palette));
    m_painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    if (kind > 2) {
        const QRectF place(left + 8, blockRect(start).top() + 1, iconSize, iconSize);
        paintIcon(kind == 4 ? QStringLiteral("error") : QStringLiteral("warning"), place, true);
    }
}

void TranscriptPainter::paintBeside(const QTextBlock &block)
{
    const QRectF rect = blockRect(block);
    const BlockRole role = TranscriptFormats::role(block);
    if (block.blockFormat().hasProperty(TranscriptFormats::QuoteDepthProperty))
        paintQuoteBars(block, rect);
    if (role == BlockRole::Rule) {
        const qreal left = block.document()->documentMargin() + block.blockFormat().leftMargin();
        m_painter.fillRect(QRectF(left, std::round(rect.top()), textRight(block) - left, 1),
            themeColor(ThemeColor::Border, m_palette));
    } else if (role == BlockRole::ReasoningHeader || role == BlockRole::ReasoningText) {
        paintReasoning(block, rect);
    } else if (role == BlockRole::CodeCaption) {
        const bool isCopied = m_copied == block.position();
        paintIcon(isCopied ? QStringLiteral("check") : QStringLiteral("copy"), copyButton(block),
            isCopied || m_hovered == block.position());
    }
}

void TranscriptPainter::paintQuoteBars(const QTextBlock &block, const QRectF &rect)
{
    const QTextBlockFormat format = block.blockFormat();
    const int depth = format.intProperty(TranscriptFormats::QuoteDepthProperty);
    const int above = block.previous().blockFormat().intProperty(TranscriptFormats::QuoteDepthProperty);
    const qreal left =
        block.document()->documentMargin() + format.doubleProperty(TranscriptFormats::QuoteIndentProperty);
    for (int i = 0; i < depth; ++i) {
        const qreal top = i < above ? blockRect(block.previous()).bottom() : rect.top();
        m_painter.fillRect(QRectF(left + i * TranscriptFormats::quoteStep, top, 3, rect.bottom() - top),
            themeColor(ThemeColor::Border, m_palette));
    }
}

void TranscriptPainter::paintReasoning(const QTextBlock &block, const QRectF &rect)
{
    const qreal left = block.document()->documentMargin();
    if (TranscriptFormats::role(block) == BlockRole::ReasoningText) {
        m_painter.fillRect(QRectF(left + 6, rect.top(), 2, rect.height()), themeColor(ThemeColor::Border, m_palette));
        return;
    }
    const bool isOpen = TranscriptFormats::role(block.next()) == BlockRole::ReasoningText;
    paintIcon(isOpen ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"),
        QRectF(left, rect.center().y() - iconSize / 2, iconSize, iconSize), true);
}

void TranscriptPainter::paintIcon(const QString &name, const QRectF &rect, bool isActive)
{
    m_painter.setOpacity(isActive ? 1 : 0.55);
    themeIcon(name).paint(&m_painter, rect.toRect());
    m_painter.setOpacity(1);
}

} // namespace diptych
