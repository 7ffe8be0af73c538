// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/completionedit.h"

#include <QMouseEvent>
#include <QScrollBar>

namespace diptych {

CompletionEdit::CompletionEdit(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(nullptr)
{
    // Before the highlighter connects itself: it has to find the ranges already moved.
    connect(document(), &QTextDocument::contentsChange, this, &CompletionEdit::follow);
    m_highlighter = new TokenHighlighter(m_generated, m_spans, document());
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &CompletionEdit::pointAtCaret);
    viewport()->setMouseTracking(true);
}

CompletionEdit::~CompletionEdit()
{
    // The document is destroyed after the ranges that its highlighter reads.
    delete m_highlighter;
}

int CompletionEdit::insertionPoint() const
{
    const int caret = textCursor().position();
    const QString behind = toPlainText().mid(caret);
    return behind.trimmed().isEmpty() ? document()->characterCount() - 1 : caret;
}

void CompletionEdit::beginGeneration(int position)
{
    setEnds(position, position);
    m_isFirstPiece = true;
}

void CompletionEdit::setEnds(int first, int last)
{
    m_first = QTextCursor(document());
    m_first.setPosition(first);
    m_last = QTextCursor(document());
    m_last.setPosition(last);
    // What a person types at either edge stays the person's own.
    m_last.setKeepPositionOnInsert(true);
}

void CompletionEdit::appendGenerated(const QString &text)
{
    if (text.isEmpty())
        return;
    const bool follows = verticalScrollBar()->value() >= verticalScrollBar()->maximum() - 1;
    QTextCursor cursor(document());
    if (m_isFirstPiece)
        cursor.beginEditBlock();
    else
        cursor.joinPreviousEditBlock();
    m_isFirstPiece = false;
    m_isInserting = true;
    const int start = m_first.position();
    const int before = m_last.position();
    cursor.setPosition(before);
    cursor.insertText(text);
    cursor.endEditBlock();
    m_isInserting = false;
    setEnds(start, cursor.position());
    if (!m_generated.empty() && m_generated.back().start == start && m_generated.back().end() == before)
        m_generated.back().length += cursor.position() - before;
    else
        m_generated.push_back({.start = before, .length = cursor.position() - before});
    m_highlighter->refresh(before, cursor.position());
    if (follows) {
        setTextCursor(cursor);
        ensureCursorVisible();
    }
}

void CompletionEdit::addTokens(qsizetype start, const QString &text, const std::vector<TokenLogprob> &tokens)
{
    if (tokens.empty())
        return;
    m_spans.append(start, text, tokens);
    m_highlighter->refresh(start, start + text.size());
}

void CompletionEdit::removeGenerated()
{
    QTextCursor cursor(document());
    if (m_isFirstPiece)
        cursor.beginEditBlock();
    else
        cursor.joinPreviousEditBlock();
    const int start = m_first.position();
    cursor.setPosition(start);
    cursor.setPosition(m_last.position(), QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    cursor.endEditBlock();
    setEnds(start, start);
}

void CompletionEdit::truncateGenerated(int position)
{
    for (const TextRange &range : m_generated) {
        if (position < range.start || position >= range.end())
            continue;
        QTextCursor cursor(document());
        cursor.setPosition(position);
        cursor.setPosition(static_cast<int>(range.end()), QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        setTextCursor(cursor);
        return;
    }
}

void CompletionEdit::setHeat(bool isOn)
{
    m_highlighter->setHeat(isOn);
}

void CompletionEdit::follow(int position, int removed, int added)
{
    m_spans.edited(position, removed, added);
    const qsizetype removedEnd = position + removed;
    for (TextRange &range : m_generated) {
        const qsizetype lost =
            qMax<qsizetype>(0, qMin(range.end(), removedEnd) - qMax<qsizetype>(range.start, position));
        // Typing inside the model's text is taken as part of it; at its edges it is the person's own.
        const bool isInside = position > range.start && position < range.end();
        range.length += (isInside ? added : 0) - lost;
        if (!isInside && position <= range.start)
            range.start = removedEnd <= range.start ? range.start + added - removed : position + added;
    }
    std::erase_if(m_generated, [](const TextRange &range) { return range.length <= 0; });
    m_pointed = -1;
}

void CompletionEdit::point(qsizetype position)
{
    const TokenSpans::Span *span = position >= 0 ? m_spans.at(position) : nullptr;
    const qsizetype start = span ? span->start : -1;
    if (start == m_pointed)
        return;
    m_pointed = start;
    Q_EMIT tokenPointed(span);
}

void CompletionEdit::pointAtCaret()
{
    if (!m_isInserting)
        point(textCursor().position());
}

void CompletionEdit::mouseMoveEvent(QMouseEvent *event)
{
    QPlainTextEdit::mouseMoveEvent(event);
    const QTextCursor under = cursorForPosition(event->position().toPoint());
    // The cursor stands between two characters; the mouse is over the one that it hit.
    const bool isBefore = cursorRect(under).left() > event->position().x();
    point(under.position() - (isBefore ? 1 : 0));
}

void CompletionEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter)
        m_highlighter->rehighlight();
}

} // namespace diptych
