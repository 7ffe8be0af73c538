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

Usage completeUsage(const std::optional<Usage> &usage, qsizetype promptLength, qsizetype answerLength)
{
    Usage complete = usage.value_or(Usage {});
    if (complete.promptTokens && complete.completionTokens)
        return complete;
    complete.source = Usage::Source::Estimated;
    complete.promptTokens = complete.promptTokens.value_or(estimateTokens(promptLength));
    complete.completionTokens = complete.completionTokens.value_or(estimateTokens(answerLength));
    return complete;
}

AnswerMetrics measure(
    const Exchange &exchange, const std::optional<Usage> &usage, qsizetype promptLength, qsizetype answerLength)
{
    AnswerMetrics metrics {
        .phases = exchange.phases, .gaps = exchange.gaps, .usage = completeUsage(usage, promptLength, answerLength)};
    Usage &counts = metrics.usage;
    if (!counts.totalTokens)
        counts.totalTokens = *counts.promptTokens + *counts.completionTokens;
    return metrics;
}

} // namespace diptych
