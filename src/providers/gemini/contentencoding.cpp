// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/gemini/contentencoding.h"

#include "providers/common/jsontext.h"
#include "providers/gemini/callids.h"
#include "providers/gemini/inlinedata.h"
#include "providers/gemini/schemadialect.h"
#include "providers/gemini/signatures.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <utility>

namespace diptych::gemini {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::RequestEncoder", text);
}

QJsonObject textPart(const QString &text)
{
    return {{QStringLiteral("text"), repairedText(text)}};
}

JsonObjectBuilder writtenText(const QString &text)
{
    JsonObjectBuilder part;
    part.insert(QLatin1String("text"), text);
    return part;
}

QJsonValue parsed(const QString &json)
{
    const QByteArray wrapped = "[" + json.toUtf8() + "]";
    const QJsonArray values = QJsonDocument::fromJson(wrapped).array();
    return values.size() == 1 ? values.first() : QJsonValue(QJsonValue::Undefined);
}

/// Turns messages into contents; notes in the change log what does not come along.
class ContentWriter
{
public:
    ContentWriter(BodyEncoder &encoder, const std::vector<Message> &messages)
        : m_encoder(encoder)
        , m_messages(messages)
    {
    }

    void write();

private:
    void addSystem(std::size_t index);
    void addUser(std::size_t index);
    void addModel(std::size_t index);
    void addToolResult(std::size_t index);
    void addContent(const char *role, JsonArrayBuilder parts);
    void endResults();
    [[nodiscard]] JsonArrayBuilder partsOf(std::size_t index);
    void addMedia(JsonArrayBuilder &parts, const QString &url, const QString &path);
    [[nodiscard]] QJsonObject functionCall(std::size_t index, std::size_t position);
    [[nodiscard]] QString nameOfCall(std::size_t index) const;
    [[nodiscard]] static QString pathOf(std::size_t message) { return QStringLiteral("messages[%1]").arg(message); }
    [[nodiscard]] static QString pathOf(std::size_t message, std::size_t part)
    {
        return QStringLiteral("messages[%1].content[%2]").arg(message).arg(part);
    }
    void writeSystem();

    BodyEncoder &m_encoder;
    const std::vector<Message> &m_messages;
    QJsonArray m_system;
    JsonArrayBuilder m_contents;
    JsonArrayBuilder m_results; // of tools, waiting for the end of their content
    bool m_isSystemLate = false;
    bool m_hasReasoning = false;
};

void ContentWriter::write()
{
    for (std::size_t i = 0; i < m_messages.size(); ++i) {
        switch (m_messages[i].role) {
        case Role::System:
        case Role::Developer:
            addSystem(i);
            break;
        case Role::User:
            addUser(i);
            break;
        case Role::Assistant:
            addModel(i);
            break;
        case Role::Tool:
            addToolResult(i);
            break;
        }
    }
    endResults();
    writeSystem();
    m_encoder.converted(QStringLiteral("messages"), QStringLiteral("contents"), m_contents,
        translated("this API writes messages as contents made of parts"));
    if (m_hasReasoning)
        m_encoder.dropped(QStringLiteral("messages[].reasoning"), translated("only signed thoughts are sent back"));
}

void ContentWriter::writeSystem()
{
    if (m_system.isEmpty())
        return;
    const QString field = QStringLiteral("messages[].role");
    const QString wire = QStringLiteral("systemInstruction");
    const QJsonObject instruction {{QStringLiteral("parts"), m_system}};
    if (m_isSystemLate)
        m_encoder.approximated(
            field, wire, instruction, translated("system messages stand before the conversation here, not inside it"));
    else
        m_encoder.converted(field, wire, instruction, translated("system messages are a field of their own here"));
}

void ContentWriter::addSystem(std::size_t index)
{
    m_isSystemLate |= !m_contents.isEmpty() || !m_results.isEmpty();
    const std::vector<ContentPart> &content = m_messages[index].content;
    for (std::size_t i = 0; i < content.size(); ++i) {
        if (const auto *text = std::get_if<TextPart>(&content[i]))
            m_system.append(textPart(text->text));
        else
            m_encoder.unmapped(pathOf(index, i), translated("system messages hold only text here"));
    }
}

