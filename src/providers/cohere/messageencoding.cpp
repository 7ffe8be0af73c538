// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/cohere/messageencoding.h"

#include "providers/common/jsontext.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QStringList>

#include <set>

namespace diptych::cohere {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::CohereEncoder", text);
}

constexpr QLatin1String contentName("content");

QJsonObject typed(const char *type, const QString &key, const QJsonValue &value)
{
    return {{QStringLiteral("type"), QString::fromLatin1(type)}, {key, value}};
}

QJsonObject textPart(const QString &text)
{
    return typed("text", QStringLiteral("text"), repairedText(text));
}

QString element(const QString &list, std::size_t index)
{
    return list % u'[' % QString::number(index) % u']';
}

JsonArrayBuilder encodeCalls(const std::vector<ToolCall> &calls)
{
    JsonArrayBuilder array;
    for (const ToolCall &call : calls) {
        JsonObjectBuilder function;
        function.insert(QLatin1String("name"), call.name);
        function.insert(QLatin1String("arguments"), call.arguments);
        JsonObjectBuilder object;
        object.insert(QLatin1String("type"), QStringLiteral("function"));
        object.insert(QLatin1String("function"), function);
        object.insert(QLatin1String("id"), call.id);
        array.append(object);
    }
    return array;
}

/// Writes the messages of one request one after the other.
class MessageWriter
{
public:
    explicit MessageWriter(BodyEncoder &encoder)
        : m_encoder(encoder)
    {
    }

    void write(const std::vector<Message> &messages);

private:
    [[nodiscard]] JsonObjectBuilder messageOf(const Message &message);
    void addContent(const Message &message, QJsonArray parts, JsonObjectBuilder &object);
    [[nodiscard]] QJsonArray partsOf(const Message &message);
    void addOpaque(const Message &message, JsonObjectBuilder &object, QJsonArray &parts);
    [[nodiscard]] QString path() const { return element(QStringLiteral("messages"), m_index); }
    void note(const QString &reason)
    {
        if (!m_reasons.contains(reason))
            m_reasons.append(reason);
    }

    BodyEncoder &m_encoder;
    std::size_t m_index = 0; // of the message being written
    QStringList m_reasons; // why the messages have another form
    bool m_hasLostThoughts = false;
};

void MessageWriter::write(const std::vector<Message> &messages)
{
    JsonArrayBuilder array;
    for (m_index = 0; m_index < messages.size(); ++m_index)
        array.append(messageOf(messages[m_index]));
    const QString name = QStringLiteral("messages");
    if (m_reasons.isEmpty())
        m_encoder.sent(name, array);
    else
        m_encoder.converted(name, name, array, m_reasons.join(QLatin1String("; ")));
    if (m_hasLostThoughts)
        m_encoder.dropped(QStringLiteral("messages[].reasoning"), translated("earlier thoughts are not sent back"));
}

JsonObjectBuilder MessageWriter::messageOf(const Message &message)
{
    const bool isDeveloper = message.role == Role::Developer;
    if (isDeveloper)
        note(translated("a developer's message is a system message here"));
    JsonObjectBuilder object;
    object.insert(QLatin1String("role"), roleName(isDeveloper ? Role::System : message.role));
    QJsonArray opaque;
    addOpaque(message, object, opaque);
    const auto *text = message.content.size() == 1 ? std::get_if<TextPart>(&message.content.front()) : nullptr;
    if (text && opaque.isEmpty() && message.refusal.isEmpty())
        object.insert(contentName, text->text);
    else
        addContent(message, opaque, object);
    if (!message.toolCalls.empty())
        object.insert(QLatin1String("tool_calls"), encodeCalls(message.toolCalls));
    if (!message.toolCallId.isEmpty())
        object.insert(QLatin1String("tool_call_id"), message.toolCallId);
    return object;
}

/// What the message says, after the parts that are there already.
void MessageWriter::addContent(const Message &message, QJsonArray parts, JsonObjectBuilder &object)
{
    for (const QJsonValue &part : partsOf(message))
        parts.append(part);
    if (!message.refusal.isEmpty()) {
        note(translated("an earlier refusal is text"));
        parts.append(textPart(message.refusal));
    }
    // One text is written as a string, which is what the asker wrote.
    const bool isSingleText = parts.size() == 1 && parts.first()[u"type"] == QLatin1String("text");
    if (isSingleText)
        object.insert(contentName, parts.first()[u"text"]);
    else if (!parts.isEmpty())
        object.insert(contentName, parts);
    else if (message.toolCalls.empty())
        object.insert(contentName, QString());
}

void MessageWriter::addOpaque(const Message &message, JsonObjectBuilder &object, QJsonArray &parts)
{
    std::set<QString> strangers;
    bool hasOwn = false;
    for (const QJsonValue &piece : message.opaque) {
        if (const QString provider = piece[u"provider"].toString(); provider != QLatin1String("cohere")) {
            strangers.insert(provider);
            continue;
        }
        hasOwn = true;
        if (piece[u"tool_plan"].isString())
            object.insert(QLatin1String("tool_plan"), QJsonValue(piece[u"tool_plan"]));
        if (piece[u"block"].isObject())
            parts.append(piece[u"block"]);
    }
    if (hasOwn)
        note(translated("earlier thoughts and plans go back as they came"));
    else if (!message.reasoning.isEmpty())
        m_hasLostThoughts = true;
    for (const QString &provider : strangers)
        m_encoder.dropped(path() + QStringLiteral(".opaque"), translated("only \"%1\" understands it").arg(provider));
}

QJsonArray MessageWriter::partsOf(const Message &message)
{
    QJsonArray parts;
    for (std::size_t i = 0; i < message.content.size(); ++i) {
        const ContentPart &part = message.content[i];
        const auto pathOf = [this, i](const char16_t *member) -> QString {
            return element(path() + QStringLiteral(".content"), i) + QString::fromUtf16(member);
        };
        if (const auto *text = std::get_if<TextPart>(&part)) {
            parts.append(textPart(text->text));
        } else if (const auto *image = std::get_if<ImagePart>(&part)) {
            if (message.role != Role::User) {
                m_encoder.unmapped(pathOf(u".image_url"), translated("only the user can show pictures"));
                continue;
            }
            QJsonObject source {{QStringLiteral("url"), repairedText(image->url)}};
            if (!image->detail.isEmpty())
                source.insert(u"detail", image->detail);
            parts.append(typed("image_url", QStringLiteral("image_url"), source));
        } else {
            const bool isUrl = std::holds_alternative<AudioUrlPart>(part);
            m_encoder.unmapped(
                pathOf(isUrl ? u".audio_url" : u".input_audio"), translated("Cohere's chat takes no sound"));
        }
    }
    return parts;
}

} // namespace

void writeMessages(BodyEncoder &encoder, const std::vector<Message> &messages)
{
    MessageWriter(encoder).write(messages);
}

} // namespace diptych::cohere
