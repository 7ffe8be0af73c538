// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repeatreport.h"

#include "models/formatting.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace diptych {

namespace {

constexpr qsizetype excerpt = 40; // characters shown around a difference

constexpr std::array shownFacts {"first_byte_ms", "first_token_ms", "first_text_ms", "total_ms", "tokens_per_s",
    "text_tokens_per_s", "gap_median_ms", "completion_tokens", "reasoning_tokens"};

QString translated(const char *text, const char *note = nullptr, int count = -1)
{
    return QCoreApplication::translate("diptych::RepeatReport", text, note, count);
}

/// What is compared: calls of tools are as much an answer as text.
QString textOf(const Answer &answer)
{
    QString text = answer.message.text();
    for (const ToolCall &call : answer.message.toolCalls) {
        if (!text.isEmpty())
            text += u'\n';
        text += QString(call.name + u'(' + call.arguments + u')');
    }
    return text;
}

bool hasEnded(const Answer &answer)
{
    return answer.state == Answer::State::Complete || answer.state == Answer::State::AwaitingTools;
}

std::vector<RepeatReport::Group> named(
    const std::vector<EqualTexts> &groups, const QStringList &texts, const std::vector<int> &numbers)
{
    std::vector<RepeatReport::Group> result;
    for (const EqualTexts &group : groups) {
        RepeatReport::Group named {.text = texts.at(group.front())};
        for (const int place : group)
            named.numbers.push_back(numbers.at(static_cast<std::size_t>(place)));
        result.push_back(std::move(named));
    }
    return result;
}

QString valueText(const QString &id, double value)
{
    if (id.endsWith(QLatin1String("_ms")))
        return formatDuration(std::chrono::microseconds(static_cast<qint64>(value * 1000)));
    return QLocale().toString(value, 'f', value < 10 && value != std::floor(value) ? 1 : 0);
}

void addLines(RepeatReport &report, const std::vector<const Answer *> &ended)
{
    std::vector<std::vector<MetricFact>> all;
    for (const Answer *answer : ended)
        all.push_back(metricFacts(*answer, {}));
    for (const char *id : shownFacts) {
        std::vector<double> values;
        QString label;
        for (const std::vector<MetricFact> &facts : all) {
            const auto fact = std::find_if(
                facts.begin(), facts.end(), [id](const MetricFact &known) { return known.id == QLatin1String(id); });
            if (fact == facts.end() || !fact->value)
                continue;
            values.push_back(*fact->value);
            label = fact->label;
        }
        const std::optional<Spread> spread = spreadOf(values);
        if (!spread)
            continue;
        RepeatReport::Line line {.id = QString::fromLatin1(id), .label = label, .spread = *spread};
        line.median = valueText(line.id, spread->median);
        line.range = QStringLiteral("%1 – %2").arg(valueText(line.id, spread->least), valueText(line.id, spread->most));
        report.lines.push_back(std::move(line));
    }
}

/// A few characters from a place on, not ending within one.
QString from(const QString &text, qsizetype place)
{
    QString part = text.mid(place, excerpt);
    if (!part.isEmpty() && part.back().isHighSurrogate())
        part.chop(1);
    return part.size() + place < text.size() ? QString(part + u'…') : part;
}

QString before(const QString &text, qsizetype place)
{
    qsizetype start = std::max<qsizetype>(place - excerpt, 0);
    if (start > 0 && text.at(start).isLowSurrogate())
        ++start;
    const QString part = text.mid(start, place - start);
    return start > 0 ? QString(u'…' + part) : part;
}

/// Each distinct text is worked on once.
QStringList normalisedTexts(const QStringList &texts, const std::vector<EqualTexts> &groups)
{
    QStringList normalised = texts;
    for (const EqualTexts &group : groups) {
        const QString text = normalisedText(texts.at(group.front()));
        for (const int place : group)
            normalised[place] = text;
    }
    return normalised;
}

std::optional<RepeatReport::Difference> differenceOf(const QStringList &texts, const std::vector<int> &numbers)
{
    for (qsizetype other = 1; other < texts.size(); ++other) {
        const qsizetype place = firstDifference(texts.front(), texts[other]);
        if (place < 0)
            continue;
        return RepeatReport::Difference {.first = numbers.front(),
            .second = numbers[static_cast<std::size_t>(other)],
            .common = before(texts.front(), place),
            .firstText = from(texts.front(), place),
            .secondText = from(texts[other], place),
            .place = place};
    }
    return {};
}

} // namespace

std::vector<const Answer *> seriesOf(const Turn &turn, const QString &paneId)
{
    std::vector<const Answer *> series;
    for (const Answer &answer : turn.answers) {
        if (answer.paneId != paneId)
            continue;
        if (answer.repeat <= 1)
            series.clear(); // asked again: what was repeated before belongs to the earlier answer
        series.push_back(&answer);
    }
    return series;
}

RepeatReport reportOf(const std::vector<const Answer *> &series, ReportDepth depth)
{
    RepeatReport report;
    QStringList texts;
    std::vector<int> numbers;
    std::vector<const Answer *> ended;
    for (std::size_t place = 0; place < series.size(); ++place) {
        if (!hasEnded(*series[place])) {
            ++report.incomplete;
            continue;
        }
        ended.push_back(series[place]);
        numbers.push_back(static_cast<int>(place) + 1);
        texts.append(textOf(*series[place]));
    }
    report.complete = static_cast<int>(ended.size());
    const std::vector<EqualTexts> exact = equalTexts(texts);
    report.exact = named(exact, texts, numbers);
    report.exactAgreement = agreementOf(exact);
    if (depth == ReportDepth::Summary)
        return report;
    const std::vector<EqualTexts> similar = equalTexts(normalisedTexts(texts, exact));
    report.normalised = named(similar, texts, numbers);
    report.normalisedAgreement = agreementOf(similar);
    report.difference = differenceOf(texts, numbers);
    addLines(report, ended);
    return report;
}

QString summaryOf(const RepeatReport &report)
{
    QStringList parts {translated("%n answer(s)", nullptr, report.complete)};
    if (report.complete > 0)
        parts << translated("%n distinct", nullptr, static_cast<int>(report.exact.size()));
    if (report.exactAgreement)
        parts << translated("%1 % agree").arg(QLocale().toString(100 * *report.exactAgreement, 'f', 0));
    if (report.incomplete > 0)
        parts << translated("%n without an end", nullptr, report.incomplete);
    return parts.join(QStringLiteral(", "));
}

QString determinismOf(const RepeatReport &report, const std::optional<qint64> &seed)
{
    if (report.complete < 2)
        return translated("Two answers are needed to compare.");
    const bool areEqual = report.exact.size() == 1;
    if (seed) {
        const QString number = QString::number(*seed);
        return areEqual
            ? translated("With the seed %1 all answers are equal, letter by letter.").arg(number)
            : translated("With the seed %1 the answers differ: it does not make this model repeat itself.").arg(number);
    }
    return areEqual
        ? translated("All answers are equal, letter by letter, without a seed.")
        : translated("The answers differ; no seed was set. Set one to see whether the model repeats itself.");
}

} // namespace diptych
