// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/anthropic/anthropicdecoder.h"

#include "api/metrics.h"
#include "gateway/anthropic/anthropicencoder.h"
#include "gateway/anthropic/anthropicmessages.h"
#include "gateway/fieldreader.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace diptych {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::AnthropicDecoder", source);
}

void readSampling(FieldReader &body, SamplingParameters &sampling)
{
    sampling.temperature = body.number(QStringLiteral("temperature"), 0.0, 1.0);
    sampling.topP = body.number(QStringLiteral("top_p"), 0.0, 1.0);
    const QString stop = QStringLiteral("stop_sequences");
    if (body.any(stop).isString())
        body.fail(stop, text("stop_sequences must be an array of strings."));
    else
        sampling.stop = body.strings(stop);
    if (sampling.stop && sampling.stop->isEmpty())
        sampling.stop.reset();
}

void readToolChoice(FieldReader &body, ChatRequest &request)
{
    using Mode = ToolChoice::Mode;
    const QString name = QStringLiteral("tool_choice");
    const std::optional<QJsonObject> object = body.object(name);
    if (!object)
        return;
    FieldReader choice(*object, name);
    const QString type = requiredText(choice, QStringLiteral("type"));
    ToolChoice read;
    if (type == u"tool")
        read = {.mode = Mode::Named, .name = requiredText(choice, QStringLiteral("name"))};
    else if (type == u"any")
        read.mode = Mode::Required;
    else if (type == u"none")
        read.mode = Mode::None;
    else if (type != u"auto")
        choice.fail(QStringLiteral("type"), text("tool_choice.type must be auto, any, tool or none."));
    if (const auto isSingle = choice.boolean(QStringLiteral("disable_parallel_tool_use")))
        request.parallelToolCalls = !*isSingle;
    const bool mustCall = read.mode == Mode::Named || read.mode == Mode::Required;
    if (mustCall && request.tools.empty())
        choice.fail({}, text("tool_choice needs tools."));
    const auto isChosen = [&read](const Tool &tool) { return tool.name == read.name; };
    if (read.mode == Mode::Named && std::none_of(request.tools.begin(), request.tools.end(), isChosen))
        choice.fail({}, text("tool_choice names \"%1\", which is not among the tools.").arg(read.name));
    body.adopt(choice);
    request.toolChoice = read;
}

/// Thoughts are a matter of each provider; only "none at all" has a common name.
void readThinking(FieldReader &body, ChatRequest &request)
{
    constexpr int leastBudget = 1024;
    const QString name = QStringLiteral("thinking");
    const std::optional<QJsonObject> object = body.object(name);
    if (!object)
        return;
    FieldReader thinking(*object, name);
    const QString type = requiredText(thinking, QStringLiteral("type"));
    const QString budget = QStringLiteral("budget_tokens");
    const std::optional<int> tokens = thinking.smallInteger(budget, leastBudget);
    if (type == u"enabled" && !tokens)
        thinking.failMissing(budget);
    else if (tokens && request.sampling.maxTokens && *tokens >= *request.sampling.maxTokens)
        thinking.fail(budget, text("thinking.budget_tokens must be less than max_tokens."));
    else if (type != u"enabled" && type != u"adaptive" && type != u"disabled")
        thinking.fail(QStringLiteral("type"), text("thinking.type must be enabled, adaptive or disabled."));
    body.adopt(thinking);
    if (type == u"disabled")
        request.reasoningEffort = QStringLiteral("none");
    else
        request.extras.insert(name, *object);
}

std::optional<ResponseFormat> readFormat(FieldReader &reader, const QString &name)
{
    const std::optional<QJsonObject> object = reader.object(name);
    if (!object)
        return std::nullopt;
    FieldReader format(*object, reader.pathOf(name));
    const QString type = requiredText(format, QStringLiteral("type"));
    if (type != u"json_schema")
        format.fail(QStringLiteral("type"), text("%1.type must be json_schema.").arg(reader.pathOf(name)));
    FieldReader schema = memberReader(format, QStringLiteral("schema"));
    format.adopt(schema);
    reader.adopt(format);
    return ResponseFormat {.type = ResponseFormat::Type::JsonSchema,
        .name = QStringLiteral("answer"), // some services demand a name
        .schema = schema.rest()};
}

