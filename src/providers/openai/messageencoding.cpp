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

    [[nodiscard]] QJsonObject encode(const Message &message, std::size_t index);

private:
    [[nodiscard]] QJsonValue encodeContent(const Message &message);
    [[nodiscard]] QString encodeRole(const Message &message);

    [[nodiscard]] QString path() const { return QStringLiteral("messages[%1]").arg(m_index); }

    const MessageDialect &m_dialect;
    BodyEncoder &m_encoder;
    std::size_t m_index = 0;
};

// Only the user may send parts everywhere; the other roles take a string, so several texts are joined there.
QJsonValue MessageWriter::encodeContent(const Message &message)
{
    const auto isText = [](const ContentPart &part) { return std::holds_alternative<TextPart>(part); };
    const bool isTextOnly = std::all_of(message.content.begin(), message.content.end(), isText);
    if (isTextOnly && (message.role != Role::User || message.content.size() < 2)) {
        if (message.content.empty() && (!message.toolCalls.empty() || !message.refusal.isEmpty()))
            return QJsonValue::Null;
        return repairedText(message.text());
    }
    QJsonArray parts;
    for (std::size_t i = 0; i < message.content.size(); ++i) {
        if (const std::optional<QJsonObject> part = std::visit(PartEncoder {m_dialect}, message.content[i]))
            parts.append(*part);
        else
            m_encoder.unmapped(path() + QStringLiteral(".content[%1].audio_url").arg(i),
                translated("this API takes sound only as data, not by its address"));
    }
    return parts.isEmpty() ? QJsonValue(QString()) : QJsonValue(parts);
}

QString MessageWriter::encodeRole(const Message &message)
{
    if (message.role != Role::Developer || m_dialect.hasDeveloper)
        return roleName(message.role);
    m_encoder.convertedPart(path() + QStringLiteral(".role"), QStringLiteral("messages[].role"),
        translated("this server knows no developer, only the system"));
    return roleName(Role::System);
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

QJsonObject MessageWriter::encode(const Message &message, std::size_t index)
{
    m_index = index;
    QJsonObject object {
        {QStringLiteral("role"), encodeRole(message)}, {QStringLiteral("content"), encodeContent(message)}};
    if (!message.toolCalls.empty())
        object.insert(u"tool_calls", encodeToolCalls(message.toolCalls));
    if (!message.toolCallId.isEmpty())
        object.insert(u"tool_call_id", repairedText(message.toolCallId));
    if (message.refusal.isEmpty())
        return object;
    if (m_dialect.hasRefusals)
        object.insert(u"refusal", repairedText(message.refusal));
    else
        m_encoder.unmapped(path() + QStringLiteral(".refusal"), translated("this server has no such field"));
    return object;
}

} // namespace

QJsonArray encodeMessages(const std::vector<Message> &messages, const MessageDialect &dialect, BodyEncoder &encoder)
{
    MessageWriter writer(dialect, encoder);
    QJsonArray array;
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
