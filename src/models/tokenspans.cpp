// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tokenspans.h"

#include <QStringDecoder>

#include <algorithm>

namespace diptych {

namespace {

// How far ahead a token is looked for when the text does not continue with it.
constexpr qsizetype searchWindow = 64;

/// Turns tokens into the text they stand for; a character may be spread over the bytes of several tokens.
class TokenText
{
public:
    QString of(const TokenLogprob &token)
    {
        if (token.bytes.isEmpty())
            return token.token;
        return m_decoder.decode(token.bytes);
    }

private:
    QStringDecoder m_decoder {QStringDecoder::Utf8}; // keeps an unfinished character for the next call
};

} // namespace

void TokenSpans::append(qsizetype start, const QString &text, const std::vector<TokenLogprob> &tokens)
{
    TokenText decode;
    std::vector<Span> fresh;
    qsizetype position = 0;
    for (const TokenLogprob &token : tokens) {
        const QString piece = decode.of(token);
        if (!QStringView(text).mid(position).startsWith(piece)) {
            const qsizetype found = QStringView(text).mid(position, searchWindow + piece.size()).indexOf(piece);
            if (found < 0)
                continue;
            position += found;
        }
        fresh.push_back({.start = start + position, .length = piece.size(), .token = token});
        position += piece.size();
    }
    if (fresh.empty())
        return;
    const qsizetype first = fresh.front().start;
    const qsizetype last = fresh.back().end();
    std::erase_if(m_spans, [=](const Span &span) { return span.start < last && span.end() > first; });
    const auto place =
        std::partition_point(m_spans.begin(), m_spans.end(), [first](const Span &span) { return span.end() <= first; });
    m_spans.insert(place, fresh.begin(), fresh.end());
}

void TokenSpans::insert(const Span &span)
{
    std::erase_if(m_spans,
        [&span](const Span &known) { return known == span || (known.start < span.end() && known.end() > span.start); });
    const auto place = std::partition_point(
        m_spans.begin(), m_spans.end(), [&span](const Span &known) { return known.end() <= span.start; });
    m_spans.insert(place, span);
}

void TokenSpans::edited(qsizetype position, qsizetype removed, qsizetype added)
{
    const qsizetype removedEnd = position + removed;
    std::erase_if(m_spans, [=](const Span &span) {
        return removed > 0 ? span.start < removedEnd && span.end() > position
                           : span.start < position && span.end() > position;
    });
    for (Span &span : m_spans) {
        if (span.start >= removedEnd)
            span.start += added - removed;
    }
}

const TokenSpans::Span *TokenSpans::at(qsizetype position) const
{
    const auto found = between(position, position + 1);
    return found.empty() ? nullptr : &found.front();
}

std::span<const TokenSpans::Span> TokenSpans::between(qsizetype start, qsizetype end) const
{
    const auto first =
        std::partition_point(m_spans.begin(), m_spans.end(), [start](const Span &span) { return span.end() <= start; });
    const auto last = std::partition_point(first, m_spans.end(), [end](const Span &span) { return span.start < end; });
    return {first, last};
}

} // namespace diptych
