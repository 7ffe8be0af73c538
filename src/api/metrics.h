// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/usage.h"
#include "core/exchange.h"

#include <QString>

#include <chrono>
#include <optional>

namespace diptych {

/// The numbers shown above an answer.
struct AnswerMetrics {
    PhaseTimes phases {};
    GapStatistics gaps {};
    Usage usage {}; ///< with usage.source == Estimated where the provider gave no counts
    bool operator==(const AnswerMetrics &) const = default;

    /// From the request being handed over to the first visible token; unset when nothing became visible.
    [[nodiscard]] std::optional<std::chrono::microseconds> timeToFirstToken() const { return phases.firstToken; }
    /// Completion tokens after the first, divided by the time between first token and end. Unset when unknown or when
    /// the answer came in one piece.
    [[nodiscard]] std::optional<double> tokensPerSecond() const;
};

/// The provider's counts; what it did not say is estimated from the text lengths (characters), and marked.
[[nodiscard]] Usage completeUsage(const std::optional<Usage> &usage, qsizetype promptLength, qsizetype answerLength);
/// Takes times from the exchange and counts from the provider, completed as above; the total too.
[[nodiscard]] AnswerMetrics measure(
    const Exchange &exchange, const std::optional<Usage> &usage, qsizetype promptLength, qsizetype answerLength);

/// About four characters a token, the usual rule of thumb for English text; at least 1 for a non-empty text.
[[nodiscard]] qint64 estimateTokens(qsizetype characters);

} // namespace diptych
