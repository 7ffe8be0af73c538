// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/thinksplitter.h"

#include <algorithm>

namespace diptych::openai {

namespace {

constexpr QStringView openTag = u"<think>";
constexpr QStringView closeTag = u"</think>";

/// Length of the longest end of `text` that is a beginning of `tag`.
qsizetype heldLength(QStringView text, QStringView tag)
{
    for (qsizetype length = std::min(text.size(), tag.size() - 1); length > 0; --length) {
        if (tag.startsWith(text.last(length)))
            return length;
    }
    return 0;
}

qsizetype leadingSpace(QStringView text)
{
    qsizetype length = 0;
    while (length < text.size() && text[length].isSpace())
        ++length;
    return length;
}

} // namespace

void ThinkSplitter::feed(const QString &piece, QString &text, QString &reasoning)
{
    if (m_state == State::Answering) {
        if (text.isEmpty())
            text = piece;
        else
            text += piece;
        return;
    }
    m_held += piece;
    switch (m_state) {
    case State::Start:
        return decideStart(text, reasoning);
    case State::Opened:
    case State::Thinking:
        return takeReasoning(text, reasoning);
    case State::Between:
        return skipGap(text);
    case State::Answering:
        return;
    }
}

void ThinkSplitter::finish(QString &text, QString &reasoning)
{
    if (m_state == State::Thinking || m_state == State::Opened)
        reasoning += m_held;
    else if (m_state == State::Start)
        text += m_held;
    m_held.clear();
    m_state = State::Answering;
}

void ThinkSplitter::decideStart(QString &text, QString &reasoning)
{
    const qsizetype space = leadingSpace(m_held);
    const QStringView rest = QStringView(m_held).mid(space);
    if (rest.startsWith(openTag)) {
        m_held.remove(0, space + openTag.size());
        m_state = State::Opened;
        takeReasoning(text, reasoning);
    } else if (!openTag.startsWith(rest)) {
        text += m_held;
        m_held.clear();
        m_state = State::Answering;
    }
}

void ThinkSplitter::takeReasoning(QString &text, QString &reasoning)
{
    // The line break after the tag is not a thought.
    if (m_state == State::Opened) {
        m_held.remove(0, leadingSpace(m_held));
        if (m_held.isEmpty())
            return;
        m_state = State::Thinking;
    }
    const qsizetype end = m_held.indexOf(closeTag);
    if (end < 0) {
        const qsizetype ready = m_held.size() - heldLength(m_held, closeTag);
        reasoning += QStringView(m_held).first(ready);
        m_held.remove(0, ready);
        return;
    }
    reasoning += QStringView(m_held).first(end);
    m_held.remove(0, end + closeTag.size());
    m_state = State::Between;
    skipGap(text);
}

// The blank line between the thoughts and the answer belongs to neither.
void ThinkSplitter::skipGap(QString &text)
{
    m_held.remove(0, leadingSpace(m_held));
    if (m_held.isEmpty())
        return;
    text += m_held;
    m_held.clear();
    m_state = State::Answering;
}

} // namespace diptych::openai
