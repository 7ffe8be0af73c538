// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/anthropic/messageencoding.h"

#include "providers/common/dataurl.h"
#include "providers/common/jsontext.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <set>

namespace diptych::anthropic {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::AnthropicEncoder", text);
}

constexpr QLatin1String imageField(".image_url");

QString typeKey()
{
    return QStringLiteral("type");
}

QJsonObject textBlock(const QString &text)
{
    return {{typeKey(), QStringLiteral("text")}, {QStringLiteral("text"), repairedText(text)}};
}

QString element(const QString &list, std::size_t index)
{
    return list % u'[' % QString::number(index) % u']';
}

/// A single text is written as a string, which is what the asker wrote; everything else as blocks.
QJsonValue contentOf(const QJsonArray &blocks)
{
    if (blocks.isEmpty())
        return QString();
    const QJsonObject first = blocks.first().toObject();
    return blocks.size() == 1 && first.contains(QLatin1String("text")) ? first.value(u"text") : QJsonValue(blocks);
}

/// Gathers the turns of one request.
class MessageWriter
{
public:
    explicit MessageWriter(BodyEncoder &encoder)
        : m_encoder(encoder)
    {
    }

    [[nodiscard]] std::optional<Error> write(const std::vector<Message> &messages);

private:
    void take(const Message &message);
    void takeSystem(const Message &message);
    void takeResult(const Message &message);
    void takeTurn(const Message &message);
    void endResults();
    void writeSystem();
    void writeTurns();
    [[nodiscard]] QJsonArray blocksOf(const Message &message);
    [[nodiscard]] std::optional<QJsonObject> imageBlock(const ImagePart &image, const QString &partPath);
    void addOpaque(const Message &message, QJsonArray &blocks);
    void addContent(const Message &message, QJsonArray &blocks);
    void addCalls(const Message &message, QJsonArray &blocks);
    [[nodiscard]] QString path() const { return element(QStringLiteral("messages"), m_index); }
    void note(const QString &reason)
    {
        if (!m_reasons.contains(reason))
            m_reasons.append(reason);
    }

    BodyEncoder &m_encoder;
    std::size_t m_index = 0; // of the message being taken
    JsonArrayBuilder m_turns;
    QJsonArray m_results; // of tools, waiting for their turn
    QStringList m_system;
    QStringList m_systemPaths;
    QStringList m_systemReasons;
    QStringList m_reasons; // why the turns have another form
    bool m_hasLostThoughts = false;
    std::optional<Error> m_error;
};

std::optional<Error> MessageWriter::write(const std::vector<Message> &messages)
{
    for (m_index = 0; m_index < messages.size() && !m_error; ++m_index)
        take(messages[m_index]);
    if (m_error)
        return m_error;
    endResults();
    writeSystem();
    writeTurns();
    return std::nullopt;
}

void MessageWriter::take(const Message &message)
{
    if (message.role == Role::Tool)
        return takeResult(message);
    if (message.role == Role::System || message.role == Role::Developer)
        return takeSystem(message);
    endResults();
    takeTurn(message);
}

void MessageWriter::takeSystem(const Message &message)
{
    for (std::size_t i = 0; i < message.content.size(); ++i) {
        if (!std::holds_alternative<TextPart>(message.content[i]))
            m_encoder.unmapped(
                element(path() + QStringLiteral(".content"), i), translated("a system prompt is text here"));
    }
    const bool isMidway = !m_turns.isEmpty() || !m_results.isEmpty();
    m_system.append(repairedText(message.text()));
    m_systemPaths.append(path());
    m_systemReasons.append(isMidway
            ? translated("the system prompt stands before the conversation; there is none in the midst of it")
            : translated("the system prompt stands outside the conversation"));
}

void MessageWriter::writeSystem()
{
    if (m_system.isEmpty())
        return;
    const QString wire = QStringLiteral("system");
    m_encoder.converted(m_systemPaths.first(), wire, m_system.join(QLatin1String("\n\n")), m_systemReasons.first());
    for (qsizetype i = 1; i < m_system.size(); ++i)
        m_encoder.convertedPart(m_systemPaths[i], wire,
            translated("joined to the one before after a blank line; %1").arg(m_systemReasons[i]));
}

void MessageWriter::writeTurns()
{
    const QString name = QStringLiteral("messages");
    if (m_reasons.isEmpty())
        m_encoder.sent(name, m_turns);
    else
        m_encoder.converted(name, name, m_turns, m_reasons.join(QLatin1String("; ")));
    if (m_hasLostThoughts)
        m_encoder.dropped(
            QStringLiteral("messages[].reasoning"), translated("earlier thoughts go back only with their signature"));
}

void MessageWriter::takeResult(const Message &message)
{
    note(translated("results of tools are blocks of a user's turn, those of one turn together"));
    QJsonObject result {
        {typeKey(), QStringLiteral("tool_result")}, {QStringLiteral("tool_use_id"), repairedText(message.toolCallId)}};
    QJsonArray blocks;
    addContent(message, blocks);
    if (!blocks.isEmpty())
        result.insert(u"content", contentOf(blocks));
    m_results.append(result);
}

void MessageWriter::endResults()
{
    if (m_results.isEmpty())
        return;
    JsonObjectBuilder turn;
    turn.insert(QLatin1String("role"), QStringLiteral("user"));
    turn.insert(QLatin1String("content"), m_results);
    m_turns.append(turn);
    m_results = {};
}

