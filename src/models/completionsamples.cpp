// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/completionsamples.h"

#include "models/formatting.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMap>
#include <QSet>

#include <algorithm>

namespace diptych {

namespace {

QString translated(const char *text, int count = -1)
{
    return QCoreApplication::translate("CompletionSamples", text, nullptr, count);
}

QString countText(const std::optional<qint64> &count)
{
    return count ? QLocale().toString(*count) : QStringLiteral("?");
}

/// The middle one of those that are known; of an even number the lower of the two.
template <typename T, typename Read>
std::optional<T> medianOf(const std::vector<AnswerMetrics> &metrics, Read read)
{
    std::vector<T> values;
    for (const AnswerMetrics &each : metrics) {
        if (const std::optional<T> value = read(each))
            values.push_back(*value);
    }
    if (values.empty())
        return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

QString endsText(const CompletionResponse &response)
{
    QMap<QString, int> ends;
    for (const CompletionChoice &choice : response.choices) {
        if (!choice.finishReason.isEmpty())
            ++ends[choice.finishReason];
    }
    if (ends.isEmpty())
        return {};
    QStringList parts;
    for (auto end = ends.cbegin(); end != ends.cend(); ++end)
        parts.append(response.choices.size() > 1 ? QStringLiteral("%1 %2").arg(end.value()).arg(end.key()) : end.key());
    return translated("ended by %1").arg(parts.join(QStringLiteral(", ")));
}

QString tokensText(const Usage &usage)
{
    const bool isEstimated = usage.source == Usage::Source::Estimated;
    return (
        isEstimated ? translated("≈%1 in, ≈%2 out (estimated)") : translated("%1 in, %2 out (counted by the provider)"))
        .arg(countText(usage.promptTokens), countText(usage.completionTokens));
}

} // namespace

qsizetype echoedLength(const CompletionRequest &request, const QString &text)
{
    if (!request.echo.value_or(false))
        return 0;
    if (request.prompt.startsWith(text))
        return text.size();
    return text.startsWith(request.prompt) ? request.prompt.size() : 0;
}

std::vector<CompletionSample> samplesOf(const CompletionRequest &request, const CompletionResponse &response)
{
    std::vector<CompletionSample> samples;
    for (const CompletionChoice &choice : response.choices) {
        CompletionSample sample {.index = choice.index, .finishReason = choice.finishReason};
        sample.echoed = echoedLength(request, choice.text);
        sample.text = choice.text.mid(sample.echoed);
        const auto same = std::find_if(samples.begin(), samples.end(),
            [&sample](const CompletionSample &earlier) { return earlier.text == sample.text; });
        if (same != samples.end())
            sample.sameAs = same->index;
        samples.push_back(std::move(sample));
    }
    return samples;
}

int distinctCount(const std::vector<CompletionSample> &samples)
{
    return static_cast<int>(std::count_if(
        samples.begin(), samples.end(), [](const CompletionSample &sample) { return sample.sameAs < 0; }));
}

QString distinctText(const std::vector<CompletionSample> &samples)
{
    if (samples.size() < 2)
        return {};
    return translated("%1 of %2 distinct").arg(distinctCount(samples)).arg(samples.size());
}

QString metricsText(const CompletionOutcome &outcome, const std::optional<Cost> &cost)
{
    if (outcome.metrics.empty())
        return {};
    QStringList parts;
    if (const auto first = medianOf<std::chrono::microseconds>(
            outcome.metrics, [](const AnswerMetrics &each) { return each.timeToFirstToken(); }))
        parts.append(translated("first token %1").arg(formatDuration(*first)));
    if (const auto speed =
            medianOf<double>(outcome.metrics, [](const AnswerMetrics &each) { return each.tokensPerSecond(); }))
        parts.append(translated("%1 tok/s").arg(QLocale().toString(*speed, 'f', *speed < 10 ? 1 : 0)));
    if (outcome.metrics.size() > 1)
        parts.append(translated("median of %1 requests").arg(outcome.metrics.size()));
    const Usage usage = outcome.response.usage.value_or(Usage {});
    const bool isGuess = usage.source == Usage::Source::Estimated;
    // Nothing came: a guess at its length would say less than nothing.
    if (!isGuess || !outcome.response.choices.empty() || !outcome.error)
        parts.append(tokensText(usage));
    if (cost && !parts.isEmpty()) {
        parts.append(isGuess && cost->amount > 0 ? u'≈' + costText(*cost) : costText(*cost));
    }
    if (const QString ends = endsText(outcome.response); !ends.isEmpty())
        parts.append(ends);
    return parts.join(QStringLiteral(" · "));
}

QString stateName(CompletionOutcome::State state)
{
    switch (state) {
    case CompletionOutcome::State::Waiting:
        return translated("waiting");
    case CompletionOutcome::State::Running:
        return translated("writing");
    case CompletionOutcome::State::Done:
        return translated("done");
    case CompletionOutcome::State::Stopped:
        return translated("stopped");
    case CompletionOutcome::State::Failed:
        break;
    }
    return translated("failed");
}

QStringList noticesOf(const CompletionOutcome &outcome)
{
    QStringList notices;
    if (!outcome.bridge.isEmpty())
        notices.append(translated("Asked as a chat: %1.").arg(outcome.bridge));
    for (const Change &change : outcome.changes) {
        if (change.kind == Change::Kind::Dropped)
            notices.append(translated("%1 was not sent: %2.").arg(change.field, change.reason));
        else if (change.kind == Change::Kind::Converted && change.field == QLatin1String("n"))
            notices.append(translated("n: %1.").arg(change.reason));
    }
    notices.append(outcome.notes);
    return notices;
}

QString estimateText(const RunEstimate &estimate)
{
    QStringList parts {translated("%n request(s)", estimate.requests)};
    if (estimate.samples != estimate.requests)
        parts.append(translated("%n answer(s)", estimate.samples));
    const QString in = QLocale().toString(estimate.promptTokens);
    parts.append(estimate.mostAnswerTokens
            ? translated("≈%1 tokens in, at most %2 out").arg(in, QLocale().toString(*estimate.mostAnswerTokens))
            : translated("≈%1 tokens in, out as many as the models like (max_tokens is not set)").arg(in));
    if (estimate.requests > 0 && estimate.free == estimate.requests) {
        parts.append(translated("free"));
        return parts.join(QStringLiteral(" · "));
    }
    QStringList costs;
    for (const Cost &cost : estimate.most)
        costs.append(costText(cost));
    if (!costs.isEmpty())
        parts.append(
            (estimate.unbounded > 0 ? translated("%1 for the prompts, answers on top") : translated("at most %1"))
                .arg(costs.join(QStringLiteral(" + "))));
    if (estimate.unpriced > 0)
        parts.append(translated("price of %n request(s) not known", estimate.unpriced));
    return parts.join(QStringLiteral(" · "));
}

} // namespace diptych
