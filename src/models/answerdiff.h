// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/textaligner.h"

#include <QString>

#include <vector>

namespace diptych {

/// A place where an answer differs from the baseline's. Offsets count UTF-16 units of the answers' texts.
struct AnswerChange {
    enum class Kind {
        Added, ///< the baseline has nothing like it
        Removed, ///< only the baseline has it: `length` is 0
        Changed,
        Space, ///< only white space differs; not counted
    };
    /// A stretch of the answer inside a change.
    struct Part {
        qsizetype start = 0;
        qsizetype length = 0;
        bool operator==(const Part &) const = default;
    };
    Kind kind = Kind::Changed;
    qsizetype start = 0;
    qsizetype length = 0;
    qsizetype baseStart = 0;
    qsizetype baseLength = 0;
    QString pointer {}; ///< of JSON: what was compared; RFC 6901
    std::vector<Part> parts {}; ///< of lines of code: what differs in them; empty: all of it
    bool operator==(const AnswerChange &) const = default;
};

/// What the comparison of two answers says, without their texts.
struct AnswerComparison {
    std::vector<AnswerChange> changes {}; ///< in the order of the answer
    double same = 0; ///< share of both texts (of JSON: of the values) that is the same, 0–1
    int count = 0; ///< of the changes, without Space
    bool isJson = false; ///< compared by pointer
    bool operator==(const AnswerComparison &) const = default;
};

/// Compares an answer with the baseline's answer to the same turn while both may still stream: words in prose, lines in
/// code fences, values by pointer where both are JSON. What one text has not reached yet counts neither as added nor as
/// removed.
class AnswerDiff
{
public:
    /// Takes both texts so far. Cheap when they only grew or did not change.
    void update(const QString &base, bool isBaseFinished, const QString &answer, bool isFinished);

    [[nodiscard]] const AnswerComparison &result() const { return m_result; }

private:
    bool updateJson();
    void updateText();
    [[nodiscard]] AnswerChange changeFrom(const TextHunk &hunk) const;
    [[nodiscard]] std::vector<AnswerChange::Part> lineParts(const TextHunk &hunk) const;
    [[nodiscard]] bool isCode(const TextHunk &hunk) const;
    void cutOpenEnd(std::vector<AnswerChange> &changes, qsizetype &baseEnd, qsizetype &end) const;

    TextTokens m_base;
    TextTokens m_answer;
    TextAligner m_aligner;
    std::vector<AnswerChange> m_settled; ///< of the aligner's settled hunks
    AnswerComparison m_result;
};

} // namespace diptych
