// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/promptsource.h"

#include "cli/command.h"
#include "cli/inputfile.h"
#include "gateway/requestdecoder.h"
#include "store/promptfile.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace diptych::promptsource {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::PromptSource", text);
}

/// Objects and lists are for sections; a text that happens to be a number stays the text.
QJsonValue variableOf(const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (document.isObject())
        return document.object();
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(text);
}

Result<QJsonObject> variables(const QCommandLineParser &parser, const PromptFile &file)
{
    const QStringList used = templateVariables(file.text);
    QStringList known;
    for (const QString &name : used)
        known.append(name.section(u'.', 0, 0));
    QJsonObject values = file.values;
    const QStringList pairs = parser.values(QStringLiteral("var"));
    for (const QString &pair : pairs) {
        const QString name = pair.section(u'=', 0, 0);
        if (name.isEmpty() || !pair.contains(u'='))
            return usageError(tr("--var takes name=value, not \"%1\".").arg(pair));
        if (!known.contains(name)) {
            return usageError(tr("--var: %1 has no variable \"%2\"; it has: %3.")
                                  .arg(parser.value(QStringLiteral("prompt-file")), name,
                                      used.isEmpty() ? tr("none") : used.join(QStringLiteral(", "))));
        }
        values.insert(name, variableOf(pair.section(u'=', 1)));
    }
    return values;
}

Result<ChatRequest> readPromptFile(const QCommandLineParser &parser)
{
    const QString option = QStringLiteral("prompt-file");
    const QString path = parser.value(option);
    const auto failed = [&path](const Error &error) {
        return usageError(tr("--prompt-file: %1: %2").arg(path, error.message));
    };
    const Result<QByteArray> content = inputfile::read(option, path);
    if (!content)
        return Failure(content.error());
    const Result<PromptFile> file = parsePromptFile(*content);
    if (!file)
        return failed(file.error());
    const Result<QJsonObject> values = variables(parser, *file);
    if (!values)
        return Failure(values.error());
    Result<std::vector<Message>> messages = fillMessages(file->text, *values);
    if (!messages && !messages.error().parameter.isEmpty())
        return usageError(tr("--prompt-file: %1: %2 Give it with --var %3=…")
                              .arg(path, messages.error().message, messages.error().parameter));
    if (!messages)
        return failed(messages.error());
    ChatRequest request {.model = file->model};
    apply(file->settings, request);
    request.messages = std::move(*messages);
    return request;
}

/// A list of messages, or a whole body as the API takes it.
Result<ChatRequest> readMessages(const QCommandLineParser &parser)
{
    const QString option = QStringLiteral("messages");
    const Result<QJsonDocument> document = inputfile::readJson(option, parser.value(option));
    if (!document)
        return Failure(document.error());
    const QJsonObject body = document->isArray() ? QJsonObject {{option, document->array()}} : document->object();
    auto call = decodeChat(body, {.surface = Surface::Azure, .extras = ExtrasMode::PassThrough});
    if (!call)
        return usageError(tr("--messages: %1: %2").arg(parser.value(option), call.error().message));
    call->request.stream = body.value(u"stream").toBool(true);
    return call->request;
}

} // namespace

void addOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {QStringLiteral("prompt-file"), tr("Take messages and parameters from a .prompty or .prompt.yml file."),
            tr("file")},
        {QStringLiteral("var"), tr("The value of a variable in it; may be given several times."), tr("name=value")},
        {QStringLiteral("messages"),
            tr("Take them from a JSON file: a list of messages, or a body of /chat/completions."), tr("file")},
    });
}

Result<ChatRequest> read(const QCommandLineParser &parser)
{
    const bool isFile = parser.isSet(QStringLiteral("prompt-file"));
    const bool isList = parser.isSet(QStringLiteral("messages"));
    if (isFile && isList)
        return usageError(tr("--prompt-file and --messages exclude each other."));
    if (!isFile && parser.isSet(QStringLiteral("var")))
        return usageError(tr("--var needs --prompt-file."));
    if (isFile)
        return readPromptFile(parser);
    return isList ? readMessages(parser) : ChatRequest();
}

} // namespace diptych::promptsource
