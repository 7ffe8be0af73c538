// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/promptsource.h"

#include "cli/command.h"
#include "cli/inputfile.h"
#include "gateway/openai/requestdecoder.h"
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

/// `values` with those of --var on top. A name that the template does not have is a slip of the pen.
Result<QJsonObject> variables(const QCommandLineParser &parser, const QString &text, QJsonObject values)
{
    const QStringList used = templateVariables(text);
    QStringList known;
    for (const QString &name : used)
        known.append(name.section(u'.', 0, 0));
    const QStringList pairs = parser.values(QStringLiteral("var"));
    for (const QString &pair : pairs) {
        const QString name = pair.section(u'=', 0, 0);
        if (name.isEmpty() || !pair.contains(u'='))
            return usageError(tr("--var takes name=value, not \"%1\".").arg(pair));
        if (!known.contains(name)) {
            return usageError(tr("--var: there is no variable \"%1\"; there are: %2.")
                                  .arg(name, used.isEmpty() ? tr("none") : used.join(QStringLiteral(", "))));
        }
        values.insert(name, variableOf(pair.section(u'=', 1)));
    }
    return values;
}

Result<std::vector<Message>> fill(const QCommandLineParser &parser, const QString &text, const QJsonObject &samples)
{
    const Result<QJsonObject> values = variables(parser, text, samples);
    if (!values)
        return Failure(values.error());
    Result<std::vector<Message>> messages = fillMessages(text, *values);
    if (messages)
        return messages;
    const Error &error = messages.error();
    return usageError(error.parameter.isEmpty() ? error.message
                                                : tr("%1 Give it with --var %2=…").arg(error.message, error.parameter));
}

Result<ChatRequest> readPromptFile(const QCommandLineParser &parser)
{
    const QString option = QStringLiteral("prompt-file");
    const QString path = parser.value(option);
    const Result<QByteArray> content = inputfile::read(option, path);
    if (!content)
        return Failure(content.error());
    const Result<PromptFile> file = parsePromptFile(*content);
    if (!file)
        return usageError(tr("--prompt-file: %1: %2").arg(path, file.error().message));
    Result<std::vector<Message>> messages = fill(parser, file->text, file->values);
    if (!messages)
        return usageError(tr("%1: %2").arg(path, messages.error().message));
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
        {QStringLiteral("var"), tr("The value of a {{variable}} in it, or in the prompt; may be given several times."),
            tr("name=value")},
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
    if (isList && parser.isSet(QStringLiteral("var")))
        return usageError(tr("--var is for --prompt-file and for a prompt on the command line."));
    if (isFile)
        return readPromptFile(parser);
    return isList ? readMessages(parser) : ChatRequest();
}

Result<std::vector<Message>> messagesOf(const QCommandLineParser &parser, const QString &prompt)
{
    if (!parser.isSet(QStringLiteral("var")) || parser.isSet(QStringLiteral("prompt-file")))
        return std::vector<Message> {Message::fromText(Role::User, prompt)};
    Result<std::vector<Message>> messages = fill(parser, prompt, {});
    if (messages && messages->size() == 1) // nothing says that it is another's
        messages->front().role = Role::User;
    return messages;
}

} // namespace diptych::promptsource
