// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/answerdiff.h"
#include "overlay/shownanswers.h"
#include "transcript/transcriptmarks.h"

#include <memory>

namespace diptych {

/// What the answers of a comparison differ in from those of the baseline pane.
class DiffLayer
{
public:
    explicit DiffLayer(const ShownAnswers &answers)
        : m_answers(answers)
    {
    }

    void setBaseline(const QString &paneId);
    [[nodiscard]] const QString &baseline() const { return m_baseline; }
    void clear() { m_comparisons.clear(); }
    /// The answer begins anew, and what was compared with it.
    void forget(const AnswerKey &key);

    /// Brings an answer's comparison up to date; null for the baseline itself, and where there is nothing to compare.
    const AnswerComparison *update(const AnswerKey &key);
    [[nodiscard]] static std::vector<TranscriptMark> marks(const AnswerComparison &comparison);
    /// "12 differences · 84 % same"
    [[nodiscard]] QString summary(const AnswerKey &key);
    /// What the baseline has in the place of a change.
    [[nodiscard]] QString baseText(int turn, const AnswerChange &change) const;

private:
    struct Comparison {
        std::shared_ptr<AnswerDiff> diff {}; ///< gone when both answers are finished
        AnswerComparison result {};
    };

    const ShownAnswers &m_answers;
    QString m_baseline;
    QHash<AnswerKey, Comparison> m_comparisons;
};

} // namespace diptych
