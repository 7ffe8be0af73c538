// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/answertokens.h"
#include "overlay/overlaystrip.h"
#include "overlay/shownanswers.h"
#include "transcript/transcriptmarks.h"

namespace diptych {

/// How likely the tokens of the answers of a comparison were.
class LogprobLayer
{
public:
    explicit LogprobLayer(const ShownAnswers &answers)
        : m_answers(answers)
    {
    }

    void clear() { m_tokens.clear(); }
    void forget(const AnswerKey &key) { m_tokens.remove(key); }

    /// Brings an answer's tokens up to date.
    const TokenSpans &update(const AnswerKey &key);
    [[nodiscard]] static std::vector<TranscriptMark> marks(const TokenSpans &tokens);
    /// Of the answer's text.
    [[nodiscard]] std::vector<EntropyChart::Bar> entropy(const AnswerKey &key);
    /// "212 tokens · 9 uncertain · 0.41 bit each"; empty when the model gave none.
    [[nodiscard]] QString summary(const AnswerKey &key);
    /// Index of the next uncertain token behind or before a place; -1: none.
    [[nodiscard]] static std::ptrdiff_t nextUncertain(const TokenSpans &tokens, qsizetype from, int direction);

private:
    struct Tokens {
        AnswerTokens tokens {};
        bool isFinal = false;
    };

    const ShownAnswers &m_answers;
    QHash<AnswerKey, Tokens> m_tokens;
};

} // namespace diptych
