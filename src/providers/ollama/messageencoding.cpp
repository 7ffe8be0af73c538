// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ollama/messageencoding.h"

#include "providers/common/dataurl.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace diptych::ollama {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::OllamaEncoder", text);
}

QString element(const QString &list, std::size_t index)
{
    return list % u'[' % QString::number(index) % u']';
}

/// The arguments of a call as the object that Ollama wants; unset when the model did not write one.
std::optional<QJsonObject> argumentsOf(const QString &text)
{
    if (text.trimmed().isEmpty())
        return QJsonObject();
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

/// Encodes the messages of one request one after the other.
class MessageEncoder
{
public:
    explicit MessageEncoder(const std::vector<Message> &messages)
        : m_messages(messages)
    {
    }

    [[nodiscard]] JsonArrayBuilder encode();
    /// Tells what became of the parts; after the list itself has its line.
    void report(BodyEncoder &encoder) const;

private:
    struct Line {
        bool isConverted = false;
        QString field {};
        QString wire {};
        QString reason {};
    };
    void convert(const QString &field, const QString &wire, const char *reason);
    void leaveOut(const QString &field, const char *reason);
    JsonObjectBuilder encodeMessage(std::size_t index);
    JsonArrayBuilder encodeImages(const Message &message, const QString &path);
    void encodeImage(const ImagePart &part, const QString &path, JsonArrayBuilder &images);
    JsonArrayBuilder encodeToolCalls(const Message &message, const QString &path);
    void encodeRefusal(const Message &message, const QString &path, JsonObjectBuilder &object);
    [[nodiscard]] QString toolName(std::size_t index) const;

    const std::vector<Message> &m_messages;
    std::vector<Line> m_lines;
};

void MessageEncoder::convert(const QString &field, const QString &wire, const char *reason)
{
    m_lines.push_back({true, field, wire, translated(reason)});
}

void MessageEncoder::leaveOut(const QString &field, const char *reason)
{
    m_lines.push_back({false, field, {}, translated(reason)});
}

JsonArrayBuilder MessageEncoder::encode()
{
    JsonArrayBuilder array;
    for (std::size_t i = 0; i < m_messages.size(); ++i)
        array.append(encodeMessage(i));
    return array;
}

void MessageEncoder::report(BodyEncoder &encoder) const
{
    for (const Line &line : m_lines) {
        if (line.isConverted)
            encoder.convertedPart(line.field, line.wire, line.reason);
        else
            encoder.unmapped(line.field, line.reason);
    }
    // What is left out of the history for other reasons than that Ollama could not say it.
    const auto hasAny = [this](auto isSet) { return std::any_of(m_messages.begin(), m_messages.end(), isSet); };
    if (hasAny([](const Message &message) { return !message.reasoning.isEmpty(); }))
        encoder.dropped(QStringLiteral("messages[].reasoning"), translated("earlier thoughts are not sent back"));
    if (hasAny([](const Message &message) { return !message.opaque.isEmpty(); }))
        encoder.dropped(QStringLiteral("messages[].opaque"), translated("only its own provider understands it"));
}

JsonObjectBuilder MessageEncoder::encodeMessage(std::size_t index)
{
    const Message &message = m_messages[index];
    const QString path = element(QStringLiteral("messages"), index);
    const bool isDeveloper = message.role == Role::Developer;
    if (isDeveloper)
        convert(path % u".role", path % u".role", "developer becomes system");
    JsonObjectBuilder object;
    object.insert(QLatin1String("role"), roleName(isDeveloper ? Role::System : message.role));
    object.insert(QLatin1String("content"), message.text());
    if (const JsonArrayBuilder images = encodeImages(message, path); !images.isEmpty())
        object.insert(QLatin1String("images"), images);
    if (!message.toolCalls.empty())
        object.insert(QLatin1String("tool_calls"), encodeToolCalls(message, path));
    if (!message.toolCallId.isEmpty()) {
        object.insert(QLatin1String("tool_call_id"), message.toolCallId);
        if (const QString name = toolName(index); !name.isEmpty())
            object.insert(QLatin1String("tool_name"), name);
    }
    if (!message.refusal.isEmpty())
        encodeRefusal(message, path, object);
    return object;
}

JsonArrayBuilder MessageEncoder::encodeImages(const Message &message, const QString &path)
{
    JsonArrayBuilder images;
    for (std::size_t i = 0; i < message.content.size(); ++i) {
        if (std::holds_alternative<TextPart>(message.content[i]))
            continue;
        const QString part = element(path % u".content", i);
        if (const auto *image = std::get_if<ImagePart>(&message.content[i]))
            encodeImage(*image, part, images);
        else if (std::holds_alternative<AudioPart>(message.content[i]))
            leaveOut(part % u".input_audio", "Ollama takes no sound");
        else
            leaveOut(part % u".audio_url", "Ollama takes no sound");
    }
    if (!images.isEmpty())
        convert(path % u".content", path % u".images", "pictures stand beside the text, as base64 without a data URL");
    return images;
}

void MessageEncoder::encodeImage(const ImagePart &part, const QString &path, JsonArrayBuilder &images)
{
    const std::optional<DataUrl> data = parseDataUrl(part.url);
    if (!data) {
        leaveOut(path % u".image_url",
            isDataUrl(part.url) ? "this data URL holds no picture"
                                : "Ollama fetches no pictures from the web; attach the file itself");
        return;
    }
    images.append(data->base64);
    if (!part.detail.isEmpty())
        leaveOut(path % u".image_url.detail", "Ollama knows no levels of detail");
}

JsonArrayBuilder MessageEncoder::encodeToolCalls(const Message &message, const QString &path)
{
    JsonArrayBuilder calls;
    for (std::size_t i = 0; i < message.toolCalls.size(); ++i) {
        const ToolCall &call = message.toolCalls[i];
        const std::optional<QJsonObject> arguments = argumentsOf(call.arguments);
        if (!arguments) {
            leaveOut(element(path % u".tool_calls", i) % u".function.arguments",
                "Ollama takes nothing but a JSON object, and this is none; {} stands in its place");
        }
        JsonObjectBuilder function;
        function.insert(QLatin1String("name"), call.name);
        function.insert(QLatin1String("arguments"), arguments.value_or(QJsonObject()));
        JsonObjectBuilder object;
        object.insert(QLatin1String("function"), function);
        if (!call.id.isEmpty())
            object.insert(QLatin1String("id"), call.id);
        calls.append(object);
    }
    convert(path % u".tool_calls", path % u".tool_calls", "arguments are an object here, not a text");
    return calls;
}

void MessageEncoder::encodeRefusal(const Message &message, const QString &path, JsonObjectBuilder &object)
{
    const QString field = path % u".refusal";
    if (!message.text().isEmpty()) {
        leaveOut(field, "Ollama has no such field, and the message has a text");
        return;
    }
    object.insert(QLatin1String("content"), message.refusal);
    convert(field, path % u".content", "the words of a refusal are a text like any other here");
}

QString MessageEncoder::toolName(std::size_t index) const
{
    // Ids may come again in later turns, so the nearest earlier call counts.
    for (std::size_t i = index; i-- > 0;) {
        for (const ToolCall &call : m_messages[i].toolCalls) {
            if (call.id == m_messages[index].toolCallId)
                return call.name;
        }
    }
    return {};
}

JsonArrayBuilder encodeTools(const std::vector<Tool> &tools)
{
    JsonArrayBuilder array;
    for (const Tool &tool : tools) {
        QJsonObject parameters = tool.parameters;
        // Templates print a missing schema as one with an empty type, which confuses models.
        if (parameters.isEmpty())
            parameters = {
                {QStringLiteral("type"), QStringLiteral("object")}, {QStringLiteral("properties"), QJsonObject()}};
        JsonObjectBuilder function;
        function.insert(QLatin1String("name"), tool.name);
        function.insert(QLatin1String("parameters"), parameters);
        if (!tool.description.isEmpty())
            function.insert(QLatin1String("description"), tool.description);
        JsonObjectBuilder object;
        object.insert(QLatin1String("type"), QStringLiteral("function"));
        object.insert(QLatin1String("function"), function);
        array.append(object);
    }
    return array;
}

void reportTools(BodyEncoder &encoder, const std::vector<Tool> &tools)
{
    for (std::size_t i = 0; i < tools.size(); ++i) {
        const QString function = element(QStringLiteral("tools"), i) % u".function";
        if (tools[i].parameters.isEmpty()) {
            encoder.convertedPart(
                function % u".parameters", function % u".parameters", translated("an empty schema is written out"));
        }
        if (tools[i].strict)
            encoder.unmapped(function % u".strict", translated("Ollama has no such field"));
    }
}

} // namespace

void writeMessages(BodyEncoder &encoder, const std::vector<Message> &messages)
{
    MessageEncoder messageEncoder(messages);
    encoder.sent(QStringLiteral("messages"), messageEncoder.encode());
    messageEncoder.report(encoder);
}

void writeTools(BodyEncoder &encoder, const std::vector<Tool> &tools, const std::optional<ToolChoice> &choice)
{
    const bool isNone = choice && choice->mode == ToolChoice::Mode::None;
    if (!tools.empty() && isNone) {
        encoder.dropped(QStringLiteral("tools"), translated("tool_choice is none: no tool is offered"));
    } else if (!tools.empty()) {
        encoder.sent(QStringLiteral("tools"), encodeTools(tools));
        reportTools(encoder, tools);
    }
    if (!choice)
        return;
    const QString field = QStringLiteral("tool_choice");
    if (choice->mode == ToolChoice::Mode::Auto)
        encoder.dropped(field, translated("the model decides by itself here, which is what auto means"));
    else if (isNone)
        encoder.dropped(field, translated("Ollama has no such field; the tools are left out instead"));
    else
        encoder.unmapped(field, translated("Ollama can not make a model call a tool"));
}

} // namespace diptych::ollama
