// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/gapdistribution.h"
#include "api/usage.h"
#include "core/exchange.h"

#include <QString>

#include <chrono>
#include <optional>

namespace diptych {

/// The numbers shown above an answer. Times are measured here; token counts say who counted.
struct AnswerMetrics {
    PhaseTimes phases {};
    GapStatistics gaps {}; ///< between all pieces of the stream
    GapDistribution pieces {}; ///< between those of them that brought something visible
    Usage usage {}; ///< with usage.source == Estimated where the provider left out counts
    bool isPromptEstimated = false; ///< usage.promptTokens is ours
    bool isCompletionEstimated = false; ///< usage.completionTokens is ours
    /// Tokens of the answer without its reasoning, estimated by its share of the characters; unset: the provider
    /// counted reasoning, or there was none.
    std::optional<qint64> estimatedTextTokens {};
    bool isConnectionReused = false; ///< it was open already
    int attempts = 1; ///< times the request was sent
    bool operator==(const AnswerMetrics &) const = default;

    /// From the request being handed over to the first visible token; unset when nothing became visible.
    [[nodiscard]] std::optional<std::chrono::microseconds> timeToFirstToken() const { return phases.firstToken; }
    /// Completion tokens after the first, divided by the time between the first visible piece and the last (the end,
    /// where the pieces are not known). Unset when unknown or when the answer came in one piece.
    [[nodiscard]] std::optional<double> tokensPerSecond() const;
    /// Completion tokens that are not reasoning; unset when there was no reasoning, or when it can not be told apart.
    [[nodiscard]] std::optional<qint64> textTokens() const;
    /// The same rate for the text alone, from its own first piece on. Unset without reasoning.
    [[nodiscard]] std::optional<double> textTokensPerSecond() const;

private:
    [[nodiscard]] std::optional<double> rate(qint64 tokens, const PhaseTimes::Time &from) const;
};

/// The provider's counts; what it did not say is estimated from the text lengths (characters), and marked.
[[nodiscard]] Usage completeUsage(const std::optional<Usage> &usage, qsizetype promptLength, qsizetype answerLength);
/// Takes times from the exchange and counts from the provider, completed as above; the total too. `answerLength`
/// includes the reasoning. How gaps are spread is worked out when the exchange is finished: it takes a look at every
/// frame.
[[nodiscard]] AnswerMetrics measure(const Exchange &exchange, const std::optional<Usage> &usage, qsizetype promptLength,
    qsizetype answerLength, qsizetype reasoningLength = 0);

/// About four characters a token, the usual rule of thumb for English text; at least 1 for a non-empty text.
[[nodiscard]] qint64 estimateTokens(qsizetype characters);

} // namespace diptych
