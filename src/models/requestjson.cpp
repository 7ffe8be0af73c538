// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/requestjson.h"

#include "models/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace diptych {

namespace {

/// Writes what is set.
class Members
{
public:
    explicit Members(QJsonObject &object)
        : m_object(object)
    {
    }

    template <typename T>
    void add(const char *name, const std::optional<T> &value)
    {
        if (value)
            m_object.insert(QLatin1String(name), *value);
    }
    void add(const char *name, const std::optional<QStringList> &value)
    {
        if (value)
            m_object.insert(QLatin1String(name), QJsonArray::fromStringList(*value));
    }
    void addText(const char *name, const QString &value)
    {
        if (!value.isEmpty())
            m_object.insert(QLatin1String(name), value);
    }

private:
    QJsonObject &m_object;
};

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

QJsonObject partJson(const ContentPart &part)
{
    if (const auto *text = std::get_if<TextPart>(&part))
        return {{key("type"), key("text")}, {key("text"), text->text}};
    if (const auto *image = std::get_if<ImagePart>(&part)) {
        QJsonObject url {{key("url"), image->url}};
        Members(url).addText("detail", image->detail);
        return {{key("type"), key("image_url")}, {key("image_url"), url}};
    }
    if (const auto *audio = std::get_if<AudioPart>(&part))
        return {{key("type"), key("input_audio")},
            {key("input_audio"),
                QJsonObject {
                    {key("data"), QString::fromLatin1(audio->data.toBase64())}, {key("format"), audio->format}}}};
    return {{key("type"), key("audio_url")},
        {key("audio_url"), QJsonObject {{key("url"), std::get<AudioUrlPart>(part).url}}}};
}

QJsonObject messageJson(const Message &message)
{
    QJsonObject object {{key("role"), roleName(message.role)}};
    const bool isText = message.content.size() == 1 && std::holds_alternative<TextPart>(message.content.front());
    if (isText) {
        object.insert(key("content"), message.text());
    } else if (!message.content.empty()) {
        QJsonArray parts;
        for (const ContentPart &part : message.content)
            parts.append(partJson(part));
        object.insert(key("content"), parts);
    }
    if (!message.toolCalls.empty()) {
        QJsonArray calls;
        for (const ToolCall &call : message.toolCalls)
            calls.append(QJsonObject {{key("id"), call.id}, {key("type"), key("function")},
                {key("function"), QJsonObject {{key("name"), call.name}, {key("arguments"), call.arguments}}}});
        object.insert(key("tool_calls"), calls);
    }
    Members members(object);
    members.addText("tool_call_id", message.toolCallId);
    members.addText("reasoning_content", message.reasoning);
    members.addText("refusal", message.refusal);
    return object;
}

QJsonObject toolJson(const Tool &tool)
{
    QJsonObject function {{key("name"), tool.name}};
    Members members(function);
    members.addText("description", tool.description);
    members.add("strict", tool.strict);
    if (!tool.parameters.isEmpty())
        function.insert(key("parameters"), tool.parameters);
    return {{key("type"), key("function")}, {key("function"), function}};
}

QJsonValue toolChoiceJson(const ToolChoice &choice)
{
    switch (choice.mode) {
    case ToolChoice::Mode::Auto:
        return key("auto");
    case ToolChoice::Mode::None:
        return key("none");
    case ToolChoice::Mode::Required:
        return key("required");
    case ToolChoice::Mode::Named:
        break;
    }
    return QJsonObject {{key("type"), key("function")}, {key("function"), QJsonObject {{key("name"), choice.name}}}};
}

QJsonObject formatJson(const ResponseFormat &format)
{
    if (format.type == ResponseFormat::Type::Text)
        return {{key("type"), key("text")}};
    if (format.type == ResponseFormat::Type::JsonObject)
        return {{key("type"), key("json_object")}};
    QJsonObject schema {{key("schema"), format.schema}};
    Members members(schema);
    members.addText("name", format.name);
    members.addText("description", format.description);
    members.add("strict", format.strict);
    return {{key("type"), key("json_schema")}, {key("json_schema"), schema}};
}

void addSampling(Members &members, const SamplingParameters &sampling)
{
    members.add("temperature", sampling.temperature);
    members.add("top_p", sampling.topP);
    members.add("max_tokens", sampling.maxTokens);
    members.add("frequency_penalty", sampling.frequencyPenalty);
    members.add("presence_penalty", sampling.presencePenalty);
    members.add("seed", sampling.seed);
    members.add("stop", sampling.stop);
    members.add("n", sampling.n);
}

void addExtras(QJsonObject &object, const QJsonObject &extras, const std::optional<ExtrasMode> &mode)
{
    if (!extras.isEmpty())
        object.insert(key("extras"), extras);
    if (mode)
        object.insert(key("extra-parameters"), extrasModeName(*mode));
}

/// Members that are read first; the others follow by name.
int rankOf(const QString &name)
{
    static const QStringList first {key("model"), key("type"), key("role"), key("id"), key("name"), key("description"),
        key("prompt"), key("messages"), key("content"), key("text")};
    const auto rank = static_cast<int>(first.indexOf(name));
    return rank < 0 ? static_cast<int>(first.size()) : rank;
}

void write(QString &out, const QJsonValue &value, int depth)
{
    const QString line = u'\n' + QString(4 * (depth + 1), u' ');
    const QString end = u'\n' + QString(4 * depth, u' ');
    if (value.isArray() && !value.toArray().isEmpty()) {
        out += u'[';
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            out += (i > 0 ? QStringLiteral(",") : QString()) + line;
            write(out, array.at(i), depth + 1);
        }
        out += end + u']';
    } else if (value.isObject() && !value.toObject().isEmpty()) {
        out += u'{';
        const QJsonObject object = value.toObject();
        QStringList names = object.keys();
        std::stable_sort(names.begin(), names.end(),
            [](const QString &left, const QString &right) { return rankOf(left) < rankOf(right); });
        for (const QString &name : names) {
            out += (name != names.front() ? QStringLiteral(",") : QString()) + line + jsonQuoted(name) + u": ";
            write(out, object.value(name), depth + 1);
        }
        out += end + u'}';
    } else if (value.isString()) {
        out += jsonQuoted(value.toString());
    } else {
        const QByteArray wrapped = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
        out += QString::fromUtf8(wrapped.mid(1, wrapped.size() - 2));
    }
}

} // namespace