void ContentWriter::addMedia(JsonArrayBuilder &parts, const QString &url, const QString &path)
{
    if (const std::optional<QJsonObject> part = mediaPart(repairedText(url)))
        parts.append(*part);
    else
        m_encoder.unmapped(path, translated("this API does not fetch from the web; attach the file itself"));
}

JsonArrayBuilder ContentWriter::partsOf(std::size_t index)
{
    JsonArrayBuilder parts;
    const std::vector<ContentPart> &content = m_messages[index].content;
    for (std::size_t i = 0; i < content.size(); ++i) {
        if (const auto *text = std::get_if<TextPart>(&content[i])) {
            parts.append(writtenText(text->text));
        } else if (const auto *image = std::get_if<ImagePart>(&content[i])) {
            addMedia(parts, image->url, pathOf(index, i) + QStringLiteral(".image_url"));
            if (!image->detail.isEmpty())
                m_encoder.unmapped(pathOf(index, i) + QStringLiteral(".image_url.detail"),
                    translated("the detail of a picture is set for all at once here, by mediaResolution"));
        } else if (const auto *audio = std::get_if<AudioPart>(&content[i])) {
            parts.append(audioPart(*audio));
        } else if (const auto *audioUrl = std::get_if<AudioUrlPart>(&content[i])) {
            addMedia(parts, audioUrl->url, pathOf(index, i) + QStringLiteral(".audio_url"));
        }
    }
    return parts;
}

void ContentWriter::addContent(const char *role, JsonArrayBuilder parts)
{
    endResults();
    // A content without parts is refused.
    if (parts.isEmpty())
        parts.append(writtenText({}));
    JsonObjectBuilder content;
    content.insert(QLatin1String("role"), QString::fromLatin1(role));
    content.insert(QLatin1String("parts"), parts);
    m_contents.append(content);
}

/// Results that follow each other stand in one content.
void ContentWriter::endResults()
{
    if (!m_results.isEmpty())
        addContent("user", std::exchange(m_results, {}));
}

void ContentWriter::addUser(std::size_t index)
{
    addContent("user", partsOf(index));
}

void ContentWriter::addModel(std::size_t index)
{
    const Message &message = m_messages[index];
    m_hasReasoning |= !message.reasoning.isEmpty() && !hasSignedThoughts(message.opaque);
    QString text = message.text();
    if (!message.refusal.isEmpty()) {
        text += message.refusal;
        m_encoder.convertedPart(pathOf(index) + QStringLiteral(".refusal"), QStringLiteral("contents[].parts[].text"),
            translated("a refusal is text here"));
    }
    std::vector<QJsonObject> calls;
    for (std::size_t i = 0; i < message.toolCalls.size(); ++i)
        calls.push_back(functionCall(index, i));
    JsonArrayBuilder parts;
    if (calls.empty() && message.opaque.isEmpty()) {
        if (!text.isEmpty())
            parts.append(writtenText(text));
    } else {
        for (const QJsonValue &part : signedParts(repairedText(text), std::move(calls), message.opaque))
            parts.append(part);
    }
    addContent("model", std::move(parts));
}

QJsonObject ContentWriter::functionCall(std::size_t index, std::size_t position)
{
    const ToolCall &call = m_messages[index].toolCalls[position];
    const QJsonValue arguments = parsed(call.arguments);
    QJsonObject function {{QStringLiteral("name"), repairedText(call.name)}};
    if (isServersId(call.id))
        function.insert(u"id", repairedText(call.id));
    if (arguments.isObject()) {
        function.insert(u"args", arguments);
    } else {
        function.insert(u"args", QJsonObject());
        if (!call.arguments.trimmed().isEmpty())
            m_encoder.unmapped(pathOf(index) + QStringLiteral(".tool_calls[%1].function.arguments").arg(position),
                translated("arguments are a JSON object here, and these are none"));
    }
    return {{QStringLiteral("functionCall"), function}};
}

