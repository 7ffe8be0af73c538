// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metricfacts.h"

#include "models/formatting.h"

#include <QCoreApplication>
#include <QLocale>

namespace diptych {

namespace {

using Group = MetricFact::Group;
using Source = MetricFact::Source;

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::MetricFacts", text);
}

const QString nothing = QStringLiteral("–");

/// Puts the facts of one answer together.
class Facts
{
public:
    Facts(const Answer &answer, const std::optional<Cost> &cost)
        : m_answer(answer)
        , m_metrics(answer.metrics)
        , m_cost(cost)
    {
        addOrder();
        addTimes();
        addSpeed();
        addTokens();
        addCost();
    }
    std::vector<MetricFact> list {};

private:
    void add(Group group, const char *id, const char *label, std::optional<double> value, const QString &text,
        Source source = Source::Measured, const QString &note = {})
    {
        list.push_back({.id = QString::fromLatin1(id),
            .group = group,
            .label = translated(label),
            .text = value ? text : nothing,
            .value = value,
            .source = source,
            .note = value ? note : QString()});
    }
    void addTime(Group group, const char *id, const char *label, const PhaseTimes::Time &time, const QString &note = {})
    {
        const auto value = time ? std::optional(static_cast<double>(time->count()) / 1000) : std::nullopt;
        add(group, id, label, value, formatDuration(time), Source::Measured, note);
    }
    void addCount(const char *id, const char *label, const std::optional<qint64> &count, bool isEstimated)
    {
        const auto value = count ? std::optional(static_cast<double>(*count)) : std::nullopt;
        const QString text = QLocale().toString(count.value_or(0));
        add(Group::Tokens, id, label, value, isEstimated ? QString(u'≈' + text) : text,
            isEstimated ? Source::Estimated : Source::Provider);
    }
    void addRate(const char *id, const char *label, const std::optional<double> &rate, bool isEstimated)
    {
        const QString text = QLocale().toString(rate.value_or(0), 'f', rate.value_or(0) < 10 ? 1 : 0);
        add(Group::Speed, id, label, rate, isEstimated ? QString(u'≈' + text) : text,
            isEstimated ? Source::Estimated : Source::Measured,
            isEstimated ? translated("estimated tokens, our clock") : translated("the provider's tokens, our clock"));
    }
    /// The time between two marks; a phase that did not happen takes none.
    static PhaseTimes::Time between(const PhaseTimes::Time &from, const PhaseTimes::Time &to)
    {
        if (!to)
            return {};
        return std::max(*to - from.value_or(std::chrono::microseconds(0)), std::chrono::microseconds(0));
    }

    void addOrder()
    {
        const int order = m_answer.startOrder;
        add(Group::Order, "start_order", "Started as number", order > 0 ? std::optional<double>(order) : std::nullopt,
            QString::number(order), Source::Measured, translated("changes from turn to turn"));
        add(Group::Order, "attempts", "Attempts", m_metrics.attempts, QString::number(m_metrics.attempts),
            Source::Measured, m_metrics.attempts > 1 ? translated("times are of the last one") : QString());
    }

    void addTimes()
    {
        const PhaseTimes &phases = m_metrics.phases;
        const PhaseTimes::Time open = phases.encrypted ? phases.encrypted : phases.connected;
        addTime(Group::Time, "queue_ms", "Queue", phases.dequeued);
        addTime(Group::Time, "connect_ms", "Connect", between(phases.dequeued, open),
            m_metrics.isConnectionReused ? translated("was open already") : translated("name, TCP and TLS"));
        addTime(Group::Time, "send_ms", "Send", between(open, phases.sent));
        addTime(Group::Time, "first_byte_ms", "First byte (TTFB)", phases.firstByte);
        addTime(Group::Time, "first_token_ms", "First visible token", phases.firstToken);
        const bool hasReasoned = phases.firstText && phases.firstToken && *phases.firstText > *phases.firstToken;
        addTime(Group::Time, "first_text_ms", "First text after reasoning",
            hasReasoned ? phases.firstText : PhaseTimes::Time());
        addTime(Group::Time, "total_ms", "Whole answer", phases.finished);
    }