QByteArray requestText(const QJsonObject &request)
{
    QString out;
    write(out, request, 0);
    return out.toUtf8();
}

QJsonObject requestJson(const ChatRequest &request)
{
    QJsonObject object;
    Members members(object);
    members.addText("model", request.model);
    QJsonArray messages;
    for (const Message &message : request.messages)
        messages.append(messageJson(message));
    object.insert(key("messages"), messages);
    object.insert(key("stream"), request.stream);
    addSampling(members, request.sampling);
    members.add("max_completion_tokens", request.maxCompletionTokens);
    members.add("logprobs", request.logprobs);
    members.add("top_logprobs", request.topLogprobs);
    members.add("reasoning_effort", request.reasoningEffort);
    members.add("parallel_tool_calls", request.parallelToolCalls);
    members.add("modalities", request.modalities);
    members.add("user", request.user);
    QJsonArray tools;
    for (const Tool &tool : request.tools)
        tools.append(toolJson(tool));
    if (!tools.isEmpty())
        object.insert(key("tools"), tools);
    if (request.toolChoice)
        object.insert(key("tool_choice"), toolChoiceJson(*request.toolChoice));
    if (request.responseFormat)
        object.insert(key("response_format"), formatJson(*request.responseFormat));
    addExtras(object, request.extras, request.extrasMode);
    return object;
}

QJsonObject requestJson(const CompletionRequest &request)
{
    QJsonObject object {{key("prompt"), request.prompt}, {key("stream"), request.stream}};
    Members members(object);
    members.addText("model", request.model);
    addSampling(members, request.sampling);
    members.add("suffix", request.suffix);
    members.add("echo", request.echo);
    members.add("best_of", request.bestOf);
    members.add("logprobs", request.logprobs);
    addExtras(object, request.extras, request.extrasMode);
    return object;
}

QJsonObject requestJson(const EmbeddingRequest &request)
{
    QJsonObject object {{key("input"), QJsonArray::fromStringList(request.input)}};
    Members members(object);
    members.addText("model", request.model);
    members.add("dimensions", request.dimensions);
    if (request.encodingFormat)
        members.addText("encoding_format", encodingFormatName(*request.encodingFormat));
    if (request.inputType)
        members.addText("input_type", inputTypeName(*request.inputType));
    addExtras(object, request.extras, request.extrasMode);
    return object;
}

} // namespace diptych
