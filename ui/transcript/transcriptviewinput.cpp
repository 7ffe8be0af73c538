// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse, keyboard, menu and clipboard of TranscriptView.
#include "transcript/transcriptview.h"

#include "transcript/transcriptactions.h"
#include "transcript/transcriptpainter.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>

namespace diptych {

QTextBlock TranscriptView::copyTarget(const QPoint &position) const
{
    const QPointF point = QPointF(position) + QPointF(0, verticalScrollBar()->value());
    const QTextBlock block = blockAtY(point.y());
    const bool isHit = TranscriptFormats::role(block) == BlockRole::CodeCaption
        && TranscriptPainter::copyButton(block).adjusted(-6, -6, 6, 6).contains(point);
    return isHit ? block : QTextBlock();
}

QTextBlock TranscriptView::reasoningTarget(const QPoint &position) const
{
    const QPointF point = QPointF(position) + QPointF(0, verticalScrollBar()->value());
    const QTextBlock block = blockAtY(point.y());
    const bool isHit = TranscriptFormats::role(block) == BlockRole::ReasoningHeader
        && TranscriptPainter::reasoningHeader(block).contains(point);
    return isHit ? block : QTextBlock();
}

void TranscriptView::mousePressEvent(QMouseEvent *event)
{
    const bool isLeft = event->button() == Qt::LeftButton;
    const QTextBlock caption = isLeft ? copyTarget(event->pos()) : QTextBlock();
    const QTextBlock reasoning = isLeft ? reasoningTarget(event->pos()) : QTextBlock();
    if (caption.isValid())
        copyCode(caption);
    else if (reasoning.isValid())
        toggleReasoning(reasoning.position());
    else
        QTextBrowser::mousePressEvent(event);
}

void TranscriptView::mouseMoveEvent(QMouseEvent *event)
{
    QTextBrowser::mouseMoveEvent(event);
    const QTextBlock caption = copyTarget(event->pos());
    const int hovered = caption.isValid() ? caption.position() : -1;
    if (caption.isValid() || reasoningTarget(event->pos()).isValid())
        viewport()->setCursor(Qt::PointingHandCursor);
    else if (anchorAt(event->pos()).isEmpty())
        viewport()->setCursor(Qt::IBeamCursor);
    if (hovered != m_hoveredCaption) {
        m_hoveredCaption = hovered;
        viewport()->update();
    }
}

void TranscriptView::mouseReleaseEvent(QMouseEvent *event)
{
    QTextBrowser::mouseReleaseEvent(event);
    // Who marks text wants to do something with it, and not see it go.
    if (event->button() == Qt::LeftButton && textCursor().hasSelection())
        m_follow->setFollowing(false);
}

QString TranscriptView::codeAt(int position) const
{
    const QTextBlock caption = TranscriptActions::codeCaption(document()->findBlock(position));
    QString text;
    if (!caption.isValid())
        return text;
    for (QTextBlock line = caption.next(); TranscriptFormats::role(line) == BlockRole::CodeLine; line = line.next()) {
        const bool goesOn = line.blockFormat().boolProperty(TranscriptFormats::CodeContinuesProperty);
        if (line != caption.next() && !goesOn)
            text += u'\n';
        text += line.text();
    }
    return text;
}

void TranscriptView::copyCode(const QTextBlock &caption)
{
    const QString text = codeAt(caption.position());
    QApplication::clipboard()->setText(text);
    m_copiedCaption = caption.position();
    viewport()->update();
    Q_EMIT codeCopied(text);
}

QString TranscriptView::selectedMarkdown() const
{
    const TranscriptBlock *block = m_transcript.blockAt(textCursor().selectionStart());
    return block ? block->markdown : QString();
}

QMimeData *TranscriptView::createMimeDataFromSelection() const
{
    return m_actions->selectionMimeData();
}

void TranscriptView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPoint point = isByKey ? cursorRect().center() : event->pos();
    QMenu *menu = createStandardContextMenu(point);
    menu->setObjectName(QStringLiteral("transcriptMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const int position = isByKey ? textCursor().position() : cursorForPosition(point).position();
    addOwnActions(*menu, position);
    if (const TranscriptBlock *block = m_transcript.blockAt(position))
        Q_EMIT menuAboutToShow(menu, block->turn, block->speaker == Speaker::User);
    menu->popup(isByKey ? viewport()->mapToGlobal(point) : event->globalPos());
}

void TranscriptView::addOwnActions(QMenu &menu, int position)
{
    m_actions->addTo(menu, position);
    const TranscriptBlock *block = m_transcript.blockAt(position);
    if (block && !block->reasoning.isEmpty()) {
        const int header = m_transcript.reasoningAt(position);
        menu.addSeparator();
        connect(menu.addAction(tr("Fold or unfold reasoning")), &QAction::triggered, this,
            [this, header] { toggleReasoning(header); });
    }
}

} // namespace diptych
