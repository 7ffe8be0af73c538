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

QJsonArray encodeCalls(const std::vector<ToolCall> &calls)
{
    QJsonArray array;
    for (const ToolCall &call : calls) {
        QJsonObject object = typed("function", QStringLiteral("function"),
            QJsonObject {{QStringLiteral("name"), repairedText(call.name)},
                {QStringLiteral("arguments"), repairedText(call.arguments)}});
        object.insert(u"id", repairedText(call.id));
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
    [[nodiscard]] QJsonObject messageOf(const Message &message);
    [[nodiscard]] QJsonArray partsOf(const Message &message);
    void addOpaque(const Message &message, QJsonObject &object, QJsonArray &parts);
    void note(const QString &reason)
    {
        if (!m_reasons.contains(reason))
            m_reasons.append(reason);
    }

    BodyEncoder &m_encoder;
    QString m_path; // of the message being written
    QStringList m_reasons; // why the messages have another form
    bool m_hasLostThoughts = false;
};

void MessageWriter::write(const std::vector<Message> &messages)
{
    QJsonArray array;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        m_path = element(QStringLiteral("messages"), i);
        array.append(messageOf(messages[i]));
    }
    const QString name = QStringLiteral("messages");
    if (m_reasons.isEmpty())
        m_encoder.sent(name, array);
    else
        m_encoder.converted(name, name, array, m_reasons.join(QLatin1String("; ")));
    if (m_hasLostThoughts)
        m_encoder.dropped(QStringLiteral("messages[].reasoning"), translated("earlier thoughts are not sent back"));
}

QJsonObject MessageWriter::messageOf(const Message &message)
{
    QJsonObject object {{QStringLiteral("role"), roleName(message.role)}};
    if (message.role == Role::Developer) {
        object.insert(u"role", roleName(Role::System));
        note(translated("a developer's message is a system message here"));
    }
    QJsonArray parts;
    addOpaque(message, object, parts);
    for (const QJsonValue &part : partsOf(message))
        parts.append(part);
    if (!message.refusal.isEmpty()) {
        note(translated("an earlier refusal is text"));
        parts.append(textPart(message.refusal));
    }
    // One text is written as a string, which is what the asker wrote.
    const bool isSingleText = parts.size() == 1 && parts.first()[u"type"] == QLatin1String("text");
    if (isSingleText)
        object.insert(u"content", parts.first()[u"text"]);
    else if (!parts.isEmpty())
        object.insert(u"content", parts);
    else if (message.toolCalls.empty())
        object.insert(u"content", QString());
    if (!message.toolCalls.empty())
        object.insert(u"tool_calls", encodeCalls(message.toolCalls));
    if (!message.toolCallId.isEmpty())
        object.insert(u"tool_call_id", repairedText(message.toolCallId));
    return object;
}

void MessageWriter::addOpaque(const Message &message, QJsonObject &object, QJsonArray &parts)
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
            object.insert(u"tool_plan", piece[u"tool_plan"]);
        if (piece[u"block"].isObject())
            parts.append(piece[u"block"]);
    }
    if (hasOwn)
        note(translated("earlier thoughts and plans go back as they came"));
    else if (!message.reasoning.isEmpty())
        m_hasLostThoughts = true;
    for (const QString &provider : strangers)
        m_encoder.dropped(m_path + QStringLiteral(".opaque"), translated("only \"%1\" understands it").arg(provider));
}

QJsonArray MessageWriter::partsOf(const Message &message)
{
    QJsonArray parts;
    for (std::size_t i = 0; i < message.content.size(); ++i) {
        const ContentPart &part = message.content[i];
        const QString path = element(m_path + QStringLiteral(".content"), i);
        if (const auto *text = std::get_if<TextPart>(&part)) {
            parts.append(textPart(text->text));
        } else if (const auto *image = std::get_if<ImagePart>(&part)) {
            if (message.role != Role::User) {
                m_encoder.unmapped(path + QStringLiteral(".image_url"), translated("only the user can show pictures"));
                continue;
            }
            QJsonObject source {{QStringLiteral("url"), repairedText(image->url)}};
            if (!image->detail.isEmpty())
                source.insert(u"detail", image->detail);
            parts.append(typed("image_url", QStringLiteral("image_url"), source));
        } else {
            const bool isUrl = std::holds_alternative<AudioUrlPart>(part);
            m_encoder.unmapped(path + (isUrl ? QStringLiteral(".audio_url") : QStringLiteral(".input_audio")),
                translated("Cohere's chat takes no sound"));
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
