// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/anthropic/anthropiccodec.h"

#include "providers/anthropic/messageencoding.h"
#include "providers/common/fieldwriter.h"
#include "providers/common/jsontext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace diptych::anthropic {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::AnthropicEncoder", text);
}

void writeLimit(BodyEncoder &encoder, const ChatRequest &request, const EncodingOptions &options)
{
    const QString name = QStringLiteral("max_tokens");
    const QString other = QStringLiteral("max_completion_tokens");
    const auto extra = [&](const QString &key) {
        return writtenExtra(key, request.extras, request.extrasMode, options);
    };
    if (request.sampling.maxTokens) {
        encoder.sent(name, *request.sampling.maxTokens);
        if (request.maxCompletionTokens)
            encoder.dropped(other, translated("max_tokens is set, and there is only one limit here"));
    } else if (request.maxCompletionTokens) {
        encoder.renamed(other, name, *request.maxCompletionTokens, translated("there is only one limit here"));
    } else if (extra(name).isUndefined()) {
        // A budget for thinking is part of the limit and has to be smaller.
        const int budget = extra(QStringLiteral("thinking"))[u"budget_tokens"].toInt();
        encoder.added(name, defaultMaxTokens + std::max(budget, 0),
            budget > 0 ? translated("this API demands a limit; %1 beyond the budget for thinking").arg(defaultMaxTokens)
                       : translated("this API demands a limit"));
    }
}

void writeSampling(BodyEncoder &encoder, const SamplingParameters &sampling)
{
    FieldWriter writer(encoder);
    writer.sent(QStringLiteral("temperature"), sampling.temperature);
    writer.sent(QStringLiteral("top_p"), sampling.topP);
    writer.renamed(QStringLiteral("stop"), QStringLiteral("stop_sequences"), sampling.stop,
        translated("the name of the same field here"));
    const QString reason = translated("the Messages API has no such field");
    writer.unmapped(QStringLiteral("frequency_penalty"), sampling.frequencyPenalty, reason);
    writer.unmapped(QStringLiteral("presence_penalty"), sampling.presencePenalty, reason);
    writer.unmapped(QStringLiteral("seed"), sampling.seed, reason);
    if (sampling.n == 1)
        encoder.dropped(QStringLiteral("n"), translated("there is one answer anyway"));
    else
        writer.unmapped(QStringLiteral("n"), sampling.n, translated("the Messages API gives one answer"));
}

void writeTools(BodyEncoder &encoder, const std::vector<Tool> &tools)
{
    if (tools.empty())
        return;
    QJsonArray array;
    for (const Tool &tool : tools) {
        QJsonObject object {{QStringLiteral("name"), repairedText(tool.name)}};
        if (!tool.description.isEmpty())
            object.insert(u"description", repairedText(tool.description));
        QJsonObject schema = tool.parameters;
        if (schema.isEmpty())
            schema.insert(u"type", QStringLiteral("object"));
        object.insert(u"input_schema", schema);
        if (tool.strict)
            object.insert(u"strict", *tool.strict);
        array.append(object);
    }
    const QString name = QStringLiteral("tools");
    encoder.converted(name, name, array, translated("a tool's parameters are its input_schema here"));
}

QJsonObject encodeToolChoice(const ToolChoice &choice)
{
    const auto typed = [](const char *type) {
        return QJsonObject {{QStringLiteral("type"), QString::fromLatin1(type)}};
    };
    switch (choice.mode) {
    case ToolChoice::Mode::Auto:
        return typed("auto");
    case ToolChoice::Mode::None:
        return typed("none");
    case ToolChoice::Mode::Required:
        return typed("any");
    case ToolChoice::Mode::Named:
        break;
    }
    QJsonObject named = typed("tool");
    named.insert(u"name", repairedText(choice.name));
    return named;
}

