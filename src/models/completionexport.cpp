// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/completionexport.h"

#include "models/completionsamples.h"
#include "models/requestjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("CompletionExport", text);
}

/// Model and what was set, e.g. "babbler-5 — built-in (temperature 0.5, top_p 0.9)".
QString titleOf(const CompletionResult &result)
{
    const SamplingParameters &sampling = result.job.request.sampling;
    QStringList settings;
    if (sampling.temperature)
        settings.append(QStringLiteral("temperature %1").arg(*sampling.temperature));
    if (sampling.topP)
        settings.append(QStringLiteral("top_p %1").arg(*sampling.topP));
    return settings.isEmpty() ? result.model
                              : QStringLiteral("%1 (%2)").arg(result.model, settings.join(QStringLiteral(", ")));
}

/// What is said about a result besides its texts.
QStringList linesOf(const CompletionResult &result)
{
    QStringList lines;
    if (const QString metrics = metricsText(result.outcome); !metrics.isEmpty())
        lines.append(metrics);
    lines.append(noticesOf(result.outcome));
    if (result.outcome.error)
        lines.append(translated("Error: %1").arg(result.outcome.error->message));
    return lines;
}

/// A fence longer than every run of backticks in the text.
QString fenceFor(const QString &text)
{
    static const QRegularExpression ticks(QStringLiteral("`+"));
    qsizetype longest = 2;
    for (auto run = ticks.globalMatch(text); run.hasNext();)
        longest = std::max(longest, run.next().capturedLength());
    return QString(longest + 1, u'`');
}

QString fenced(const QString &text)
{
    const QString fence = fenceFor(text);
    return fence + QStringLiteral("text\n") + text + u'\n' + fence + QStringLiteral("\n\n");
}

QString promptOf(const std::vector<CompletionResult> &results)
{
    return results.empty() ? QString() : results.front().job.request.prompt;
}

QByteArray csvField(QString text)
{
    static const QString formulaStarts = QStringLiteral("=+-@\t\r");
    bool isNumber = false;
    text.toDouble(&isNumber);
    if (!text.isEmpty() && !isNumber && formulaStarts.contains(text.front()))
        text.prepend(u'\'');
    text.replace(u'"', QStringLiteral("\"\""));
    return '"' + text.toUtf8() + '"';
}

QString number(const std::optional<double> &value)
{
    return value ? QString::number(*value) : QString();
}

QString number(const std::optional<qint64> &value)
{
    return value ? QString::number(*value) : QString();
}

QByteArray csvLine(const QStringList &fields)
{
    QByteArray line;
    for (const QString &field : fields)
        line += (line.isEmpty() ? "" : ",") + csvField(field);
    return line + "\r\n";
}

QJsonArray tokensJson(const std::vector<TokenLogprob> &tokens)
{
    QJsonArray array;
    for (const TokenLogprob &token : tokens) {
        QJsonArray top;
        for (const TokenLogprob::Alternative &candidate : token.top)
            top.append(QJsonObject {
                {QStringLiteral("token"), candidate.token}, {QStringLiteral("logprob"), candidate.logprob}});
        array.append(QJsonObject {{QStringLiteral("token"), token.token},
            {QStringLiteral("logprob"), token.logprob ? QJsonValue(*token.logprob) : QJsonValue()},
            {QStringLiteral("top_logprobs"), top}});
    }
    return array;
}

QJsonArray changesJson(const ChangeLog &changes)
{
    QJsonArray array;
    for (const Change &change : changes)
        array.append(
            QJsonObject {{QStringLiteral("kind"), changeKindName(change.kind)}, {QStringLiteral("field"), change.field},
                {QStringLiteral("wire"), change.wire}, {QStringLiteral("reason"), change.reason}});
    return array;
}

void insertTime(QJsonObject &object, const char *name, const PhaseTimes::Time &time)
{
    if (time)
        object.insert(QLatin1String(name), static_cast<qint64>(time->count()));
}

QJsonObject metricsJson(const AnswerMetrics &metrics)
{
    QJsonObject object;
    insertTime(object, "connected_us", metrics.phases.connected);
    insertTime(object, "first_byte_us", metrics.phases.firstByte);
    insertTime(object, "first_token_us", metrics.phases.firstToken);
    insertTime(object, "finished_us", metrics.phases.finished);
    if (metrics.usage.promptTokens)
        object.insert(QStringLiteral("prompt_tokens"), *metrics.usage.promptTokens);
    if (metrics.usage.completionTokens)
        object.insert(QStringLiteral("completion_tokens"), *metrics.usage.completionTokens);
    object.insert(QStringLiteral("estimated_tokens"), metrics.usage.source == Usage::Source::Estimated);
    return object;
}

