// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/ollama/ollamamessages.h"

#include "gateway/toolarguments.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <utility>

namespace diptych {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::OllamaMessages", source);
}

/// The media type by the first bytes, which are the first letters of Base64 too.
QString mediaTypeOf(const QString &base64)
{
    constexpr std::array<std::pair<QLatin1String, QLatin1String>, 4> beginnings {
        {{QLatin1String("iVBOR"), QLatin1String("image/png")}, {QLatin1String("/9j/"), QLatin1String("image/jpeg")},
            {QLatin1String("R0lGOD"), QLatin1String("image/gif")},
            {QLatin1String("UklGR"), QLatin1String("image/webp")}}};
    const auto found = std::find_if(beginnings.begin(), beginnings.end(),
        [&base64](const auto &beginning) { return base64.startsWith(beginning.first); });
    return found == beginnings.end() ? QStringLiteral("image/png") : QString(found->second);
}

std::optional<ImagePart> imageOf(const QString &image)
{
    if (image.startsWith(QLatin1String("data:image/")))
        return ImagePart {.url = image};
    const bool isBase64 =
        !image.isEmpty() && QByteArray::fromBase64Encoding(image.toUtf8(), QByteArray::AbortOnBase64DecodingErrors);
    if (!isBase64)
        return std::nullopt;
    return ImagePart {.url = QStringLiteral("data:%1;base64,%2").arg(mediaTypeOf(image), image)};
}

/// Reads the messages of one conversation one after the other.
class ConversationReader
{
public:
    [[nodiscard]] Message read(FieldReader &reader);

private:
    void readRole(FieldReader &reader, Message &message) const;
    void readCalls(FieldReader &reader, Message &message);
    void readResult(FieldReader &reader, Message &message);

    std::vector<ToolCall> m_open; // calls without a result
    int m_count = 0; // calls of the conversation
};

Message ConversationReader::read(FieldReader &reader)
{
    Message message;
    readRole(reader, message);
    const QString content = reader.string(QStringLiteral("content")).value_or(QString());
    std::vector<ContentPart> images = readOllamaImages(reader);
    if (!content.isEmpty() || images.empty())
        message.content.emplace_back(TextPart {content});
    message.content.insert(message.content.end(), images.begin(), images.end());
    if (message.role == Role::Assistant) {
        message.reasoning = reader.string(QStringLiteral("thinking")).value_or(QString());
        readCalls(reader, message);
        if (content.isEmpty() && !message.toolCalls.empty())
            message.content.clear();
    }
    if (message.role == Role::Tool)
        readResult(reader, message);
    return message;
}

void ConversationReader::readRole(FieldReader &reader, Message &message) const
{
    const QString name = QStringLiteral("role");
    const std::optional<Role> role = roleFromName(requiredText(reader, name));
    if (!role)
        reader.fail(name, text("%1 must be system, user, assistant or tool.").arg(reader.pathOf(name)));
    message.role = role.value_or(Role::User);
}

void ConversationReader::readCalls(FieldReader &reader, Message &message)
{
    const QString name = QStringLiteral("tool_calls");
    const QJsonArray calls = reader.array(name).value_or(QJsonArray());
    for (qsizetype i = 0; i < calls.size() && !reader.hasFailed(); ++i) {
        FieldReader call = elementReader(reader, calls, i, name);
        FieldReader function = memberReader(call, QStringLiteral("function"));
        ToolCall read {.id = call.string(QStringLiteral("id")).value_or(QString()),
            .name = requiredText(function, QStringLiteral("name")),
            .arguments = argumentsText(function.object(QStringLiteral("arguments")).value_or(QJsonObject()))};
        if (read.id.isEmpty())
            read.id = QStringLiteral("call_%1").arg(m_count);
        ++m_count;
        m_open.push_back(read);
        message.toolCalls.push_back(std::move(read));
        call.adopt(function);
        reader.adopt(call);
    }
}

void ConversationReader::readResult(FieldReader &reader, Message &message)
{
    const QString id = reader.string(QStringLiteral("tool_call_id")).value_or(QString());
    QString tool = reader.string(QStringLiteral("tool_name")).value_or(QString());
    if (const auto older = reader.string(QStringLiteral("name")); older && tool.isEmpty())
        tool = *older;
    const auto isMeant = [&](const ToolCall &call) {
        return id.isEmpty() ? tool.isEmpty() || call.name == tool : call.id == id;
    };
    const auto found = std::find_if(m_open.begin(), m_open.end(), isMeant);
    message.toolCallId = found == m_open.end() ? id : found->id;
    if (found != m_open.end())
        m_open.erase(found);
    else if (id.isEmpty())
        message.toolCallId = tool.isEmpty() ? QStringLiteral("call") : tool;
}

Tool readTool(FieldReader &reader)
{
    const QString type = reader.string(QStringLiteral("type")).value_or(QStringLiteral("function"));
    if (type != u"function")
        reader.fail(
            QStringLiteral("type"), text("%1 must be \"function\".").arg(reader.pathOf(QStringLiteral("type"))));
    FieldReader function = memberReader(reader, QStringLiteral("function"));
    Tool tool {.name = requiredText(function, QStringLiteral("name")),
        .description = function.string(QStringLiteral("description")).value_or(QString()),
        .parameters = function.object(QStringLiteral("parameters")).value_or(QJsonObject())};
    reader.adopt(function);
    return tool;
}

} // namespace

std::vector<Message> readOllamaMessages(FieldReader &body)
{
    const QString name = QStringLiteral("messages");
    const QJsonArray array = body.array(name).value_or(QJsonArray());
    std::vector<Message> messages;
    messages.reserve(static_cast<std::size_t>(array.size()));
    ConversationReader conversation;
    for (qsizetype i = 0; i < array.size() && !body.hasFailed(); ++i) {
        FieldReader reader = elementReader(body, array, i, name);
        if (!body.hasFailed())
            messages.push_back(conversation.read(reader));
        body.adopt(reader);
    }
    return messages;
}

std::vector<ContentPart> readOllamaImages(FieldReader &reader)
{
    const QString name = QStringLiteral("images");
    const QJsonArray array = reader.array(name).value_or(QJsonArray());
    std::vector<ContentPart> images;
    for (qsizetype i = 0; i < array.size() && !reader.hasFailed(); ++i) {
        const std::optional<ImagePart> image = imageOf(array.at(i).toString());
        const QString element = elementPath(name, i);
        if (image)
            images.emplace_back(*image);
        else
            reader.fail(element, text("%1 must be a picture in Base64.").arg(reader.pathOf(element)));
    }
    return images;
}

std::vector<Tool> readOllamaTools(FieldReader &body)
{
    const QString name = QStringLiteral("tools");
    const QJsonArray array = body.array(name).value_or(QJsonArray());
    std::vector<Tool> tools;
    for (qsizetype i = 0; i < array.size() && !body.hasFailed(); ++i) {
        FieldReader reader = elementReader(body, array, i, name);
        tools.push_back(readTool(reader));
        body.adopt(reader);
    }
    return tools;
}

} // namespace diptych