void writeToolChoice(BodyEncoder &encoder, const ChatRequest &request)
{
    const QString name = QStringLiteral("tool_choice");
    const QString parallel = QStringLiteral("parallel_tool_calls");
    if (request.toolChoice)
        encoder.converted(name, name, encodeToolChoice(*request.toolChoice), translated("an object with a type here"));
    if (!request.parallelToolCalls)
        return;
    const bool isNone = request.toolChoice && request.toolChoice->mode == ToolChoice::Mode::None;
    if (*request.parallelToolCalls || isNone) {
        encoder.dropped(parallel,
            isNone ? translated("no tool may be called") : translated("several calls at once are allowed anyway"));
        return;
    }
    if (!request.toolChoice)
        encoder.added(QStringLiteral("tool_choice.type"), QStringLiteral("auto"),
            translated("parallel_tool_calls is part of the tool choice here"));
    encoder.converted(parallel, QStringLiteral("tool_choice.disable_parallel_tool_use"), true,
        translated("the same switch the other way round"));
}

void writeResponseFormat(BodyEncoder &encoder, const ResponseFormat &format)
{
    const QString name = QStringLiteral("response_format");
    switch (format.type) {
    case ResponseFormat::Type::Text:
        return encoder.dropped(name, translated("answers are text anyway"));
    case ResponseFormat::Type::JsonObject:
        return encoder.unmapped(name, translated("the Messages API knows JSON only by a schema"));
    case ResponseFormat::Type::JsonSchema:
        break;
    }
    encoder.converted(name, QStringLiteral("output_config.format"),
        QJsonObject {
            {QStringLiteral("type"), QStringLiteral("json_schema")}, {QStringLiteral("schema"), format.schema}},
        translated("the schema is part of output_config here"));
    const QString inside = name + QStringLiteral(".json_schema.");
    if (!format.name.isEmpty())
        encoder.dropped(inside + QStringLiteral("name"), translated("schemas have no name here"));
    if (!format.description.isEmpty())
        encoder.unmapped(inside + QStringLiteral("description"), translated("schemas have no description here"));
    if (format.strict == false)
        encoder.unmapped(inside + QStringLiteral("strict"), translated("a schema is always kept to strictly here"));
    else if (format.strict)
        encoder.dropped(inside + QStringLiteral("strict"), translated("a schema is kept to strictly anyway"));
}

void writeEffort(BodyEncoder &encoder, const QString &effort)
{
    const QString field = QStringLiteral("reasoning_effort");
    const QString wire = QStringLiteral("output_config.effort");
    if (effort == QLatin1String("none"))
        encoder.converted(field, QStringLiteral("thinking"),
            QJsonObject {{QStringLiteral("type"), QStringLiteral("disabled")}}, translated("no thinking at all"));
    else if (effort == QLatin1String("minimal"))
        encoder.approximated(field, wire, QStringLiteral("low"), translated("the least effort there is here"));
    else
        encoder.renamed(field, wire, repairedText(effort), translated("the effort is part of output_config here"));
}

void writeRest(BodyEncoder &encoder, const ChatRequest &request)
{
    FieldWriter writer(encoder);
    const QString reason = translated("the Messages API gives no token probabilities");
    if (request.logprobs == false)
        encoder.dropped(QStringLiteral("logprobs"), translated("there are none anyway"));
    else
        writer.unmapped(QStringLiteral("logprobs"), request.logprobs, reason);
    writer.unmapped(QStringLiteral("top_logprobs"), request.topLogprobs, reason);
    if (request.modalities == QStringList {QStringLiteral("text")})
        encoder.dropped(QStringLiteral("modalities"), translated("answers are text anyway"));
    else
        writer.unmapped(QStringLiteral("modalities"), request.modalities, translated("answers are only text here"));
    writer.renamed(QStringLiteral("user"), QStringLiteral("metadata.user_id"), request.user,
        translated("the user is part of metadata here"));
    if (request.stream)
        encoder.sent(QStringLiteral("stream"), true);
}

} // namespace

Result<BodyEncoder> encodeChatRequest(const ChatRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    writeLimit(encoder, request, options);
    if (std::optional<Error> error = writeMessages(encoder, request.messages))
        return Failure(std::move(*error));
    writeSampling(encoder, request.sampling);
    writeTools(encoder, request.tools);
    writeToolChoice(encoder, request);
    if (request.responseFormat)
        writeResponseFormat(encoder, *request.responseFormat);
    if (request.reasoningEffort)
        writeEffort(encoder, *request.reasoningEffort);
    writeRest(encoder, request);
    return finishBody(std::move(encoder), request.extras, request.extrasMode, options);
}

} // namespace diptych::anthropic
