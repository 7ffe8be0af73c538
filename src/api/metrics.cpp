// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/metrics.h"

#include <cmath>

namespace diptych {

qint64 estimateTokens(qsizetype characters)
{
    return (characters + 3) / 4;
}

std::optional<double> AnswerMetrics::rate(qint64 tokens, const PhaseTimes::Time &from) const
{
    if (tokens < 2 || !from || !phases.firstToken || !phases.finished || (gaps.count == 0 && pieces.count == 0))
        return std::nullopt;
    // A server may keep the stream open for its counts after the last token.
    const auto end = pieces.count > 0 ? *phases.firstToken + pieces.total : *phases.finished;
    const std::chrono::duration<double> streaming = end - *from;
    if (streaming.count() <= 0)
        return std::nullopt;
    return static_cast<double>(tokens - 1) / streaming.count();
}

std::optional<double> AnswerMetrics::tokensPerSecond() const
{
    return rate(usage.completionTokens.value_or(0), phases.firstToken);
}

std::optional<qint64> AnswerMetrics::textTokens() const
{
    if (usage.reasoningTokens.value_or(0) > 0 && usage.completionTokens)
        return std::max<qint64>(*usage.completionTokens - *usage.reasoningTokens, 0);
    return estimatedTextTokens;
}

std::optional<double> AnswerMetrics::textTokensPerSecond() const
{
    const std::optional<qint64> tokens = textTokens();
    return tokens ? rate(*tokens, phases.firstText) : std::nullopt;
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

AnswerMetrics measure(const Exchange &exchange, const std::optional<Usage> &usage, qsizetype promptLength,
    qsizetype answerLength, qsizetype reasoningLength)
{
    AnswerMetrics metrics {.phases = exchange.phases,
        .gaps = exchange.gaps,
        .usage = completeUsage(usage, promptLength, answerLength),
        .isPromptEstimated = !usage || !usage->promptTokens,
        .isCompletionEstimated = !usage || !usage->completionTokens,
        .isConnectionReused = exchange.reusedConnection,
        .attempts = exchange.attempt};
    if (exchange.phases.finished)
        metrics.pieces = gapsBetween(exchange.frames);
    Usage &counts = metrics.usage;
    if (!counts.totalTokens)
        counts.totalTokens = *counts.promptTokens + *counts.completionTokens;
    if (reasoningLength > 0 && reasoningLength <= answerLength && counts.reasoningTokens.value_or(0) == 0) {
        const double share = 1 - static_cast<double>(reasoningLength) / static_cast<double>(answerLength);
        metrics.estimatedTextTokens = std::llround(share * static_cast<double>(*counts.completionTokens));
    }
    return metrics;
}

} // namespace diptych
