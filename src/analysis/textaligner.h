// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/sequencematch.h"
#include "analysis/texttokens.h"

namespace diptych {

/// A stretch that differs: base[baseStart … +baseLength) stands in the place of other[start … +length). Either may be
/// empty. Offsets are UTF-16 units. What is between two of them is the same in both texts, character by character.
struct TextHunk {
    qsizetype baseStart = 0;
    qsizetype baseLength = 0;
    qsizetype start = 0;
    qsizetype length = 0;
    bool isSpace = false; ///< only white space differs
    [[nodiscard]] qsizetype baseEnd() const { return baseStart + baseLength; }
    [[nodiscard]] qsizetype end() const { return start + length; }
    bool operator==(const TextHunk &) const = default;
};

/// How another text differs from a base text, while both grow. It works along both texts a window of tokens at a time:
/// what lies before the last run that a full window agreed on is settled and never compared again. So a step costs the
/// same however long the texts are, and the result does not depend on how they were cut on their way. Texts that agree
/// on nothing over a whole window count as replaced there.
class TextAligner
{
public:
    /// Brings the result up to date. The same two texts every time: each may only have grown, or, with another
    /// revision, have been replaced.
    void update(const TextTokens &base, const TextTokens &other);

    /// In order. While a text still grows, the last one reaches to the ends of what there is so far.
    [[nodiscard]] const std::vector<TextHunk> &hunks() const { return m_hunks; }
    /// Hunks from the beginning that no further text can change.
    [[nodiscard]] std::size_t settledCount() const { return m_settledHunks; }
    /// Tokens that were compared since the beginning: the work done, for the tests.
    [[nodiscard]] qint64 comparedTokens() const { return m_compared; }

    static constexpr qsizetype window = 1024; ///< tokens of each text

private:
    /// Where both texts agreed last, as offsets past it.
    struct Point {
        qsizetype base = 0;
        qsizetype other = 0;
    };
    struct Slot {
        quint64 hash = 0;
        QStringView text {};
        int id = -1; ///< -1: free
    };

    bool settleWindow(const TextTokens &base, const TextTokens &other);
    void takeRest(const TextTokens &base, const TextTokens &other, Point point);
    [[nodiscard]] std::vector<MatchRun> match(
        const TextTokens &base, const TextTokens &other, qsizetype baseCount, qsizetype otherCount);
    void number(const TextTokens &text, qsizetype from, qsizetype count, std::vector<int> &ids);
    void take(const TextTokens &base, const TextTokens &other, const MatchRun &run, Point &point);
    void addGap(const TextTokens &base, const TextTokens &other, const Point &from, const Point &to);

    std::vector<TextHunk> m_hunks;
    std::size_t m_settledHunks = 0;
    Point m_point; ///< settled up to here
    qsizetype m_base = 0; ///< first token that is not settled
    qsizetype m_other = 0;
    bool m_isDone = false;
    int m_baseRevision = 0;
    int m_otherRevision = 0;
    qint64 m_compared = 0;
    std::vector<Slot> m_slots; ///< of the table that numbers tokens; kept for its memory
    int m_ids = 0;
};

/// The same for two texts that are complete.
[[nodiscard]] std::vector<TextHunk> alignTexts(const QString &base, const QString &other);

} // namespace diptych
