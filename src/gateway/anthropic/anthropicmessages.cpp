// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/anthropic/anthropicmessages.h"

#include "gateway/toolarguments.h"

#include <QCoreApplication>

#include <functional>

namespace diptych {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::AnthropicMessages", source);
}

const QString typeName = QStringLiteral("type");

void refuseType(FieldReader &reader, const QString &type)
{
    if (!reader.hasFailed())
        reader.failUnsupported(typeName, text("%1: \"%2\" is not supported.").arg(reader.pathOf(typeName), type));
}

/// Calls `read` with every block of a member that is an array of blocks, or with one block of text for a string.
void readBlocks(FieldReader &reader, const QString &name, const std::function<void(FieldReader &block)> &read)
{
    const QJsonValue value = reader.any(name);
    if (value.isString()) {
        FieldReader block({{typeName, QStringLiteral("text")}, {QStringLiteral("text"), value}}, reader.pathOf(name));
        read(block);
        return;
    }
    if (!value.isArray()) {
        reader.fail(name, text("%1 must be a string or an array of blocks.").arg(reader.pathOf(name)));
        return;
    }
    const QJsonArray blocks = value.toArray();
    for (qsizetype i = 0; i < blocks.size() && !reader.hasFailed(); ++i) {
        FieldReader block = elementReader(reader, blocks, i, name);
        if (!reader.hasFailed())
            read(block);
        reader.adopt(block);
    }
}

std::optional<ContentPart> readImage(FieldReader &block)
{
    FieldReader source = memberReader(block, QStringLiteral("source"));
    const QString type = requiredText(source, typeName);
    ImagePart image;
    if (type == u"url") {
        image.url = requiredText(source, QStringLiteral("url"));
    } else if (type == u"base64") {
        const QString data = QStringLiteral("data");
        const QString base64 = requiredText(source, data);
        const QString mediaType = requiredText(source, QStringLiteral("media_type"));
        if (!QByteArray::fromBase64Encoding(base64.toUtf8(), QByteArray::AbortOnBase64DecodingErrors))
            source.fail(data, text("%1 must be Base64.").arg(source.pathOf(data)));
        image.url = QStringLiteral("data:%1;base64,%2").arg(mediaType, base64);
    } else {
        refuseType(source, type);
    }
    block.adopt(source);
    return image;
}

QString readText(FieldReader &block)
{
    return requiredText(block, QStringLiteral("text"));
}

/// A document that is text; scans and files need somebody who reads them.
std::optional<ContentPart> readDocument(FieldReader &block)
{
    FieldReader source = memberReader(block, QStringLiteral("source"));
    const QString type = requiredText(source, typeName);
    TextPart part;
    if (type == u"text") {
        part.text = requiredText(source, QStringLiteral("data"));
    } else if (type == u"content") {
        readBlocks(source, QStringLiteral("content"), [&part](FieldReader &inner) {
            if (requiredText(inner, typeName) == u"text")
                part.text += readText(inner);
            else
                refuseType(inner, inner.any(typeName).toString());
        });
    } else {
        refuseType(source, type);
    }
    const QString title = block.string(QStringLiteral("title")).value_or(QString());
    if (!title.isEmpty())
        part.text.prepend(QString(title % QStringLiteral("\n\n")));
    block.adopt(source);
    return part;
}

/// What may stand in a turn as well as in a result. Unset with a mistake for any other type.
std::optional<ContentPart> readPart(FieldReader &block, const QString &type)
{
    if (type == u"text")
        return TextPart {readText(block)};
    if (type == u"image")
        return readImage(block);
    if (type == u"document")
        return readDocument(block);
    refuseType(block, type);
    return std::nullopt;
}

/// Reads one turn, which may become several messages.
class TurnReader
{
public:
    explicit TurnReader(std::vector<Message> &messages)
        : m_messages(messages)
    {
    }

    void read(FieldReader &reader);

private:
    void readBlock(FieldReader &block);
    void readCall(FieldReader &block);
    void readResult(FieldReader &block);
    void readThoughts(FieldReader &block, const QString &type);
    void flush();

    std::vector<Message> &m_messages;
    Message m_current;
    bool m_hasResults = false;
};

void TurnReader::read(FieldReader &reader)
{
    const QString name = QStringLiteral("role");
    const QString role = requiredText(reader, name);
    const bool isKnown = role == u"user" || role == u"assistant" || role == u"system";
    if (!isKnown)
        reader.fail(name, text("%1 must be user or assistant.").arg(reader.pathOf(name)));
    m_current.role = roleFromName(role).value_or(Role::User);
    readBlocks(reader, QStringLiteral("content"), [this](FieldReader &block) { readBlock(block); });
    const bool saysNothing = m_current.content.empty() && m_current.role != Role::Assistant;
    if (saysNothing && !m_hasResults)
        reader.fail(
            QStringLiteral("content"), text("%1 must not be empty.").arg(reader.pathOf(QStringLiteral("content"))));
    if (!saysNothing)
        m_messages.push_back(std::move(m_current));
}