void MessageWriter::takeTurn(const Message &message)
{
    JsonObjectBuilder turn;
    turn.insert(QLatin1String("role"), roleName(message.role));
    const bool isPlain = message.content.size() == 1 && message.opaque.isEmpty() && message.reasoning.isEmpty()
        && message.refusal.isEmpty() && message.toolCalls.empty();
    const auto *text = isPlain ? std::get_if<TextPart>(&message.content.front()) : nullptr;
    if (text)
        turn.insert(QLatin1String("content"), text->text);
    else
        turn.insert(QLatin1String("content"), contentOf(blocksOf(message)));
    m_turns.append(turn);
}

QJsonArray MessageWriter::blocksOf(const Message &message)
{
    QJsonArray blocks;
    addOpaque(message, blocks);
    addContent(message, blocks);
    if (!message.refusal.isEmpty()) {
        note(translated("an earlier refusal is text"));
        blocks.append(textBlock(message.refusal));
    }
    addCalls(message, blocks);
    return blocks;
}

void MessageWriter::addOpaque(const Message &message, QJsonArray &blocks)
{
    std::set<QString> strangers;
    for (const QJsonValue &piece : message.opaque) {
        const QString provider = piece[u"provider"].toString();
        const QJsonObject block = piece[u"block"].toObject();
        if (provider == QLatin1String("anthropic") && !block.isEmpty())
            blocks.append(block);
        else
            strangers.insert(provider);
    }
    if (!blocks.isEmpty())
        note(translated("signed thoughts go back unchanged in front of their message"));
    else if (!message.reasoning.isEmpty())
        m_hasLostThoughts = true;
    for (const QString &provider : strangers)
        m_encoder.dropped(path() + QStringLiteral(".opaque"), translated("only \"%1\" understands it").arg(provider));
}

void MessageWriter::addContent(const Message &message, QJsonArray &blocks)
{
    for (std::size_t i = 0; i < message.content.size(); ++i) {
        const ContentPart &part = message.content[i];
        if (const auto *text = std::get_if<TextPart>(&part)) {
            // The service refuses empty blocks; they say nothing.
            if (!text->text.isEmpty())
                blocks.append(textBlock(text->text));
            continue;
        }
        const QString partPath = element(path() + QStringLiteral(".content"), i);
        if (const auto *image = std::get_if<ImagePart>(&part)) {
            if (message.role == Role::Assistant)
                m_encoder.unmapped(partPath + imageField, translated("the assistant's turns have no pictures here"));
            else if (const auto block = imageBlock(*image, partPath))
                blocks.append(*block);
        } else {
            const bool isUrl = std::holds_alternative<AudioUrlPart>(part);
            m_encoder.unmapped(partPath + (isUrl ? QStringLiteral(".audio_url") : QStringLiteral(".input_audio")),
                translated("the Messages API takes no sound"));
        }
    }
}

std::optional<QJsonObject> MessageWriter::imageBlock(const ImagePart &image, const QString &partPath)
{
    QJsonObject source;
    if (isWebUrl(image.url)) {
        source = {{typeKey(), QStringLiteral("url")}, {QStringLiteral("url"), repairedText(image.url)}};
    } else if (const std::optional<DataUrl> data = parseDataUrl(image.url)) {
        source = {{typeKey(), QStringLiteral("base64")}, {QStringLiteral("media_type"), data->mediaType},
            {QStringLiteral("data"), data->base64}};
    } else {
        m_error = {.kind = Error::Kind::InvalidRequest,
            .message = translated("A picture is neither a web address nor a readable data: URL."),
            .parameter = partPath + imageField};
        return std::nullopt;
    }
    note(translated("pictures are image blocks with a source"));
    const QString detail = partPath + imageField + QStringLiteral(".detail");
    if (image.detail == QLatin1String("auto"))
        m_encoder.dropped(detail, translated("the service decides anyway"));
    else if (!image.detail.isEmpty())
        m_encoder.unmapped(detail, translated("pictures have no detail setting here"));
    return QJsonObject {{typeKey(), QStringLiteral("image")}, {QStringLiteral("source"), source}};
}

void MessageWriter::addCalls(const Message &message, QJsonArray &blocks)
{
    for (std::size_t i = 0; i < message.toolCalls.size(); ++i) {
        const ToolCall &call = message.toolCalls[i];
        note(translated("calls of tools are blocks with their arguments parsed"));
        const QJsonDocument arguments = QJsonDocument::fromJson(call.arguments.toUtf8());
        QJsonObject input = arguments.object();
        if (!arguments.isObject() && !call.arguments.trimmed().isEmpty()) {
            input = {{QStringLiteral("arguments"), repairedText(call.arguments)}};
            m_encoder.convertedPart(
                element(path() + QStringLiteral(".tool_calls"), i) + QStringLiteral(".function.arguments"),
                QStringLiteral("messages"),
                translated("not a JSON object, as the model wrote it; sent as the text \"arguments\" in one"));
        }
        blocks.append(
            QJsonObject {{typeKey(), QStringLiteral("tool_use")}, {QStringLiteral("id"), repairedText(call.id)},
                {QStringLiteral("name"), repairedText(call.name)}, {QStringLiteral("input"), input}});
    }
}

} // namespace

std::optional<Error> writeMessages(BodyEncoder &encoder, const std::vector<Message> &messages)
{
    return MessageWriter(encoder).write(messages);
}

} // namespace diptych::anthropic