QString ContentWriter::nameOfCall(std::size_t index) const
{
    const QString &id = m_messages[index].toolCallId;
    for (std::size_t i = index; i-- > 0;) {
        for (const ToolCall &call : m_messages[i].toolCalls) {
            if (call.id == id)
                return call.name;
        }
    }
    return {};
}

void ContentWriter::addToolResult(std::size_t index)
{
    const Message &message = m_messages[index];
    QString name = nameOfCall(index);
    if (name.isEmpty()) {
        name = message.toolCallId;
        m_encoder.unmapped(pathOf(index) + QStringLiteral(".tool_call_id"),
            translated("results go back by the function's name here, and no call before has this id"));
    }
    const QString text = repairedText(message.text());
    const QJsonValue value = parsed(text);
    // Source: Gemini API, FunctionResponse.response: an object; "output" holds the result of anything else.
    const QJsonObject response = value.isObject()
        ? value.toObject()
        : QJsonObject {{QStringLiteral("output"), value.isArray() ? value : QJsonValue(text)}};
    QJsonObject function {{QStringLiteral("name"), repairedText(name)}, {QStringLiteral("response"), response}};
    if (isServersId(message.toolCallId))
        function.insert(u"id", repairedText(message.toolCallId));
    m_results.append(QJsonObject {{QStringLiteral("functionResponse"), function}});
}

JsonObjectBuilder functionDeclaration(const Tool &tool)
{
    JsonObjectBuilder function;
    function.insert(QLatin1String("name"), tool.name);
    if (!tool.description.isEmpty())
        function.insert(QLatin1String("description"), tool.description);
    // Source: FunctionDeclaration.parameters takes the schema subset of OpenAPI, parametersJsonSchema any JSON schema.
    if (!tool.parameters.isEmpty())
        function.insert(
            QLatin1String(isOpenApiSchema(tool.parameters) ? "parameters" : "parametersJsonSchema"), tool.parameters);
    return function;
}

QJsonObject callingConfig(const ToolChoice &choice)
{
    const QString mode = QStringLiteral("mode");
    switch (choice.mode) {
    case ToolChoice::Mode::Auto:
        return {{mode, QStringLiteral("AUTO")}};
    case ToolChoice::Mode::None:
        return {{mode, QStringLiteral("NONE")}};
    case ToolChoice::Mode::Required:
        return {{mode, QStringLiteral("ANY")}};
    case ToolChoice::Mode::Named:
        break;
    }
    return {{mode, QStringLiteral("ANY")},
        {QStringLiteral("allowedFunctionNames"), QJsonArray {repairedText(choice.name)}}};
}

} // namespace

void writeMessages(BodyEncoder &encoder, const std::vector<Message> &messages)
{
    ContentWriter(encoder, messages).write();
}

void writeTools(BodyEncoder &encoder, const ChatRequest &request)
{
    if (!request.tools.empty()) {
        JsonArrayBuilder declarations;
        for (std::size_t i = 0; i < request.tools.size(); ++i) {
            declarations.append(functionDeclaration(request.tools[i]));
            if (request.tools[i].strict.value_or(false))
                encoder.unmapped(QStringLiteral("tools[%1].function.strict").arg(i),
                    translated("this API has no such field for a single function"));
        }
        JsonObjectBuilder together;
        together.insert(QLatin1String("functionDeclarations"), declarations);
        JsonArrayBuilder tools;
        tools.append(together);
        encoder.converted(QStringLiteral("tools"), QStringLiteral("tools"), tools,
            translated("functions are declared together here"));
    }
    if (request.toolChoice)
        encoder.converted(QStringLiteral("tool_choice"), QStringLiteral("toolConfig.functionCallingConfig"),
            callingConfig(*request.toolChoice), translated("the choice is a mode and a list of names here"));
}

} // namespace diptych::gemini