QJsonObject resultJson(const CompletionResult &result)
{
    const CompletionOutcome &outcome = result.outcome;
    QJsonArray samples;
    for (const CompletionSample &sample : samplesOf(result.job.request, outcome.response)) {
        const auto choice = std::find_if(outcome.response.choices.begin(), outcome.response.choices.end(),
            [&sample](const CompletionChoice &candidate) { return candidate.index == sample.index; });
        samples.append(
            QJsonObject {{QStringLiteral("text"), sample.text}, {QStringLiteral("finish_reason"), sample.finishReason},
                {QStringLiteral("echoed"), sample.echoed}, {QStringLiteral("logprobs"), tokensJson(choice->logprobs)}});
    }
    QJsonArray metrics;
    for (const AnswerMetrics &each : outcome.metrics)
        metrics.append(metricsJson(each));
    QJsonObject object {{QStringLiteral("model"), result.model},
        {QStringLiteral("request"), requestJson(result.job.request)},
        {QStringLiteral("state"), stateName(outcome.state)}, {QStringLiteral("samples"), samples},
        {QStringLiteral("changes"), changesJson(outcome.changes)},
        {QStringLiteral("notices"), QJsonArray::fromStringList(noticesOf(outcome))},
        {QStringLiteral("requests"), outcome.requests}, {QStringLiteral("metrics"), metrics}};
    if (outcome.error)
        object.insert(QStringLiteral("error"),
            QJsonObject {{QStringLiteral("kind"), kindName(outcome.error->kind)},
                {QStringLiteral("status"), outcome.error->httpStatus},
                {QStringLiteral("message"), outcome.error->message},
                {QStringLiteral("body"), QString::fromUtf8(outcome.error->bodySample)}});
    return object;
}

} // namespace

QString resultsAsText(const std::vector<CompletionResult> &results)
{
    QString text = promptOf(results) + QStringLiteral("\n\n");
    for (const CompletionResult &result : results) {
        text += titleOf(result) + u'\n';
        for (const QString &line : linesOf(result))
            text += line + u'\n';
        const auto samples = samplesOf(result.job.request, result.outcome.response);
        for (const CompletionSample &sample : samples) {
            if (samples.size() > 1)
                text += translated("— sample %1").arg(sample.index + 1) + u'\n';
            text += sample.text + u'\n';
        }
        text += u'\n';
    }
    return text;
}

QString resultsAsMarkdown(const std::vector<CompletionResult> &results)
{
    QString text = QStringLiteral("# ") + translated("Completion") + QStringLiteral("\n\n") + fenced(promptOf(results));
    for (const CompletionResult &result : results) {
        text += QStringLiteral("## ") + titleOf(result) + QStringLiteral("\n\n");
        for (const QString &line : linesOf(result))
            text += QStringLiteral("- ") + line.simplified() + u'\n';
        text += u'\n';
        for (const CompletionSample &sample : samplesOf(result.job.request, result.outcome.response))
            text += fenced(sample.text);
    }
    return text;
}

QByteArray resultsAsCsv(const std::vector<CompletionResult> &results)
{
    QByteArray csv = csvLine({QStringLiteral("model"), QStringLiteral("temperature"), QStringLiteral("top_p"),
        QStringLiteral("sample"), QStringLiteral("state"), QStringLiteral("first_token_ms"),
        QStringLiteral("tokens_per_second"), QStringLiteral("prompt_tokens"), QStringLiteral("completion_tokens"),
        QStringLiteral("finish_reason"), QStringLiteral("text"), QStringLiteral("error")});
    for (const CompletionResult &result : results) {
        std::vector<CompletionSample> samples = samplesOf(result.job.request, result.outcome.response);
        if (samples.empty())
            samples.push_back({}); // for its error
        const AnswerMetrics first = result.outcome.metrics.empty() ? AnswerMetrics {} : result.outcome.metrics.front();
        std::optional<double> firstToken;
        if (const auto time = first.timeToFirstToken())
            firstToken = static_cast<double>(time->count()) / 1000;
        const Usage usage = result.outcome.response.usage.value_or(Usage {});
        for (const CompletionSample &sample : samples) {
            csv += csvLine({result.model, number(result.job.request.sampling.temperature),
                number(result.job.request.sampling.topP), QString::number(sample.index + 1),
                stateName(result.outcome.state), number(firstToken), number(first.tokensPerSecond()),
                number(usage.promptTokens), number(usage.completionTokens), sample.finishReason, sample.text,
                result.outcome.error ? result.outcome.error->message : QString()});
        }
    }
    return csv;
}

QByteArray resultsAsJson(const std::vector<CompletionResult> &results)
{
    QJsonArray array;
    for (const CompletionResult &result : results)
        array.append(resultJson(result));
    return QJsonDocument(
        QJsonObject {{QStringLiteral("prompt"), promptOf(results)}, {QStringLiteral("results"), array}})
        .toJson();
}

} // namespace diptych
