// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/answertokens.h"

#include <algorithm>

namespace diptych {

namespace {

/// Bytes that the character at `at` takes in UTF-8. Of a pair the first half stands for all four; a half without its
/// other becomes a replacement character.
qsizetype bytesAt(QStringView text, qsizetype at)
{
    const QChar c = text[at];
    if (c.unicode() < 0x80)
        return 1;
    if (c.unicode() < 0x800)
        return 2;
    if (c.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate())
        return 4;
    if (c.isLowSurrogate() && at > 0 && text[at - 1].isHighSurrogate())
        return 0;
    return 3;
}

} // namespace

void AnswerTokens::update(
    const QString &text, qsizetype givenLength, const std::vector<TokenLogprob> &tokens, bool isFinished)
{
    const bool isGrown = text.size() >= m_textSize && tokens.size() >= m_taken && !m_isFinished;
    // At the end everything is placed once more: characters whose bytes came in several pieces are whole now.
    if (!isGrown || (isFinished && !m_isFinished)) {
        m_spans.clear();
        m_end = 0;
        m_taken = 0;
    }
    m_textSize = text.size();
    m_isFinished = isFinished;
    if (tokens.size() == m_taken)
        return;
    m_end = std::max(m_end, givenLength);
    m_spans.append(m_end, text.mid(m_end), {tokens.begin() + static_cast<std::ptrdiff_t>(m_taken), tokens.end()});
    m_taken = tokens.size();
    if (!m_spans.isEmpty())
        m_end = m_spans.spans().back().end();
}

qsizetype byteOffset(QStringView text, qsizetype place)
{
    qsizetype bytes = 0;
    for (qsizetype i = 0; i < std::min(place, text.size()); ++i)
        bytes += bytesAt(text, i);
    return bytes;
}

qsizetype placeOfByte(QStringView text, qsizetype byte)
{
    qsizetype bytes = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const qsizetype size = bytesAt(text, i);
        if (bytes + size > byte)
            return i;
        bytes += size;
    }
    return text.size();
}

} // namespace diptych
