// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/answerprinter.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::AnswerPrinter", text);
}

} // namespace

AnswerPrinter::Style AnswerPrinter::style(const QCommandLineParser &parser)
{
    return {.isJson = parser.isSet(QStringLiteral("json")), .isQuiet = parser.isSet(QStringLiteral("quiet"))};
}

AnswerPrinter::AnswerPrinter(Console &console, Style style)
    : m_console(console)
    , m_style(std::move(style))
{
}

void AnswerPrinter::begin(const Reply &reply)
{
    if (m_style.isQuiet)
        return;
    for (const Change &change : reply.changeLog()) {
        const QString subject = m_style.subject.isEmpty() ? QString() : QString(m_style.subject % u": ");
        if (change.kind == Change::Kind::Dropped)
            m_console.err.writeLine(QString(subject % tr("left out %1: %2").arg(change.field, change.reason)));
        else if (change.kind == Change::Kind::Converted)
            m_console.err.writeLine(
                QString(subject % tr("changed %1 into %2: %3").arg(change.field, change.wire, change.reason)));
    }
}

void AnswerPrinter::delta(const ChatDelta &delta)
{
    QJsonObject more;
    if (!delta.reasoning.isEmpty())
        more.insert(QStringLiteral("reasoning"), delta.reasoning);
    if (!delta.refusal.isEmpty())
        more.insert(QStringLiteral("refusal"), delta.refusal);
    writeText(delta.choice, delta.text, more);
}

void AnswerPrinter::delta(const CompletionDelta &delta)
{
    writeText(delta.choice, delta.text, {});
}

void AnswerPrinter::writeText(int choice, const QString &text, const QJsonObject &more)
{
    if (m_style.isJson) {
        if (text.isEmpty() && more.isEmpty())
            return;
        QJsonObject line = more;
        line.insert(QStringLiteral("type"), QStringLiteral("delta"));
        line.insert(QStringLiteral("choice"), choice);
        line.insert(QStringLiteral("text"), text);
        writeJson(line);
        return;
    }
    if (choice > 0 || text.isEmpty()) // only one answer is asked for
        return;
    m_console.out.write(text);
    m_endsWithLineFeed = text.endsWith(u'\n');
}

void AnswerPrinter::writeJson(QJsonObject line)
{
    for (auto it = m_style.tag.begin(); it != m_style.tag.end(); ++it)
        line.insert(it.key(), it.value());
    m_console.out.writeLine(jsonLine(line));
}

void AnswerPrinter::answerCalls(const std::vector<ToolCall> &calls, const std::vector<Message> &results)
{
    QJsonArray array;
    for (std::size_t i = 0; i < calls.size() && i < results.size(); ++i) {
        const ToolCall &call = calls[i];
        array.append(QJsonObject {{QStringLiteral("id"), call.id}, {QStringLiteral("name"), call.name},
            {QStringLiteral("arguments"), call.arguments}, {QStringLiteral("result"), results[i].text()}});
        if (!m_style.isJson && !m_style.isQuiet)
            m_console.err.writeLine(QStringLiteral("%1(%2) → %3").arg(call.name, call.arguments, results[i].text()));
    }
    if (m_style.isJson)
        writeJson({{QStringLiteral("type"), QStringLiteral("tool_results")}, {QStringLiteral("tool_calls"), array}});
    else if (!m_endsWithLineFeed)
        m_console.out.writeLine();
    m_endsWithLineFeed = true;
}

ExitCode AnswerPrinter::finish(const ChatReply &reply, qsizetype promptLength)
{
    const ChatResponse &response = reply.response();
    Summary summary {.text = response.text(), .model = response.model, .usage = response.usage};
    if (!response.choices.empty()) {
        summary.finishReason = response.choices.front().finishReason;
        summary.refusal = response.choices.front().message.refusal;
        summary.toolCalls = response.choices.front().message.toolCalls;
    }
    return finish(reply, summary, promptLength);
}

ExitCode AnswerPrinter::finish(const CompletionReply &reply, qsizetype promptLength)
{
    const CompletionResponse &response = reply.response();
    Summary summary {.text = response.text(), .model = response.model, .usage = response.usage};
    if (!response.choices.empty())
        summary.finishReason = response.choices.front().finishReason;
    return finish(reply, summary, promptLength);
}

ExitCode AnswerPrinter::finish(const Reply &reply, const Summary &summary, qsizetype promptLength)
{
    if (!m_style.isJson && !m_endsWithLineFeed)
        m_console.out.writeLine();
    if (reply.error()) {
        if (m_style.isJson)
            writeJson(toJson(*reply.error()));
        reportError(m_console, *reply.error(), m_style.subject);
        return exitCodeFor(*reply.error());
    }
    const AnswerMetrics metrics = measure(reply.exchange(), summary.usage, promptLength, summary.text.size());
    if (m_style.isJson)
        writeDone(summary, metrics);
    else
        writeCalls(summary);
    if (m_style.isJson || m_style.isQuiet)
        return ExitCode::Ok;
    if (m_style.isComparison)
        m_console.out.writeLine(QString(u'\n' % toText(metrics)));
    else
        m_console.err.writeLine(toText(metrics));
    return ExitCode::Ok;
}

void AnswerPrinter::writeDone(const Summary &summary, const AnswerMetrics &metrics)
{
    QJsonObject line {{QStringLiteral("type"), QStringLiteral("done")}, {QStringLiteral("model"), summary.model},
        {QStringLiteral("finish_reason"), summary.finishReason}, {QStringLiteral("text"), summary.text},
        {QStringLiteral("metrics"), toJson(metrics)}, {QStringLiteral("usage"), toJson(metrics.usage)}};
    QJsonArray calls;
    for (const ToolCall &call : summary.toolCalls) {
        calls.append(QJsonObject {{QStringLiteral("id"), call.id}, {QStringLiteral("name"), call.name},
            {QStringLiteral("arguments"), call.arguments}});
    }
    if (!calls.isEmpty())
        line.insert(QStringLiteral("tool_calls"), calls);
    writeJson(line);
}

void AnswerPrinter::writeCalls(const Summary &summary)
{
    for (const ToolCall &call : summary.toolCalls)
        m_console.out.writeLine(QStringLiteral("%1(%2)").arg(call.name, call.arguments));
    if (!summary.refusal.isEmpty())
        m_console.err.writeLine(summary.refusal);
}

} // namespace diptych