void readOutputConfig(FieldReader &body, ChatRequest &request)
{
    const QString name = QStringLiteral("output_config");
    FieldReader config(body.object(name).value_or(QJsonObject()), name);
    if (const auto effort = config.string(QStringLiteral("effort")))
        request.reasoningEffort = effort;
    request.responseFormat = readFormat(config, QStringLiteral("format"));
    body.adopt(config);
    if (const auto older = readFormat(body, QStringLiteral("output_format")))
        request.responseFormat = older;
}

void readRest(FieldReader &body, ChatRequest &request)
{
    if (const auto topK = body.smallInteger(QStringLiteral("top_k"), 0))
        request.extras.insert(QStringLiteral("top_k"), *topK);
    const QString metadata = QStringLiteral("metadata");
    FieldReader about(body.object(metadata).value_or(QJsonObject()), metadata);
    request.user = about.string(QStringLiteral("user_id"));
    body.adopt(about);
    constexpr std::array left {QLatin1String("service_tier"), QLatin1String("container"), QLatin1String("mcp_servers"),
        QLatin1String("context_management"), QLatin1String("cache_control"), QLatin1String("inference_geo"),
        QLatin1String("betas"), QLatin1String("n")};
    for (const QLatin1String name : left)
        (void)body.any(name);
    const QJsonObject rest = body.rest();
    for (auto extra = rest.begin(); extra != rest.end(); ++extra)
        request.extras.insert(extra.key(), extra.value());
    if (!request.extras.isEmpty())
        request.extrasMode = ExtrasMode::PassThrough;
}

Result<ChatRequest> decode(const QJsonObject &root, bool needsLimit)
{
    FieldReader body(root);
    ChatRequest request {.model = body.string(QStringLiteral("model")).value_or(QString())};
    const QString limit = QStringLiteral("max_tokens");
    request.sampling.maxTokens = body.smallInteger(limit, 1);
    if (needsLimit && !request.sampling.maxTokens)
        body.failMissing(limit);
    request.messages = readAnthropicMessages(body);
    readSampling(body, request.sampling);
    request.tools = readAnthropicTools(body);
    readToolChoice(body, request);
    request.stream = body.boolean(QStringLiteral("stream")).value_or(false);
    readThinking(body, request);
    readOutputConfig(body, request);
    readRest(body, request);
    if (body.error())
        return Failure(*body.error());
    return request;
}

qsizetype lengthOf(const QJsonObject &object)
{
    return object.isEmpty() ? 0 : QJsonDocument(object).toJson(QJsonDocument::Compact).size();
}

} // namespace

Result<ChatCall> anthropicCall(const QJsonObject &body, const DecodeOptions &)
{
    Result<ChatRequest> request = decode(body, true);
    if (!request)
        return Failure(request.error());
    return ChatCall {.request = std::move(*request), .encoder = std::make_unique<AnthropicChatEncoder>()};
}

Result<ChatRequest> anthropicCountRequest(const QJsonObject &body)
{
    return decode(body, false);
}

qint64 estimateInputTokens(const ChatRequest &request)
{
    constexpr qint64 tokensOfPicture = 1600;
    qsizetype length = 0;
    qint64 pictures = 0;
    for (const Message &message : request.messages) {
        length += message.text().size();
        pictures += std::count_if(message.content.begin(), message.content.end(),
            [](const ContentPart &part) { return std::holds_alternative<ImagePart>(part); });
        for (const ToolCall &call : message.toolCalls)
            length += call.name.size() + call.arguments.size();
    }
    for (const Tool &tool : request.tools)
        length += tool.name.size() + tool.description.size() + lengthOf(tool.parameters);
    return estimateTokens(length) + pictures * tokensOfPicture;
}

} // namespace diptych
