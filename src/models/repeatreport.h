// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/repeats.h"
#include "models/metricfacts.h"

#include <optional>
#include <vector>

namespace diptych {

/// The answers of a pane to a turn that asked it the same: the one that counts and the repeats that follow it.
[[nodiscard]] std::vector<const Answer *> seriesOf(const Turn &turn, const QString &paneId);

/// What a series of answers says about its model.
struct RepeatReport {
    /// Answers that are equal.
    struct Group {
        QString text {}; ///< of the first of them, as it came
        std::vector<int> numbers {}; ///< places in the series, from 1
    };
    /// Where two answers part.
    struct Difference {
        int first = 0; ///< places in the series, from 1
        int second = 0;
        QString common {}; ///< the last words before
        QString firstText {}; ///< how each goes on, a few words
        QString secondText {};
        qsizetype place = 0; ///< UTF-16 units from the beginning
    };
    /// One number over the series.
    struct Line {
        QString id {};
        QString label {};
        Spread spread {};
        QString median {}; ///< for people
        QString range {}; ///< "18 ms – 40 ms"
    };
    int complete = 0; ///< answers that came to their end; the others are not compared
    int incomplete = 0; ///< failed, stopped or still coming
    std::vector<Group> exact {}; ///< the most frequent first
    std::vector<Group> normalised {};
    std::optional<double> exactAgreement {}; ///< see agreementOf()
    std::optional<double> normalisedAgreement {};
    std::optional<Difference> difference {}; ///< between the first answer and the first that is not exactly like it
    std::vector<Line> lines {};
};
/// What a report is for: one line needs neither similar answers, nor differences, nor numbers.
enum class ReportDepth { Summary, Whole };
[[nodiscard]] RepeatReport reportOf(const std::vector<const Answer *> &series, ReportDepth depth = ReportDepth::Whole);

/// One line: "5 answers, 3 distinct, 40 % agree".
[[nodiscard]] QString summaryOf(const RepeatReport &report);
/// Whether the model repeats itself with the same seed. `seed`: with which the series was asked; unset: with none.
[[nodiscard]] QString determinismOf(const RepeatReport &report, const std::optional<qint64> &seed);

} // namespace diptych
