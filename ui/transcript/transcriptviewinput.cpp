// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse, keyboard, menu and clipboard of TranscriptView.
#include "transcript/transcriptview.h"

#include "transcript/transcriptpainter.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTextTable>

#include <algorithm>

namespace diptych {

namespace {

/// The caption of the code that a block belongs to; invalid if it is no code.
QTextBlock codeCaption(QTextBlock block)
{
    while (block.isValid() && TranscriptFormats::role(block) == BlockRole::CodeLine)
        block = block.previous();
    return TranscriptFormats::role(block) == BlockRole::CodeCaption ? block : QTextBlock();
}

/// What stands between the text of a block and that of the one before.
QString separator(const QTextBlock &block)
{
    if (block.blockFormat().boolProperty(TranscriptFormats::CodeContinuesProperty))
        return {};
    QTextCursor cursor(block);
    const QTextTable *table = cursor.currentTable();
    const bool isInRow = table && table->cellAt(block.position()).column() > 0;
    return isInRow ? QStringLiteral("\t") : QStringLiteral("\n");
}

} // namespace

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

QString TranscriptView::codeAt(int position) const
{
    const QTextBlock caption = codeCaption(document()->findBlock(position));
    QString text;
    if (!caption.isValid())
        return text;
    for (QTextBlock line = caption.next(); TranscriptFormats::role(line) == BlockRole::CodeLine; line = line.next()) {
        if (line != caption.next())
            text += separator(line);
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
    const QTextCursor cursor = textCursor();
    QString text;
    for (QTextBlock block = document()->findBlock(cursor.selectionStart());
         block.isValid() && block.position() < cursor.selectionEnd(); block = block.next()) {
        const BlockRole role = TranscriptFormats::role(block);
        if (role == BlockRole::CodeCaption || role == BlockRole::Spacer || role == BlockRole::ReasoningHeader)
            continue;
        const int from = std::max(0, cursor.selectionStart() - block.position());
        const int to = std::min(int(block.text().size()), cursor.selectionEnd() - block.position());
        if (!text.isEmpty())
            text += separator(block);
        text += block.text().mid(from, to - from).replace(QChar::LineSeparator, u'\n');
    }
    auto *mimeData = new QMimeData; // owned by the caller
    mimeData->setText(text);
    return mimeData;
}

void TranscriptView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPoint point = isByKey ? cursorRect().center() : event->pos();
    QMenu *menu = createStandardContextMenu(point);
    menu->setObjectName(QStringLiteral("transcriptMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addOwnActions(*menu, isByKey ? textCursor().position() : cursorForPosition(point).position());
    menu->popup(isByKey ? viewport()->mapToGlobal(point) : event->globalPos());
}

void TranscriptView::addOwnActions(QMenu &menu, int position)
{
    menu.addSeparator();
    const TranscriptBlock *block = m_transcript.blockAt(position);
    QAction *asMarkdown = menu.addAction(tr("Copy as Markdown"));
    asMarkdown->setEnabled(block != nullptr);
    const QString markdown = block ? block->markdown : QString();
    connect(asMarkdown, &QAction::triggered, this, [markdown] { QApplication::clipboard()->setText(markdown); });
    const QTextBlock caption = codeCaption(document()->findBlock(position));
    QAction *code = menu.addAction(tr("Copy Code Block"));
    code->setEnabled(caption.isValid());
    const int captionPosition = caption.isValid() ? caption.position() : -1;
    connect(
        code, &QAction::triggered, this, [this, captionPosition] { copyCode(document()->findBlock(captionPosition)); });
    if (block && !block->reasoning.isEmpty()) {
        const int header = m_transcript.reasoningAt(position);
        connect(menu.addAction(tr("Fold or Unfold Reasoning")), &QAction::triggered, this,
            [this, header] { toggleReasoning(header); });
    }
}

} // namespace diptych
