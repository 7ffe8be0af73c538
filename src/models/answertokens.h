// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tokenspans.h"

namespace diptych {

/// The tokens of an answer and where they stand in its text, while both arrive.
class AnswerTokens
{
public:
    /// Takes the text and the tokens so far. The tokens are those of the text behind `givenLength`, which the model did
    /// not write itself. Only what is new is looked at, until the answer is finished.
    void update(const QString &text, qsizetype givenLength, const std::vector<TokenLogprob> &tokens, bool isFinished);

    [[nodiscard]] const TokenSpans &spans() const { return m_spans; }

private:
    TokenSpans m_spans;
    qsizetype m_end = 0; ///< of what the tokens taken so far cover
    qsizetype m_textSize = 0;
    std::size_t m_taken = 0;
    bool m_isFinished = false;
};

/// UTF-8 bytes before a place in a text; a place is a number of UTF-16 units. By bytes, places in the answers of models
/// with different tokens can be told to be the same.
[[nodiscard]] qsizetype byteOffset(QStringView text, qsizetype place);
/// The place of the character that a byte belongs to; past the end: the end.
[[nodiscard]] qsizetype placeOfByte(QStringView text, qsizetype byte);

} // namespace diptych
