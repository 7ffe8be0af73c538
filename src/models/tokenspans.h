// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"

#include <span>
#include <vector>

namespace diptych {

/// Where the tokens of a generated text stand in a document. Offsets count UTF-16 units, as QString and QTextDocument
/// do. Follows edits: tokens behind an edit move, tokens that an edit touches are forgotten.
class TokenSpans
{
public:
    struct Span {
        qsizetype start = 0;
        qsizetype length = 0; ///< 0: the token ends in the middle of a character that a later token completes
        TokenLogprob token {};
        bool operator==(const Span &) const = default;
        [[nodiscard]] qsizetype end() const { return start + length; }
    };

    void clear() { m_spans.clear(); }
    /// Adds the tokens of `text`, which stands at `start`; takes the place of what was known there. Tokens that do not
    /// occur in the text (a stop sequence that was cut off) are left out.
    void append(qsizetype start, const QString &text, const std::vector<TokenLogprob> &tokens);
    /// Adds one token; takes the place of what was known there.
    void insert(const Span &span);
    /// An edit as reported by QTextDocument::contentsChange.
    void edited(qsizetype position, qsizetype removed, qsizetype added);

    [[nodiscard]] bool isEmpty() const { return m_spans.empty(); }
    /// The token that covers the character at `position`; null when there is none.
    [[nodiscard]] const Span *at(qsizetype position) const;
    /// Those that overlap [start, end), in order.
    [[nodiscard]] std::span<const Span> between(qsizetype start, qsizetype end) const;
    [[nodiscard]] const std::vector<Span> &spans() const { return m_spans; }

private:
    std::vector<Span> m_spans; // sorted, without overlaps
};

} // namespace diptych
