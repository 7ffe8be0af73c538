// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/completionedit.h"

#include "models/completionsamples.h"
#include "models/tokenprobability.h"

#include <QMouseEvent>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>

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
    // Nobody is told of what goes on here: who listens may be half gone.
    const QSignalBlocker blocker(this);
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
    m_shownLength = 0;
    m_tokensLength = 0;
    m_tokenCount = 0;
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
    if (start >= 0) {
        m_spans.append(start, text, tokens);
        m_highlighter->refresh(start, start + text.size());
        return;
    }
    // What comes before the text, such as a prompt that is not shown here, has no place.
    TokenSpans placed;
    placed.append(start, text, tokens);
    for (const TokenSpans::Span &span : placed.spans()) {
        if (span.start >= 0)
            m_spans.insert(span);
    }
    m_highlighter->refresh(0, start + text.size());
}

void CompletionEdit::showChoice(const CompletionRequest &request, const CompletionChoice &choice, bool isFinal)
{
    const qsizetype echoed = echoedLength(request, choice.text);
    const QString visible = choice.text.mid(echoed);
    appendGenerated(visible.mid(m_shownLength));
    m_shownLength = qMax(m_shownLength, visible.size());
    if (isFinal) {
        m_tokensLength = 0;
        m_tokenCount = 0;
    }
    if (m_tokenCount >= choice.logprobs.size())
        return;
    const bool isEcho = request.echo.value_or(false) && echoed > 0;
    const qsizetype start = generationStart() - (isEcho ? request.prompt.size() : 0);
    const auto fresh = choice.logprobs.begin() + static_cast<std::ptrdiff_t>(m_tokenCount);
    addTokens(start + m_tokensLength, choice.text.mid(m_tokensLength), {fresh, choice.logprobs.end()});
    m_tokensLength = choice.text.size();
    m_tokenCount = choice.logprobs.size();
    Q_EMIT spansChanged();
}

void CompletionEdit::replaceText(const QString &text)
{
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    cursor.endEditBlock();
    moveCursor(QTextCursor::End);
}

void CompletionEdit::restart(const QString &before, const QString &behind)
{
    replaceText(before + behind);
    beginGeneration(static_cast<int>(before.size()));
    m_isFirstPiece = false;
}

void CompletionEdit::setGenerated(std::vector<TextRange> ranges)
{
    m_generated = std::move(ranges);
    m_highlighter->rehighlight();
}

void CompletionEdit::removeGenerated()
{
    const int start = m_first.position();
    if (m_last.position() > start) {
        QTextCursor cursor(document());
        if (m_isFirstPiece)
            cursor.beginEditBlock();
        else
            cursor.joinPreviousEditBlock();
        m_isFirstPiece = false; // what follows belongs to the same step
        cursor.setPosition(start);
        cursor.setPosition(m_last.position(), QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        cursor.endEditBlock();
    }
    setEnds(start, start);
    m_shownLength = 0;
    m_tokensLength = 0;
    m_tokenCount = 0;
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

void CompletionEdit::setMarksGenerated(bool marks)
{
    m_highlighter->setMarksGenerated(marks);
}

bool CompletionEdit::goToUncertain(bool backwards)
{
    const std::vector<TokenSpans::Span> &spans = m_spans.spans();
    const qsizetype caret = textCursor().position();
    const auto isWanted = [&](const TokenSpans::Span &span) {
        return span.length > 0 && (backwards ? span.start < caret : span.start > caret) && isUncertain(span.token);
    };
    qsizetype target = -1;
    if (backwards) {
        const auto found = std::find_if(spans.rbegin(), spans.rend(), isWanted);
        target = found == spans.rend() ? -1 : found->start;
    } else {
        const auto found = std::find_if(spans.begin(), spans.end(), isWanted);
        target = found == spans.end() ? -1 : found->start;
    }
    if (target < 0)
        return false;
    QTextCursor cursor = textCursor();
    cursor.setPosition(static_cast<int>(target));
    setTextCursor(cursor);
    ensureCursorVisible();
    return true;
}

void CompletionEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isPlain = isReadOnly() && event->modifiers() == Qt::NoModifier;
    if (event->key() == Qt::Key_F8 || (isPlain && (event->key() == Qt::Key_N || event->key() == Qt::Key_P))) {
        goToUncertain(event->key() == Qt::Key_P || event->modifiers().testFlag(Qt::ShiftModifier));
        return;
    }
    if (event->key() == Qt::Key_Down && event->modifiers() == Qt::AltModifier) {
        Q_EMIT alternativesRequested();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
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
    if (!m_isInserting)
        Q_EMIT spansChanged();
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
