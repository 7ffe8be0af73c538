// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/metricstext.h"

#include "models/formatting.h"

#include <QCoreApplication>
#include <QLocale>

namespace diptych {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::Metrics", source);
}

QString countText(const std::optional<qint64> &count, bool isEstimated = false)
{
    const QString number = count ? QLocale().toString(*count) : QStringLiteral("?");
    return isEstimated ? QString(u'≈' + number) : number;
}

/// Tokens in and out, and who counted them.
QString tokensText(const AnswerMetrics &metrics)
{
    const bool areAll = metrics.usage.source == Usage::Source::Estimated && !metrics.isPromptEstimated
        && !metrics.isCompletionEstimated; // of an earlier version: one mark for both
    const bool isPrompt = metrics.isPromptEstimated || areAll;
    const bool isCompletion = metrics.isCompletionEstimated || areAll;
    const char *who = isPrompt && isCompletion ? "%1 in, %2 out (estimated)" : "%1 in, %2 out (provider)";
    if (isPrompt != isCompletion)
        who = "%1 in, %2 out (≈ estimated, else provider)";
    return text(who).arg(
        countText(metrics.usage.promptTokens, isPrompt), countText(metrics.usage.completionTokens, isCompletion));
}

void addPhase(QStringList &lines, const char *label, const PhaseTimes::Time &time)
{
    if (time)
        lines.push_back(text(label).arg(formatDuration(*time)));
}

} // namespace

QString metricsText(const AnswerMetrics &metrics, const std::optional<Cost> &cost)
{
    QStringList parts;
    if (const auto first = metrics.timeToFirstToken())
        parts.push_back(text("TTFT %1").arg(formatDuration(*first)));
    if (const auto rate = metrics.tokensPerSecond())
        parts.push_back(text("%1 tok/s").arg(QLocale().toString(*rate, 'f', *rate < 10 ? 1 : 0)));
    const bool isEstimated = metrics.usage.source == Usage::Source::Estimated;
    if (cost)
        parts.push_back(isEstimated && cost->amount > 0 ? text("≈%1").arg(costText(*cost)) : costText(*cost));
    parts.push_back(tokensText(metrics));
    return parts.join(QStringLiteral(" · "));
}

QString metricsDetails(const AnswerMetrics &metrics)
{
    QStringList lines;
    addPhase(lines, "Connection free after %1", metrics.phases.dequeued);
    addPhase(lines, "Connected after %1", metrics.phases.connected);
    addPhase(lines, "Encrypted after %1", metrics.phases.encrypted);
    addPhase(lines, "Request sent after %1", metrics.phases.sent);
    addPhase(lines, "First byte after %1", metrics.phases.firstByte);
    addPhase(lines, "First visible token after %1", metrics.phases.firstToken);
    addPhase(lines, "Finished after %1", metrics.phases.finished);
    if (metrics.gaps.count > 0) {
        lines.push_back(text("%1 gaps between pieces, mean %2, longest %3")
                            .arg(QLocale().toString(metrics.gaps.count),
                                formatDuration(std::chrono::microseconds(metrics.gaps.total / metrics.gaps.count)),
                                formatDuration(metrics.gaps.longest)));
    }
    if (metrics.usage.cachedTokens)
        lines.push_back(text("%1 prompt tokens from the cache").arg(countText(metrics.usage.cachedTokens)));
    if (metrics.usage.reasoningTokens)
        lines.push_back(text("%1 tokens of reasoning").arg(countText(metrics.usage.reasoningTokens)));
    return lines.join(u'\n');
}

} // namespace diptych
