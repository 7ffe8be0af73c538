// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/toolresults.h"

#include "cli/command.h"
#include "cli/inputfile.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::ToolResults", text);
}

/// Texts go as they are, everything else as JSON.
QString resultText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    const QByteArray wrapped = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(wrapped.mid(1, wrapped.size() - 2));
}

} // namespace

void ToolResults::addOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {QStringLiteral("tool-result"),
            tr("What a function of --tools gives back; it is sent and the answer awaited. May be given several times."),
            tr("name=text")},
        {QStringLiteral("tool-results"), tr("A JSON file with an object: function names and their results."),
            tr("file")},
    });
}

Result<ToolResults> ToolResults::read(const QCommandLineParser &parser, const ChatRequest &request)
{
    ToolResults results;
    const QString option = QStringLiteral("tool-results");
    if (parser.isSet(option)) {
        const Result<QJsonDocument> document = inputfile::readJson(option, parser.value(option));
        if (!document)
            return Failure(document.error());
        if (!document->isObject() || document->object().isEmpty())
            return usageError(tr("--tool-results: %1 holds no object of names and results.").arg(parser.value(option)));
        const QJsonObject object = document->object();
        for (auto result = object.begin(); result != object.end(); ++result)
            results.m_results.insert(result.key(), resultText(result.value()));
    }
    const QStringList pairs = parser.values(QStringLiteral("tool-result"));
    for (const QString &pair : pairs) {
        const qsizetype equals = pair.indexOf(u'=');
        if (equals < 1)
            return usageError(tr("--tool-result takes name=text, not \"%1\".").arg(pair));
        results.m_results.insert(pair.left(equals), pair.mid(equals + 1));
    }
    const QStringList names = results.m_results.keys();
    for (const QString &name : names) {
        const bool isOffered = std::any_of(
            request.tools.begin(), request.tools.end(), [&name](const Tool &tool) { return tool.name == name; });
        if (!isOffered)
            return usageError(
                tr("No function \"%1\" is offered to the model; name it in the file of --tools.").arg(name));
    }
    return results;
}

QStringList ToolResults::missing(const std::vector<ToolCall> &calls) const
{
    QStringList names;
    for (const ToolCall &call : calls) {
        if (!m_results.contains(call.name) && !names.contains(call.name))
            names.append(call.name);
    }
    return names;
}

std::vector<Message> ToolResults::answers(const std::vector<ToolCall> &calls) const
{
    std::vector<Message> messages;
    for (const ToolCall &call : calls) {
        Message message = Message::fromText(Role::Tool, m_results.value(call.name));
        message.toolCallId = call.id;
        messages.push_back(std::move(message));
    }
    return messages;
}

} // namespace diptych
