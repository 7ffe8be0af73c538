// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/report.h"

#include "models/formatting.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::Report", text);
}

void insertTime(QJsonObject &object, const QString &name, const PhaseTimes::Time &time)
{
    if (time)
        object.insert(name, static_cast<double>(time->count()) / 1000.0);
}

void insertCount(QJsonObject &object, const QString &name, const std::optional<qint64> &count)
{
    if (count)
        object.insert(name, *count);
}

void insertText(QJsonObject &object, const QString &name, const QString &text)
{
    if (!text.isEmpty())
        object.insert(name, text);
}

} // namespace

QString jsonLine(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject toJson(const Error &error)
{
    QJsonObject json {{QStringLiteral("type"), QStringLiteral("error")}, {QStringLiteral("kind"), kindName(error.kind)},
        {QStringLiteral("status"), error.httpStatus}, {QStringLiteral("message"), error.message}};
    insertText(json, QStringLiteral("parameter"), error.parameter);
    insertText(json, QStringLiteral("code"), error.providerCode);
    insertText(json, QStringLiteral("request_id"), error.requestId);
    insertText(json, QStringLiteral("advice"), whatToDo(error));
    return json;
}

QJsonObject toJson(const AnswerMetrics &metrics)
{
    QJsonObject json;
    insertTime(json, QStringLiteral("first_byte_ms"), metrics.phases.firstByte);
    insertTime(json, QStringLiteral("ttft_ms"), metrics.timeToFirstToken());
    insertTime(json, QStringLiteral("duration_ms"), metrics.phases.finished);
    if (metrics.gaps.count > 0)
        insertTime(json, QStringLiteral("longest_gap_ms"), metrics.gaps.longest);
    if (const auto rate = metrics.tokensPerSecond())
        json.insert(QStringLiteral("tokens_per_second"), *rate);
    return json;
}

QJsonObject toJson(const Usage &usage)
{
    const bool isCounted = usage.source == Usage::Source::Provider;
    QJsonObject json {{QStringLiteral("source"), isCounted ? QStringLiteral("provider") : QStringLiteral("estimated")}};
    insertCount(json, QStringLiteral("prompt_tokens"), usage.promptTokens);
    insertCount(json, QStringLiteral("completion_tokens"), usage.completionTokens);
    insertCount(json, QStringLiteral("total_tokens"), usage.totalTokens);
    insertCount(json, QStringLiteral("cached_tokens"), usage.cachedTokens);
    insertCount(json, QStringLiteral("reasoning_tokens"), usage.reasoningTokens);
    return json;
}

QString toText(const AnswerMetrics &metrics)
{
    QStringList parts {tr("TTFT %1").arg(formatDuration(metrics.timeToFirstToken()))};
    if (const auto rate = metrics.tokensPerSecond())
        parts << tr("%1 tok/s").arg(*rate, 0, 'f', *rate < 10 ? 1 : 0);
    const bool isCounted = metrics.usage.source == Usage::Source::Provider;
    parts << tr("%1 tokens in, %2 out (%3)")
                 .arg(metrics.usage.promptTokens.value_or(0))
                 .arg(metrics.usage.completionTokens.value_or(0))
                 .arg(isCounted ? tr("counted by the provider") : tr("estimated"));
    return parts.join(QStringLiteral(" · "));
}

void reportError(Console &console, const Error &error, const QString &subject)
{
    const QString status = error.httpStatus == 0 ? QString() : tr(" (HTTP %1)").arg(error.httpStatus);
    const QString prefix = subject.isEmpty() ? QString() : QString(subject % u": ");
    const QString message = error.message.isEmpty() ? kindName(error.kind) : error.message;
    console.err.writeLine(QString(prefix % tr("error: %1").arg(message) % status));
    const QString advice = whatToDo(error);
    if (!advice.isEmpty())
        console.err.writeLine(advice);
}

void reportRetry(Console &console, const Error &error, std::chrono::milliseconds delay)
{
    console.err.writeLine(
        tr("%1 Trying again in %2.").arg(error.message, formatDuration(std::chrono::microseconds(delay))));
}

void reportRetries(Reply &reply, Console &console)
{
    QObject::connect(&reply, &Reply::retryScheduled, &reply,
        [&console](const Error &error, int, std::chrono::milliseconds delay) { reportRetry(console, error, delay); });
}

} // namespace diptych
