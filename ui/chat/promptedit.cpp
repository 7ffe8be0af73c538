// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/promptedit.h"

#include <QKeyEvent>
#include <QMimeData>

namespace diptych {

namespace {

QList<QUrl> localFiles(const QMimeData &data)
{
    QList<QUrl> files = data.urls();
    files.removeIf([](const QUrl &url) { return !url.isLocalFile(); });
    return files;
}

/// Office programs give a picture of the text that was copied as well; the text is meant.
bool isPicture(const QMimeData &data)
{
    return data.hasImage() && !data.hasText();
}

} // namespace

PromptEdit::PromptEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    connect(this, &QPlainTextEdit::textChanged, this, &PromptEdit::fitHeight);
    fitHeight();
}

void PromptEdit::setLines(int fewest, int most)
{
    m_fewestLines = fewest;
    m_mostLines = most;
    fitHeight();
}

void PromptEdit::setSending(bool isSending)
{
    m_isSending = isSending;
}

void PromptEdit::setStoppable(bool isStoppable)
{
    m_isStoppable = isStoppable;
}

void PromptEdit::insertAtCursor(const QString &text)
{
    // A step of its own: it would be joined with what was typed before.
    QTextCursor cursor = textCursor();
    cursor.beginEditBlock();
    cursor.insertText(text);
    cursor.endEditBlock();
    setTextCursor(cursor);
}

void PromptEdit::replaceText(const QString &text)
{
    QTextCursor cursor = textCursor();
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    setTextCursor(cursor);
}

void PromptEdit::fitHeight()
{
    const int line = fontMetrics().lineSpacing();
    const int needed = static_cast<int>(document()->size().height());
    const int lines = qBound(m_fewestLines, needed, m_mostLines);
    setVerticalScrollBarPolicy(needed > m_mostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const int margins = qRound(2 * document()->documentMargin()) + 2 * frameWidth();
    setFixedHeight(lines * line + margins);
}

bool PromptEdit::hasLine(QTextCursor::MoveOperation direction) const
{
    return textCursor().movePosition(direction);
}

void PromptEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_isSending && !event->modifiers().testFlag(Qt::ShiftModifier)) {
        Q_EMIT sendRequested();
        return;
    }
    if (event->key() == Qt::Key_Escape && m_isStoppable) {
        Q_EMIT stopRequested();
        return;
    }
    const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (isPlain && event->key() == Qt::Key_Up && !hasLine(QTextCursor::Up)) {
        Q_EMIT upPressed(textCursor().atStart());
        return;
    }
    if (isPlain && event->key() == Qt::Key_Down && !hasLine(QTextCursor::Down)) {
        Q_EMIT downPressed();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

bool PromptEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return !localFiles(*source).isEmpty() || isPicture(*source) || QPlainTextEdit::canInsertFromMimeData(source);
}

void PromptEdit::insertFromMimeData(const QMimeData *source)
{
    const QList<QUrl> files = localFiles(*source);
    if (!files.isEmpty())
        Q_EMIT filesOffered(files);
    else if (isPicture(*source))
        Q_EMIT pictureOffered(qvariant_cast<QImage>(source->imageData()));
    else
        QPlainTextEdit::insertFromMimeData(source);
}

void PromptEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight(); // other widths, other lines
}

void PromptEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitHeight();
}

} // namespace diptych
