// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/messageencoding.h"

#include "providers/common/jsontext.h"

#include <QJsonObject>

#include <algorithm>

namespace diptych::openai {

namespace {

QJsonObject withType(const char *type, const QString &key, const QJsonValue &value)
{
    return {{QStringLiteral("type"), QString::fromLatin1(type)}, {key, value}};
}

/// Source: Azure AI Model Inference API, content items; the nested form of input_audio is the one in use.
struct PartEncoder {
    QJsonObject operator()(const TextPart &part) const
    {
        return withType("text", QStringLiteral("text"), repairedText(part.text));
    }
    QJsonObject operator()(const ImagePart &part) const
    {
        QJsonObject image {{QStringLiteral("url"), repairedText(part.url)}};
        if (!part.detail.isEmpty())
            image.insert(u"detail", part.detail);
        return withType("image_url", QStringLiteral("image_url"), image);
    }
    QJsonObject operator()(const AudioPart &part) const
    {
        return withType("input_audio", QStringLiteral("input_audio"),
            QJsonObject {{QStringLiteral("data"), QString::fromLatin1(part.data.toBase64())},
                {QStringLiteral("format"), part.format}});
    }
    QJsonObject operator()(const AudioUrlPart &part) const
    {
        return withType(
            "audio_url", QStringLiteral("audio_url"), QJsonObject {{QStringLiteral("url"), repairedText(part.url)}});
    }
};

// Only the user may send parts everywhere; the other roles take a string, so several texts are joined there.
QJsonValue encodeContent(const Message &message)
{
    const auto isText = [](const ContentPart &part) { return std::holds_alternative<TextPart>(part); };
    const bool isTextOnly = std::all_of(message.content.begin(), message.content.end(), isText);
    if (isTextOnly && (message.role != Role::User || message.content.size() < 2)) {
        if (message.content.empty() && (!message.toolCalls.empty() || !message.refusal.isEmpty()))
            return QJsonValue::Null;
        return repairedText(message.text());
    }
    QJsonArray parts;
    for (const ContentPart &part : message.content)
        parts.append(std::visit(PartEncoder(), part));
    return parts;
}

QJsonArray encodeToolCalls(const std::vector<ToolCall> &calls)
{
    QJsonArray array;
    for (const ToolCall &call : calls) {
        array.append(QJsonObject {{QStringLiteral("id"), repairedText(call.id)},
            {QStringLiteral("type"), QStringLiteral("function")},
            {QStringLiteral("function"),
                QJsonObject {{QStringLiteral("name"), repairedText(call.name)},
                    {QStringLiteral("arguments"), repairedText(call.arguments)}}}});
    }
    return array;
}

QJsonObject encodeMessage(const Message &message)
{
    QJsonObject object {
        {QStringLiteral("role"), roleName(message.role)}, {QStringLiteral("content"), encodeContent(message)}};
    if (!message.toolCalls.empty())
        object.insert(u"tool_calls", encodeToolCalls(message.toolCalls));
    if (!message.toolCallId.isEmpty())
        object.insert(u"tool_call_id", repairedText(message.toolCallId));
    if (!message.refusal.isEmpty())
        object.insert(u"refusal", repairedText(message.refusal));
    return object;
}

} // namespace

QJsonArray encodeMessages(const std::vector<Message> &messages)
{
    QJsonArray array;
    for (const Message &message : messages)
        array.append(encodeMessage(message));
    return array;
}

QJsonArray encodeTools(const std::vector<Tool> &tools)
{
    QJsonArray array;
    for (const Tool &tool : tools) {
        QJsonObject function {{QStringLiteral("name"), repairedText(tool.name)}};
        if (!tool.description.isEmpty())
            function.insert(u"description", repairedText(tool.description));
        if (!tool.parameters.isEmpty())
            function.insert(u"parameters", tool.parameters);
        if (tool.strict)
            function.insert(u"strict", *tool.strict);
        array.append(withType("function", QStringLiteral("function"), function));
    }
    return array;
}

QJsonValue encodeToolChoice(const ToolChoice &choice)
{
    switch (choice.mode) {
    case ToolChoice::Mode::Auto:
        return QStringLiteral("auto");
    case ToolChoice::Mode::None:
        return QStringLiteral("none");
    case ToolChoice::Mode::Required:
        return QStringLiteral("required");
    case ToolChoice::Mode::Named:
        break;
    }
    return withType(
        "function", QStringLiteral("function"), QJsonObject {{QStringLiteral("name"), repairedText(choice.name)}});
}

QJsonObject encodeResponseFormat(const ResponseFormat &format)
{
    const QString type = QStringLiteral("type");
    if (format.type == ResponseFormat::Type::Text)
        return {{type, QStringLiteral("text")}};
    if (format.type == ResponseFormat::Type::JsonObject)
        return {{type, QStringLiteral("json_object")}};
    QJsonObject schema {{QStringLiteral("name"), repairedText(format.name)}, {QStringLiteral("schema"), format.schema}};
    if (!format.description.isEmpty())
        schema.insert(u"description", repairedText(format.description));
    if (format.strict)
        schema.insert(u"strict", *format.strict);
    return withType("json_schema", QStringLiteral("json_schema"), schema);
}

} // namespace diptych::openai
