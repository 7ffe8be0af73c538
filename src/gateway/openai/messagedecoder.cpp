// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/openai/messagedecoder.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace diptych {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::MessageDecoder", source);
}

ContentPart readAudio(FieldReader &part)
{
    FieldReader audio = memberReader(part, QStringLiteral("input_audio"));
    const QString data = requiredText(audio, QStringLiteral("data"));
    AudioPart result {.format = requiredText(audio, QStringLiteral("format"))};
    const auto decoded = QByteArray::fromBase64Encoding(data.toUtf8(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        audio.fail(QStringLiteral("data"), text("%1 must be Base64.").arg(audio.pathOf(QStringLiteral("data"))));
    result.data = decoded.decoded;
    part.adopt(audio);
    return result;
}

std::optional<ContentPart> readPart(FieldReader &part)
{
    const QString type = requiredText(part, QStringLiteral("type"));
    if (type == u"text")
        return TextPart {requiredText(part, QStringLiteral("text"))};
    if (type == u"refusal")
        return TextPart {requiredText(part, QStringLiteral("refusal"))};
    if (type == u"image_url") {
        FieldReader image = memberReader(part, type);
        ImagePart result {.url = requiredText(image, QStringLiteral("url")),
            .detail = image.string(QStringLiteral("detail")).value_or(QString())};
        part.adopt(image);
        return result;
    }
    if (type == u"input_audio")
        return readAudio(part);
    if (type == u"audio_url") {
        FieldReader audio = memberReader(part, type);
        AudioUrlPart result {requiredText(audio, QStringLiteral("url"))};
        part.adopt(audio);
        return result;
    }
    if (!part.hasFailed())
        part.failUnsupported(QStringLiteral("type"), text("Content parts of type \"%1\" are not supported.").arg(type));
    return std::nullopt;
}

void readContent(FieldReader &reader, Message &message)
{
    const QString name = QStringLiteral("content");
    const QJsonValue value = reader.any(name);
    if (value.isString()) {
        message.content.emplace_back(TextPart {value.toString()});
        return;
    }
    if (value.isNull()) {
        if (message.role != Role::Assistant && message.role != Role::Tool)
            reader.failMissing(name);
        return;
    }
    if (!value.isArray()) {
        reader.fail(name, text("%1 must be a string or an array of content parts.").arg(reader.pathOf(name)));
        return;
    }
    const QJsonArray parts = value.toArray();
    for (qsizetype i = 0; i < parts.size() && !reader.hasFailed(); ++i) {
        FieldReader part = elementReader(reader, parts, i, name);
        if (reader.hasFailed())
            return;
        if (auto read = readPart(part))
            message.content.push_back(std::move(*read));
        reader.adopt(part);
    }
}

void readToolCalls(FieldReader &reader, Message &message)
{
    const QString name = QStringLiteral("tool_calls");
    const QJsonArray calls = reader.array(name).value_or(QJsonArray());
    for (qsizetype i = 0; i < calls.size() && !reader.hasFailed(); ++i) {
        FieldReader call = elementReader(reader, calls, i, name);
        FieldReader function = memberReader(call, QStringLiteral("function"));
        message.toolCalls.push_back({.id = requiredText(call, QStringLiteral("id")),
            .name = requiredText(function, QStringLiteral("name")),
            .arguments = requiredText(function, QStringLiteral("arguments"))});
        call.adopt(function);
        reader.adopt(call);
    }
}

Message readMessage(FieldReader &reader)
{
    Message message;
    const QString roleText = requiredText(reader, QStringLiteral("role"));
    const std::optional<Role> role = roleFromName(roleText);
    if (!role) {
        reader.fail(QStringLiteral("role"),
            text("%1 must be system, developer, user, assistant or tool.").arg(reader.pathOf(QStringLiteral("role"))));
        return message;
    }
    message.role = *role;
    readContent(reader, message);
    if (message.role == Role::Assistant) {
        readToolCalls(reader, message);
        message.reasoning = reader.string(QStringLiteral("reasoning_content")).value_or(QString());
        message.refusal = reader.string(QStringLiteral("refusal")).value_or(QString());
    }
    if (message.role == Role::Tool)
        message.toolCallId = requiredText(reader, QStringLiteral("tool_call_id"));
    return message;
}

/// Function and schema names share one rule.
QString readName(FieldReader &reader)
{
    static const QRegularExpression rule(QStringLiteral("\\A[A-Za-z0-9_-]{1,64}\\z"));
    const QString name = requiredText(reader, QStringLiteral("name"));
    if (!rule.match(name).hasMatch())
        reader.fail(QStringLiteral("name"),
            text("%1 must be 1 to 64 letters, digits, _ or -.").arg(reader.pathOf(QStringLiteral("name"))));
    return name;
}

void requireFunctionType(FieldReader &reader)
{
    if (requiredText(reader, QStringLiteral("type")) != u"function")
        reader.fail(
            QStringLiteral("type"), text("%1 must be \"function\".").arg(reader.pathOf(QStringLiteral("type"))));
}

Tool readTool(FieldReader &reader)
{
    requireFunctionType(reader);
    FieldReader function = memberReader(reader, QStringLiteral("function"));
    Tool tool {.name = readName(function),
        .description = function.string(QStringLiteral("description")).value_or(QString()),
        .parameters = function.object(QStringLiteral("parameters")).value_or(QJsonObject()),
        .strict = function.boolean(QStringLiteral("strict"))};
    reader.adopt(function);
    return tool;
}

std::optional<ToolChoice> readToolChoice(FieldReader &body)
{
    const QString name = QStringLiteral("tool_choice");
    const QJsonValue value = body.any(name);
    if (value.isNull())
        return std::nullopt;
    if (value == QStringLiteral("auto"))
        return ToolChoice {.mode = ToolChoice::Mode::Auto};
    if (value == QStringLiteral("none"))
        return ToolChoice {.mode = ToolChoice::Mode::None};
    if (value == QStringLiteral("required"))
        return ToolChoice {.mode = ToolChoice::Mode::Required};
    if (!value.isObject()) {
        body.fail(name, text("tool_choice must be auto, none, required or an object that names a function."));
        return std::nullopt;
    }
    FieldReader choice(value.toObject(), name);
    requireFunctionType(choice);
    FieldReader function = memberReader(choice, QStringLiteral("function"));
    ToolChoice result {.mode = ToolChoice::Mode::Named, .name = requiredText(function, QStringLiteral("name"))};
    choice.adopt(function);
    body.adopt(choice);
    return result;
}

} // namespace

std::vector<Message> readMessages(FieldReader &body)
{
    const QString name = QStringLiteral("messages");
    std::vector<Message> messages;
    const std::optional<QJsonArray> array = body.array(name);
    if (!array) {
        body.failMissing(name);
        return messages;
    }
    if (array->isEmpty())
        body.fail(name, text("messages must have at least one message."));
    messages.reserve(static_cast<std::size_t>(array->size()));
    for (qsizetype i = 0; i < array->size() && !body.hasFailed(); ++i) {
        FieldReader reader = elementReader(body, *array, i, name);
        if (body.hasFailed())
            break;
        messages.push_back(readMessage(reader));
        body.adopt(reader);
    }
    return messages;
}

void readTools(FieldReader &body, ChatRequest &request)
{
    const QString name = QStringLiteral("tools");
    const QJsonArray tools = body.array(name).value_or(QJsonArray());
    for (qsizetype i = 0; i < tools.size() && !body.hasFailed(); ++i) {
        FieldReader reader = elementReader(body, tools, i, name);
        request.tools.push_back(readTool(reader));
        body.adopt(reader);
    }
    request.toolChoice = readToolChoice(body);
    if (!request.toolChoice)
        return;
    const bool named = request.toolChoice->mode == ToolChoice::Mode::Named;
    if (request.tools.empty() && (named || request.toolChoice->mode == ToolChoice::Mode::Required))
        body.fail(QStringLiteral("tool_choice"), text("tool_choice needs tools."));
    const auto isChosen = [&request](const Tool &tool) { return tool.name == request.toolChoice->name; };
    if (named && std::none_of(request.tools.begin(), request.tools.end(), isChosen))
        body.fail(QStringLiteral("tool_choice"),
            text("tool_choice names \"%1\", which is not among the tools.").arg(request.toolChoice->name));
}

void readResponseFormat(FieldReader &body, ChatRequest &request)
{
    const QString name = QStringLiteral("response_format");
    const std::optional<QJsonObject> object = body.object(name);
    if (!object)
        return;
    FieldReader reader(*object, name);
    ResponseFormat format;
    const QString type = requiredText(reader, QStringLiteral("type"));
    if (type == u"json_object") {
        format.type = ResponseFormat::Type::JsonObject;
    } else if (type == u"json_schema") {
        format.type = ResponseFormat::Type::JsonSchema;
        FieldReader schema = memberReader(reader, QStringLiteral("json_schema"));
        format.name = readName(schema);
        format.description = schema.string(QStringLiteral("description")).value_or(QString());
        format.schema = schema.object(QStringLiteral("schema")).value_or(QJsonObject());
        format.strict = schema.boolean(QStringLiteral("strict"));
        reader.adopt(schema);
    } else if (type != u"text" && !reader.hasFailed()) {
        reader.failUnsupported({}, text("The response format \"%1\" is not supported.").arg(type));
    }
    body.adopt(reader);
    request.responseFormat = format;
}

} // namespace diptych
