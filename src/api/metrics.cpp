// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/metrics.h"

namespace diptych {

qint64 estimateTokens(qsizetype characters)
{
    return (characters + 3) / 4;
}

std::optional<double> AnswerMetrics::tokensPerSecond() const
{
    if (!usage.completionTokens || *usage.completionTokens < 2 || !phases.firstToken || !phases.finished
        || gaps.count == 0)
        return std::nullopt;
    const std::chrono::duration<double> streaming = *phases.finished - *phases.firstToken;
    if (streaming.count() <= 0)
        return std::nullopt;
    return static_cast<double>(*usage.completionTokens - 1) / streaming.count();
}

AnswerMetrics measure(
    const Exchange &exchange, const std::optional<Usage> &usage, qsizetype promptLength, qsizetype answerLength)
{
    AnswerMetrics metrics {.phases = exchange.phases, .gaps = exchange.gaps, .usage = usage.value_or(Usage {})};
    Usage &counts = metrics.usage;
    if (!counts.completionTokens || !counts.promptTokens)
        counts.source = Usage::Source::Estimated;
    if (!counts.promptTokens)
        counts.promptTokens = estimateTokens(promptLength);
    if (!counts.completionTokens)
        counts.completionTokens = estimateTokens(answerLength);
    if (!counts.totalTokens)
        counts.totalTokens = *counts.promptTokens + *counts.completionTokens;
    return metrics;
}

} // namespace diptych
