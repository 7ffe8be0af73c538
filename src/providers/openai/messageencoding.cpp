// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/messageencoding.h"

#include "providers/common/jsontext.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>
#include <optional>

namespace diptych::openai {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::RequestEncoder", text);
}

QJsonObject withType(const char *type, const QString &key, const QJsonValue &value)
{
    return {{QStringLiteral("type"), QString::fromLatin1(type)}, {key, value}};
}

QJsonObject audioText(const QString &text)
{
    return withType("input_audio", QStringLiteral("input_audio"), text);
}

/// Nothing for a part that the server has no form for.
/// Source: Azure AI Model Inference API, content items; the nested form of input_audio is the one in use. Mistral API,
/// AudioChunk.
struct PartEncoder {
    using Part = std::optional<QJsonObject>;

    Part operator()(const TextPart &part) const
    {
        return withType("text", QStringLiteral("text"), repairedText(part.text));
    }
    Part operator()(const ImagePart &part) const { return encodeImage(part); }
    Part operator()(const AudioPart &part) const
    {
        const QString base64 = QString::fromLatin1(part.data.toBase64());
        if (dialect.isAudioText)
            return audioText(base64);
        return withType("input_audio", QStringLiteral("input_audio"),
            QJsonObject {{QStringLiteral("data"), base64}, {QStringLiteral("format"), part.format}});
    }
    Part operator()(const AudioUrlPart &part) const
    {
        if (dialect.isAudioText)
            return audioText(repairedText(part.url));
        if (!dialect.takesAudioUrls)
            return std::nullopt;
        return withType(
            "audio_url", QStringLiteral("audio_url"), QJsonObject {{QStringLiteral("url"), repairedText(part.url)}});
    }

    const MessageDialect &dialect;
};

/// One message after the other, with lines for what does not come along.
class MessageWriter
{
public:
    MessageWriter(const MessageDialect &dialect, BodyEncoder &encoder)
        : m_dialect(dialect)
        , m_encoder(encoder)
    {
    }

    [[nodiscard]] JsonObjectBuilder encode(const Message &message, std::size_t index);

private:
    void encodeContent(const Message &message, JsonObjectBuilder &object);
    [[nodiscard]] QString encodeRole(const Message &message);

    [[nodiscard]] QString path() const { return QStringLiteral("messages[%1]").arg(m_index); }

    const MessageDialect &m_dialect;
    BodyEncoder &m_encoder;
    std::size_t m_index = 0;
};

// Only the user may send parts everywhere; the other roles take a string, so several texts are joined there.
void MessageWriter::encodeContent(const Message &message, JsonObjectBuilder &object)
{
    constexpr QLatin1String name("content");
    const auto isText = [](const ContentPart &part) { return std::holds_alternative<TextPart>(part); };
    const bool isTextOnly = std::all_of(message.content.begin(), message.content.end(), isText);
    if (isTextOnly && (message.role != Role::User || message.content.size() < 2)) {
        if (message.content.empty() && (!message.toolCalls.empty() || !message.refusal.isEmpty()))
            object.insert(name, QJsonValue::Null);
        else
            object.insert(name, message.text());
        return;
    }
    JsonArrayBuilder parts;
    for (std::size_t i = 0; i < message.content.size(); ++i) {
        if (const std::optional<QJsonObject> part = std::visit(PartEncoder {m_dialect}, message.content[i]))
            parts.append(*part);
        else
            m_encoder.unmapped(path() + QStringLiteral(".content[%1].audio_url").arg(i),
                translated("this API takes sound only as data, not by its address"));
    }
    if (parts.isEmpty())
        object.insert(name, QString());
    else
        object.insert(name, parts);
}

QString MessageWriter::encodeRole(const Message &message)
{
    if (message.role != Role::Developer || m_dialect.hasDeveloper)
        return roleName(message.role);
    m_encoder.convertedPart(path() + QStringLiteral(".role"), QStringLiteral("messages[].role"),
        translated("this server knows no developer, only the system"));
    return roleName(Role::System);
}

JsonObjectBuilder function(const JsonObjectBuilder &description)
{
    JsonObjectBuilder object;
    object.insert(QLatin1String("type"), QStringLiteral("function"));
    object.insert(QLatin1String("function"), description);
    return object;
}

JsonArrayBuilder encodeToolCalls(const std::vector<ToolCall> &calls)
{
    JsonArrayBuilder array;
    for (const ToolCall &call : calls) {
        JsonObjectBuilder called;
        called.insert(QLatin1String("name"), call.name);
        called.insert(QLatin1String("arguments"), call.arguments);
        JsonObjectBuilder object = function(called);
        object.insert(QLatin1String("id"), call.id);
        array.append(object);
    }
    return array;
}

JsonObjectBuilder MessageWriter::encode(const Message &message, std::size_t index)
{
    m_index = index;
    JsonObjectBuilder object;
    object.insert(QLatin1String("role"), encodeRole(message));
    encodeContent(message, object);
    if (!message.toolCalls.empty())
        object.insert(QLatin1String("tool_calls"), encodeToolCalls(message.toolCalls));
    if (!message.toolCallId.isEmpty())
        object.insert(QLatin1String("tool_call_id"), message.toolCallId);
    if (message.refusal.isEmpty())
        return object;
    if (m_dialect.hasRefusals)
        object.insert(QLatin1String("refusal"), message.refusal);
    else
        m_encoder.unmapped(path() + QStringLiteral(".refusal"), translated("this server has no such field"));
    return object;
}

} // namespace

JsonArrayBuilder encodeMessages(
    const std::vector<Message> &messages, const MessageDialect &dialect, BodyEncoder &encoder)
{
    MessageWriter writer(dialect, encoder);
    JsonArrayBuilder array;
    for (std::size_t i = 0; i < messages.size(); ++i)
        array.append(writer.encode(messages[i], i));
    return array;
}

QJsonObject encodeImage(const ImagePart &part)
{
    QJsonObject image {{QStringLiteral("url"), repairedText(part.url)}};
    if (!part.detail.isEmpty())
        image.insert(u"detail", part.detail);
    return withType("image_url", QStringLiteral("image_url"), image);
}

JsonArrayBuilder encodeTools(const std::vector<Tool> &tools)
{
    JsonArrayBuilder array;
    for (const Tool &tool : tools) {
        JsonObjectBuilder description;
        description.insert(QLatin1String("name"), tool.name);
        if (!tool.description.isEmpty())
            description.insert(QLatin1String("description"), tool.description);
        if (!tool.parameters.isEmpty())
            description.insert(QLatin1String("parameters"), tool.parameters);
        if (tool.strict)
            description.insert(QLatin1String("strict"), *tool.strict);
        array.append(function(description));
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
