// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/texttokens.h"

#include <algorithm>

namespace diptych {

namespace {

// A line shorter than this may still turn out to be a fence.
constexpr qsizetype fenceRoom = 8;
// So many tokens at the end may still become one: "don", "'", "t".
constexpr qsizetype openTokens = 3;
constexpr qsizetype mostFenceIndent = 3;

quint64 hashOf(QStringView text)
{
    // FNV-1a, a unit at a time, and a last stir for the low bits.
    quint64 hash = 0xcbf29ce484222325;
    for (const QChar c : text)
        hash = (hash ^ c.unicode()) * 0x100000001b3;
    hash ^= hash >> 29;
    hash *= 0xbf58476d1ce4e5b9;
    return hash ^ (hash >> 32);
}

struct CodePoint {
    char32_t value = 0;
    qsizetype length = 1;
};

CodePoint codePointAt(QStringView text, qsizetype at)
{
    const QChar c = text[at];
    if (c.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate())
        return {QChar::surrogateToUcs4(c, text[at + 1]), 2};
    return {c.unicode(), 1};
}

bool isSpace(char32_t c)
{
    return c < 0x80 ? c == ' ' || (c >= 9 && c <= 13) : QChar::isSpace(c);
}

bool isMark(char32_t c)
{
    return c >= 0x300 && QChar::isMark(c);
}

/// Scripts that put no space between words: every character is compared by itself.
bool standsAlone(char32_t c)
{
    if (c < 0xE00)
        return false;
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return true;
    default:
        return false;
    }
}

bool isWordCharacter(char32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    return (QChar::isLetterOrNumber(c) || isMark(c)) && !standsAlone(c);
}

bool isApostrophe(char32_t c)
{
    return c == '\'' || c == 0x2019;
}

/// End of the token that begins at `at`, which is no space.
qsizetype tokenEnd(QStringView text, qsizetype at)
{
    CodePoint point = codePointAt(text, at);
    const bool isWord = isWordCharacter(point.value);
    qsizetype end = at + point.length;
    while (end < text.size()) {
        point = codePointAt(text, end);
        if (isMark(point.value) || (isWord && isWordCharacter(point.value))) {
            end += point.length;
            continue;
        }
        const bool joins = isWord && isApostrophe(point.value) && end + 1 < text.size()
            && isWordCharacter(codePointAt(text, end + 1).value);
        if (!joins)
            break;
        end += point.length;
    }
    return end;
}

struct Fence {
    QChar mark {};
    qsizetype length = 0;
    bool hasInfo = false;
};

/// What a line without its end is as a fence; length 0: none. Source: CommonMark 0.30, section 4.5.
Fence fenceOf(QStringView line)
{
    qsizetype at = 0;
    while (at < line.size() && at <= mostFenceIndent && line[at] == u' ')
        ++at;
    if (at == line.size() || at > mostFenceIndent || (line[at] != u'`' && line[at] != u'~'))
        return {};
    Fence fence {.mark = line[at]};
    for (; at < line.size() && line[at] == fence.mark; ++at)
        ++fence.length;
    const QStringView info = line.mid(at);
    if (fence.length < 3 || (fence.mark == u'`' && info.contains(u'`')))
        return {};
    fence.hasInfo = !info.trimmed().isEmpty();
    return fence;
}

} // namespace

void TextTokens::update(const QString &text, bool isFinished)
{
    const bool isGrown = text.size() >= m_text.size() && QStringView(text).startsWith(m_text) && !m_isFinished;
    if (text.size() == m_text.size() && isFinished == m_isFinished && text == m_text)
        return;
    if (!isGrown) {
        const int revision = m_revision + 1;
        *this = {};
        m_revision = revision;
    }
    m_text = text;
    m_isFinished = isFinished;
    while (!m_tokens.empty() && m_tokens.back().end() > m_resume)
        m_tokens.pop_back();
    scan(m_resume);
    if (m_isFinished)
        m_stable = static_cast<qsizetype>(m_tokens.size());
}

void TextTokens::scan(qsizetype from)
{
    const QStringView all(m_text);
    while (true) {
        const qsizetype lineEnd = all.indexOf(u'\n', from);
        if (lineEnd < 0)
            break;
        scanLine(from, lineEnd);
        from = m_lineStart = m_resume = lineEnd + 1;
    }
    const qsizetype before =
        static_cast<qsizetype>(std::partition_point(m_tokens.begin(), m_tokens.end(), [this](const TextToken &token) {
            return token.end() <= m_lineStart;
        }) - m_tokens.begin());
    const QChar fence = m_fence;
    const qsizetype fenceLength = m_fenceLength;
    scanLine(from, all.size());
    // The line is not complete: whether it opens or closes a fence is decided when it is.
    const bool isCode = !fence.isNull() || m_fence != fence;
    m_fence = fence;
    m_fenceLength = fenceLength;
    m_stable = before;
    const qsizetype count = static_cast<qsizetype>(m_tokens.size());
    if (isCode || all.size() - m_lineStart < fenceRoom || count - before <= openTokens)
        return;
    m_stable = count - openTokens;
    m_resume = m_tokens[static_cast<std::size_t>(m_stable)].start;
}

void TextTokens::scanLine(qsizetype from, qsizetype end)
{
    const QStringView line = QStringView(m_text).mid(m_lineStart, end - m_lineStart);
    const bool isWhole = from == m_lineStart;
    const Fence fence = isWhole ? fenceOf(line) : Fence {};
    if (!m_fence.isNull()) {
        if (fence.mark == m_fence && fence.length >= m_fenceLength && !fence.hasInfo)
            m_fence = {};
    } else if (fence.length > 0) {
        m_fence = fence.mark;
        m_fenceLength = fence.length;
    } else {
        scanProse(from, end);
        return;
    }
    qsizetype last = end;
    while (last > from && isSpace(m_text[last - 1].unicode()))
        --last;
    if (last > from)
        add(from, last, true);
}

void TextTokens::scanProse(qsizetype from, qsizetype end)
{
    const QStringView text = QStringView(m_text).left(end);
    while (from < end) {
        const CodePoint point = codePointAt(text, from);
        if (isSpace(point.value)) {
            from += point.length;
            continue;
        }
        const qsizetype next = tokenEnd(text, from);
        add(from, next, false);
        from = next;
    }
}

void TextTokens::add(qsizetype start, qsizetype end, bool isLine)
{
    const QStringView text = QStringView(m_text).mid(start, end - start);
    m_tokens.push_back({.start = start, .length = end - start, .hash = hashOf(text), .isLine = isLine});
}

} // namespace diptych