void TurnReader::readBlock(FieldReader &block)
{
    const QString type = requiredText(block, typeName);
    const bool isAssistant = m_current.role == Role::Assistant;
    if (isAssistant && (type == u"thinking" || type == u"redacted_thinking"))
        readThoughts(block, type);
    else if (isAssistant && type == u"tool_use")
        readCall(block);
    else if (m_current.role == Role::User && type == u"tool_result")
        readResult(block);
    else if (auto part = readPart(block, type))
        m_current.content.push_back(std::move(*part));
}

void TurnReader::readCall(FieldReader &block)
{
    const QString input = QStringLiteral("input");
    const std::optional<QJsonObject> arguments = block.object(input);
    if (!arguments)
        block.failMissing(input);
    m_current.toolCalls.push_back({.id = requiredText(block, QStringLiteral("id")),
        .name = requiredText(block, QStringLiteral("name")),
        .arguments = argumentsText(arguments.value_or(QJsonObject()))});
}

void TurnReader::readResult(FieldReader &block)
{
    flush();
    Message result {.role = Role::Tool, .toolCallId = requiredText(block, QStringLiteral("tool_use_id"))};
    const QString content = QStringLiteral("content");
    if (!block.any(content).isNull()) {
        readBlocks(block, content, [&result](FieldReader &inner) {
            if (auto part = readPart(inner, requiredText(inner, typeName)))
                result.content.push_back(std::move(*part));
        });
    }
    // The common request has no mark for failures; the words have to say it.
    const bool isError = block.boolean(QStringLiteral("is_error")).value_or(false);
    if (isError && !result.text().startsWith(QLatin1String("error"), Qt::CaseInsensitive))
        result.content.insert(result.content.begin(), TextPart {QStringLiteral("Error: ")});
    m_messages.push_back(std::move(result));
    m_hasResults = true;
}

void TurnReader::readThoughts(FieldReader &block, const QString &type)
{
    const bool isReadable = type == u"thinking";
    const QString member = isReadable ? QStringLiteral("thinking") : QStringLiteral("data");
    const QString content = requiredText(block, member);
    QJsonObject kept {{typeName, type}, {member, content}};
    const QString signature = block.string(QStringLiteral("signature")).value_or(QString());
    if (isReadable) {
        m_current.reasoning += content;
        kept.insert(QStringLiteral("signature"), signature);
    }
    if (!isReadable || !signature.isEmpty())
        m_current.opaque.append(
            QJsonObject {{QStringLiteral("provider"), QStringLiteral("anthropic")}, {QStringLiteral("block"), kept}});
}

/// What stood in front of a result is a message of its own.
void TurnReader::flush()
{
    if (m_current.content.empty())
        return;
    const Role role = m_current.role;
    m_messages.push_back(std::move(m_current));
    m_current = {.role = role};
}

void readSystem(FieldReader &body, std::vector<Message> &messages)
{
    const QString name = QStringLiteral("system");
    if (body.any(name).isNull())
        return;
    QStringList texts;
    readBlocks(body, name, [&texts](FieldReader &block) {
        const QString type = requiredText(block, typeName);
        if (type == u"text")
            texts.append(readText(block));
        else
            refuseType(block, type);
    });
    texts.removeAll(QString());
    if (!texts.isEmpty())
        messages.push_back(Message::fromText(Role::System, texts.join(QStringLiteral("\n\n"))));
}

Tool readTool(FieldReader &reader)
{
    const QString type = reader.string(typeName).value_or(QStringLiteral("custom"));
    if (type != u"custom")
        refuseType(reader, type); // tools that the service itself carries out
    const QString schema = QStringLiteral("input_schema");
    const std::optional<QJsonObject> parameters = reader.object(schema);
    if (!parameters)
        reader.failMissing(schema);
    return {.name = requiredText(reader, QStringLiteral("name")),
        .description = reader.string(QStringLiteral("description")).value_or(QString()),
        .parameters = parameters.value_or(QJsonObject()),
        .strict = reader.boolean(QStringLiteral("strict"))};
}

} // namespace

std::vector<Message> readAnthropicMessages(FieldReader &body)
{
    std::vector<Message> messages;
    readSystem(body, messages);
    const QString name = QStringLiteral("messages");
    const std::optional<QJsonArray> array = body.array(name);
    if (!array)
        body.failMissing(name);
    else if (array->isEmpty())
        body.fail(name, text("messages must have at least one message."));
    for (qsizetype i = 0; array && i < array->size() && !body.hasFailed(); ++i) {
        FieldReader reader = elementReader(body, *array, i, name);
        if (!body.hasFailed())
            TurnReader(messages).read(reader);
        body.adopt(reader);
    }
    return messages;
}

std::vector<Tool> readAnthropicTools(FieldReader &body)
{
    const QString name = QStringLiteral("tools");
    const QJsonArray array = body.array(name).value_or(QJsonArray());
    std::vector<Tool> tools;
    for (qsizetype i = 0; i < array.size() && !body.hasFailed(); ++i) {
        FieldReader reader = elementReader(body, array, i, name);
        if (!body.hasFailed())
            tools.push_back(readTool(reader));
        body.adopt(reader);
    }
    return tools;
}

} // namespace diptych
