// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "requestvalues.h"

#include <QJsonArray>

namespace diptych::test {

namespace {

void read(const QJsonValue &json, std::optional<double> &value)
{
    if (json.isDouble())
        value = json.toDouble();
}

void read(const QJsonValue &json, std::optional<int> &value)
{
    if (json.isDouble())
        value = json.toInt();
}

void read(const QJsonValue &json, std::optional<qint64> &value)
{
    if (json.isDouble())
        value = json.toInteger();
}

void read(const QJsonValue &json, std::optional<bool> &value)
{
    if (json.isBool())
        value = json.toBool();
}

void read(const QJsonValue &json, std::optional<QString> &value)
{
    if (json.isString())
        value = json.toString();
}

QStringList textsOf(const QJsonValue &json)
{
    QStringList texts;
    const QJsonArray array = json.toArray();
    for (const QJsonValue &text : array)
        texts.append(text.toString());
    return texts;
}

void read(const QJsonValue &json, std::optional<QStringList> &value)
{
    if (json.isArray())
        value = textsOf(json);
}

SamplingParameters samplingOf(const QJsonObject &json)
{
    SamplingParameters sampling;
    read(json[u"temperature"], sampling.temperature);
    read(json[u"topP"], sampling.topP);
    read(json[u"maxTokens"], sampling.maxTokens);
    read(json[u"frequencyPenalty"], sampling.frequencyPenalty);
    read(json[u"presencePenalty"], sampling.presencePenalty);
    read(json[u"seed"], sampling.seed);
    read(json[u"stop"], sampling.stop);
    read(json[u"n"], sampling.n);
    return sampling;
}

ContentPart partOf(const QJsonObject &json)
{
    if (json.contains(u"image"))
        return ImagePart {json[u"image"].toString(), json[u"detail"].toString()};
    if (json.contains(u"audio"))
        return AudioPart {json[u"audio"].toString().toLatin1(), json[u"format"].toString()};
    if (json.contains(u"audioUrl"))
        return AudioUrlPart {json[u"audioUrl"].toString()};
    return TextPart {json[u"text"].toString()};
}

Message messageOf(const QJsonObject &json)
{
    Message message {.role = roleFromName(json[u"role"].toString()).value_or(Role::User)};
    const QJsonArray content = json[u"content"].toArray();
    for (const QJsonValue &part : content)
        message.content.push_back(partOf(part.toObject()));
    if (json[u"content"].isString())
        message.content.emplace_back(TextPart {json[u"content"].toString()});
    const QJsonArray calls = json[u"toolCalls"].toArray();
    for (const QJsonValue &call : calls)
        message.toolCalls.push_back({call[u"id"].toString(), call[u"name"].toString(), call[u"arguments"].toString()});
    message.toolCallId = json[u"toolCallId"].toString();
    message.reasoning = json[u"reasoning"].toString();
    message.refusal = json[u"refusal"].toString();
    message.opaque = json[u"opaque"].toArray();
    return message;
}

Tool toolOf(const QJsonObject &json)
{
    Tool tool {.name = json[u"name"].toString(),
        .description = json[u"description"].toString(),
        .parameters = json[u"parameters"].toObject()};
    read(json[u"strict"], tool.strict);
    return tool;
}

ToolChoice toolChoiceOf(const QString &name)
{
    if (name == QLatin1String("auto"))
        return {.mode = ToolChoice::Mode::Auto};
    if (name == QLatin1String("none"))
        return {.mode = ToolChoice::Mode::None};
    if (name == QLatin1String("required"))
        return {.mode = ToolChoice::Mode::Required};
    return {.mode = ToolChoice::Mode::Named, .name = name};
}

ResponseFormat responseFormatOf(const QJsonObject &json)
{
    ResponseFormat format {.name = json[u"name"].toString(),
        .description = json[u"description"].toString(),
        .schema = json[u"schema"].toObject()};
    if (json[u"type"] == QLatin1String("json_object"))
        format.type = ResponseFormat::Type::JsonObject;
    else if (json[u"type"] == QLatin1String("json_schema"))
        format.type = ResponseFormat::Type::JsonSchema;
    read(json[u"strict"], format.strict);
    return format;
}

template <typename Request>
void readCommon(const QJsonObject &json, Request &request)
{
    request.model = json[u"model"].toString();
    request.extras = json[u"extras"].toObject();
    request.extrasMode = extrasModeFromName(json[u"extrasMode"].toString());
}

template <typename Request>
void readEmbedding(const QJsonObject &json, Request &request)
{
    readCommon(json, request);
    read(json[u"dimensions"], request.dimensions);
    request.encodingFormat = encodingFormatFromName(json[u"encodingFormat"].toString());
    request.inputType = inputTypeFromName(json[u"inputType"].toString());
}

} // namespace

ChatRequest chatRequestOf(const QJsonObject &json)
{
    ChatRequest request;
    readCommon(json, request);
    const QJsonArray messages = json[u"messages"].toArray();
    for (const QJsonValue &message : messages)
        request.messages.push_back(messageOf(message.toObject()));
    request.sampling = samplingOf(json);
    const QJsonArray tools = json[u"tools"].toArray();
    for (const QJsonValue &tool : tools)
        request.tools.push_back(toolOf(tool.toObject()));
    if (json.contains(u"toolChoice"))
        request.toolChoice = toolChoiceOf(json[u"toolChoice"].toString());
    if (json.contains(u"responseFormat"))
        request.responseFormat = responseFormatOf(json[u"responseFormat"].toObject());
    read(json[u"modalities"], request.modalities);
    read(json[u"maxCompletionTokens"], request.maxCompletionTokens);
    read(json[u"logprobs"], request.logprobs);
    read(json[u"topLogprobs"], request.topLogprobs);
    read(json[u"reasoningEffort"], request.reasoningEffort);
    read(json[u"parallelToolCalls"], request.parallelToolCalls);
    read(json[u"user"], request.user);
    request.stream = json[u"stream"].toBool(true);
    return request;
}

CompletionRequest completionRequestOf(const QJsonObject &json)
{
    CompletionRequest request;
    readCommon(json, request);
    request.prompt = json[u"prompt"].toString();
    request.sampling = samplingOf(json);
    read(json[u"suffix"], request.suffix);
    read(json[u"echo"], request.echo);
    read(json[u"bestOf"], request.bestOf);
    read(json[u"logprobs"], request.logprobs);
    request.stream = json[u"stream"].toBool(true);
    return request;
}

EmbeddingRequest embeddingRequestOf(const QJsonObject &json)
{
    EmbeddingRequest request;
    readEmbedding(json, request);
    request.input = textsOf(json[u"input"]);
    return request;
}

ImageEmbeddingRequest imageEmbeddingRequestOf(const QJsonObject &json)
{
    ImageEmbeddingRequest request;
    readEmbedding(json, request);
    const QJsonArray input = json[u"input"].toArray();
    for (const QJsonValue &item : input) {
        ImageInput image {.image = item[u"image"].toString()};
        read(item[u"text"], image.text);
        request.input.push_back(image);
    }
    return request;
}

} // namespace diptych::test