    void addSpeed()
    {
        const bool isEstimated = isCompletionEstimated();
        addRate("tokens_per_s", "Tokens per second", m_metrics.tokensPerSecond(), isEstimated);
        addRate("text_tokens_per_s", "… without reasoning", m_metrics.textTokensPerSecond(),
            isEstimated || m_metrics.estimatedTextTokens.has_value());
        const GapDistribution &pieces = m_metrics.pieces;
        const auto known = [&pieces](std::chrono::microseconds time) {
            return pieces.count > 0 ? PhaseTimes::Time(time) : PhaseTimes::Time();
        };
        add(Group::Speed, "gaps", "Gaps between pieces",
            pieces.count > 0 ? std::optional(static_cast<double>(pieces.count)) : std::nullopt,
            QLocale().toString(pieces.count));
        addTime(Group::Speed, "gap_median_ms", "Gap, median", known(pieces.median));
        addTime(
            Group::Speed, "gap_p95_ms", "Gap, 95 %", known(pieces.percentile95), translated("are at most this long"));
        addTime(Group::Speed, "gap_longest_ms", "Gap, longest", known(pieces.longest));
    }

    void addTokens()
    {
        const Usage &usage = m_metrics.usage;
        addCount("prompt_tokens", "Prompt", usage.promptTokens, isPromptEstimated());
        addCount("cached_tokens", "… of these from a cache", usage.cachedTokens, false);
        addCount("completion_tokens", "Answer", usage.completionTokens, isCompletionEstimated());
        addCount(
            "reasoning_tokens", "… of these reasoning", reasoningTokens(), m_metrics.estimatedTextTokens.has_value());
        addCount("audio_tokens", "… of all these audio", usage.audioTokens, false);
        addCount("total_tokens", "Together", usage.totalTokens, isPromptEstimated() || isCompletionEstimated());
    }

    void addCost()
    {
        const bool isFree = m_cost && m_cost->amount == 0;
        add(Group::Cost, "cost", "Cost", m_cost ? std::optional(m_cost->amount) : std::nullopt,
            m_cost ? (isFree ? costText(*m_cost) : QString(u'≈' + costText(*m_cost))) : QString(), Source::Estimated,
            isFree ? QString() : translated("the price list times the tokens"));
    }

    [[nodiscard]] std::optional<qint64> reasoningTokens() const
    {
        if (m_metrics.estimatedTextTokens && m_metrics.usage.completionTokens)
            return *m_metrics.usage.completionTokens - *m_metrics.estimatedTextTokens;
        return m_metrics.usage.reasoningTokens;
    }
    // Answers made before each count had its own mark, and values made by hand, have the common one only.
    [[nodiscard]] bool areAllEstimated() const
    {
        return m_metrics.usage.source == Usage::Source::Estimated && !m_metrics.isPromptEstimated
            && !m_metrics.isCompletionEstimated;
    }
    [[nodiscard]] bool isPromptEstimated() const { return m_metrics.isPromptEstimated || areAllEstimated(); }
    [[nodiscard]] bool isCompletionEstimated() const { return m_metrics.isCompletionEstimated || areAllEstimated(); }

    const Answer &m_answer;
    const AnswerMetrics &m_metrics;
    const std::optional<Cost> &m_cost;
};

} // namespace

std::vector<MetricFact> metricFacts(const Answer &answer, const std::optional<Cost> &cost)
{
    return Facts(answer, cost).list;
}

QString sourceText(MetricFact::Source source)
{
    switch (source) {
    case Source::Measured:
        return translated("measured here");
    case Source::Provider:
        return translated("counted by the provider");
    case Source::Estimated:
        break;
    }
    return translated("estimated");
}

QString groupText(MetricFact::Group group)
{
    switch (group) {
    case Group::Order:
        return translated("Start");
    case Group::Time:
        return translated("Time");
    case Group::Speed:
        return translated("Speed");
    case Group::Tokens:
        return translated("Tokens");
    case Group::Cost:
        break;
    }
    return translated("Cost");
}

std::optional<Cost> costOf(const Answer &answer, const Charge &charge)
{
    if (answer.state != Answer::State::Complete)
        return {};
    return charge.estimate(answer.metrics.usage);
}

} // namespace diptych
