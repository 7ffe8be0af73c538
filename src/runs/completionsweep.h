// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/price.h"
#include "runs/completionrun.h"

#include <algorithm>
#include <functional>

namespace diptych {

/// The same text under many settings: every temperature with every top_p, for each of some models.
struct CompletionSweep {
    std::vector<ModelRef> models {};
    std::vector<CompletionRoute> routes {}; ///< of each model; missing ones are Automatic
    CompletionRequest base {}; ///< everything that does not vary
    std::vector<double> temperatures {}; ///< empty: as in `base`
    std::vector<double> topPs {}; ///< empty: as in `base`
    bool isSplit = false; ///< see CompletionJob
    bool operator==(const CompletionSweep &) const = default;

    [[nodiscard]] int rows() const { return static_cast<int>(std::max<std::size_t>(temperatures.size(), 1)); }
    [[nodiscard]] int columns() const { return static_cast<int>(std::max<std::size_t>(topPs.size(), 1)); }
    [[nodiscard]] int cells() const { return rows() * columns(); } ///< per model
};

/// More values of a parameter than this are refused: the grid would not be small any more.
constexpr int mostSweepValues = 12;

/// The values of a parameter: numbers and ranges ("0, 0.5, 1", "0..1 step 0.25"; a range without a step has five
/// values). Empty: none. Each value once, in the order given.
/// Errors: InvalidRequest with a message for the person who typed it (not a number, step that leads nowhere, too many).
[[nodiscard]] Result<std::vector<double>> parseSweepValues(const QString &text);

/// One job per cell: models one after the other, each by rows (temperature), then columns (top_p).
[[nodiscard]] std::vector<CompletionJob> sweepJobs(const CompletionSweep &sweep);
/// The index of a cell among these jobs.
[[nodiscard]] int sweepJob(const CompletionSweep &sweep, int model, int row, int column);

/// What asking would take, as far as that is known before.
struct RunEstimate {
    int requests = 0; ///< at least; those that are refused and asked again as a chat come on top
    int samples = 0;
    qint64 promptTokens = 0; ///< by about four characters a token
    std::optional<qint64> mostAnswerTokens {}; ///< unset: max_tokens is not set
    std::vector<Cost> most {}; ///< per currency, if every answer is as long as it may be; only what is known
    int unpriced = 0; ///< requests of models whose price is not known
    int unbounded = 0; ///< requests of models with a price, without max_tokens
    int free = 0; ///< requests of models that cost nothing
    bool operator==(const RunEstimate &) const = default;
};

/// `charge` says what a model costs.
[[nodiscard]] RunEstimate estimateRun(
    const std::vector<CompletionJob> &jobs, const std::function<Charge(const ModelRef &)> &charge);

} // namespace diptych
