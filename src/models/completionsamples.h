// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/price.h"
#include "runs/completionrun.h"
#include "runs/completionsweep.h"

namespace diptych {

/// One of the texts that a job brought.
struct CompletionSample {
    int index = 0; ///< the choice
    QString text {}; ///< what the model wrote, without the prompt that came back
    qsizetype echoed = 0; ///< characters of the prompt that came back in front of it
    QString finishReason {};
    int sameAs = -1; ///< the first sample with the same text; -1: this one is the first
    bool operator==(const CompletionSample &) const = default;
};

/// How much of a text is the prompt that came back; all of it while it is still coming.
[[nodiscard]] qsizetype echoedLength(const CompletionRequest &request, const QString &text);
/// The samples of an answer, or of an answer so far.
[[nodiscard]] std::vector<CompletionSample> samplesOf(
    const CompletionRequest &request, const CompletionResponse &response);
/// How many of them have different texts.
[[nodiscard]] int distinctCount(const std::vector<CompletionSample> &samples);
/// "3 of 5 distinct"; empty for fewer than two samples.
[[nodiscard]] QString distinctText(const std::vector<CompletionSample> &samples);

/// One line on how it went: times and speeds (of several requests the median), tokens and who counted them, what it
/// cost if known, how the samples ended. Empty while nothing is over.
[[nodiscard]] QString metricsText(const CompletionOutcome &outcome, const std::optional<Cost> &cost = {});
/// "waiting", "writing", "done", "stopped" or "failed".
[[nodiscard]] QString stateName(CompletionOutcome::State state);
/// What the person who asked should know about how it was asked: the chat in place of the route, fields that were left
/// out or changed, what did not come. One line each.
[[nodiscard]] QStringList noticesOf(const CompletionOutcome &outcome);

/// "9 requests, 18 answers · about 40 tokens in, at most 288 out · at most $0.0012".
[[nodiscard]] QString estimateText(const RunEstimate &estimate);

} // namespace diptych
