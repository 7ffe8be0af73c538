// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/cohere/chatencoding.h"

#include "providers/cohere/messageencoding.h"
#include "providers/common/fieldwriter.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>

namespace diptych::cohere {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::CohereEncoder", text);
}

void writeSampling(BodyEncoder &encoder, const ChatRequest &request)
{
    const SamplingParameters &sampling = request.sampling;
    FieldWriter writer(encoder);
    writer.sent(QStringLiteral("temperature"), sampling.temperature);
    const QString sameField = translated("the name of the same field here");
    writer.renamed(QStringLiteral("top_p"), QStringLiteral("p"), sampling.topP, sameField);
    const QString limit = QStringLiteral("max_tokens");
    const QString other = QStringLiteral("max_completion_tokens");
    writer.sent(limit, sampling.maxTokens);
    if (sampling.maxTokens && request.maxCompletionTokens)
        encoder.dropped(other, translated("max_tokens is set, and there is only one limit here"));
    else
        writer.renamed(other, limit, request.maxCompletionTokens, translated("there is only one limit here"));
    writer.sent(QStringLiteral("frequency_penalty"), sampling.frequencyPenalty);
    writer.sent(QStringLiteral("presence_penalty"), sampling.presencePenalty);
    writer.sent(QStringLiteral("seed"), sampling.seed);
    writer.renamed(QStringLiteral("stop"), QStringLiteral("stop_sequences"), sampling.stop, sameField);
    if (sampling.n == 1)
        encoder.dropped(QStringLiteral("n"), translated("there is one answer anyway"));
    else
        writer.unmapped(QStringLiteral("n"), sampling.n, translated("Cohere gives one answer"));
}

/// One switch for all tools stands for what each of them says.
void writeStrictness(BodyEncoder &encoder, const std::vector<Tool> &tools)
{
    const auto differs = [&tools](const Tool &tool) { return tool.strict != tools.front().strict; };
    const QString field = QStringLiteral("tools[].function.strict");
    if (std::any_of(tools.begin(), tools.end(), differs))
        encoder.unmapped(field, translated("one switch for all tools here, and they differ"));
    else if (tools.front().strict)
        encoder.converted(
            field, QStringLiteral("strict_tools"), *tools.front().strict, translated("one switch for all tools here"));
}

void writeTools(BodyEncoder &encoder, const std::vector<Tool> &tools)
{
    if (tools.empty())
        return;
    JsonArrayBuilder array;
    bool isCompleted = false;
    for (const Tool &tool : tools) {
        QJsonObject schema = tool.parameters;
        if (schema.isEmpty()) {
            schema.insert(u"type", QStringLiteral("object"));
            isCompleted = true;
        }
        JsonObjectBuilder function;
        function.insert(QLatin1String("name"), tool.name);
        function.insert(QLatin1String("parameters"), schema);
        if (!tool.description.isEmpty())
            function.insert(QLatin1String("description"), tool.description);
        JsonObjectBuilder object;
        object.insert(QLatin1String("type"), QStringLiteral("function"));
        object.insert(QLatin1String("function"), function);
        array.append(object);
    }
    const QString name = QStringLiteral("tools");
    if (isCompleted)
        encoder.converted(name, name, array, translated("a function without arguments has an empty schema here"));
    else
        encoder.sent(name, array);
    writeStrictness(encoder, tools);
}

void writeToolChoice(BodyEncoder &encoder, const ChatRequest &request)
{
    const QString name = QStringLiteral("tool_choice");
    if (request.toolChoice) {
        switch (request.toolChoice->mode) {
        case ToolChoice::Mode::Auto:
            encoder.dropped(name, translated("left out, which means auto here"));
            break;
        case ToolChoice::Mode::None:
            encoder.converted(name, name, QStringLiteral("NONE"), translated("spelt in capitals here"));
            break;
        case ToolChoice::Mode::Required:
            encoder.converted(name, name, QStringLiteral("REQUIRED"), translated("spelt in capitals here"));
            break;
        case ToolChoice::Mode::Named:
            encoder.unmapped(name, translated("Cohere can not be told to call one function by its name"));
            break;
        }
    }
    const QString parallel = QStringLiteral("parallel_tool_calls");
    if (request.parallelToolCalls == true)
        encoder.dropped(parallel, translated("several calls at once are allowed anyway"));
    else if (request.parallelToolCalls)
        encoder.unmapped(parallel, translated("Cohere always allows several calls at once"));
}

void writeResponseFormat(BodyEncoder &encoder, const ResponseFormat &format)
{
    const QString name = QStringLiteral("response_format");
    const QString type = QStringLiteral("type");
    if (format.type != ResponseFormat::Type::JsonSchema) {
        const bool isJson = format.type == ResponseFormat::Type::JsonObject;
        encoder.sent(name, QJsonObject {{type, isJson ? QStringLiteral("json_object") : QStringLiteral("text")}});
        return;
    }
    encoder.converted(name, name,
        QJsonObject {{type, QStringLiteral("json_object")}, {QStringLiteral("json_schema"), format.schema}},
        translated("a schema is part of json_object here"));
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
    const QString wire = QStringLiteral("thinking.type");
    if (effort == QLatin1String("none"))
        encoder.converted(field, wire, QStringLiteral("disabled"), translated("no thinking at all"));
    else
        encoder.approximated(
            field, wire, QStringLiteral("enabled"), translated("thinking is only on or off here; it has no degrees"));
}

void writeRest(BodyEncoder &encoder, const ChatRequest &request)
{
    FieldWriter writer(encoder);
    writer.sent(QStringLiteral("logprobs"), request.logprobs);
    writer.unmapped(QStringLiteral("top_logprobs"), request.topLogprobs,
        translated("Cohere gives only the probability of the token that was chosen"));
    if (request.modalities == QStringList {QStringLiteral("text")})
        encoder.dropped(QStringLiteral("modalities"), translated("answers are text anyway"));
    else
        writer.unmapped(QStringLiteral("modalities"), request.modalities, translated("answers are only text here"));
    writer.unmapped(QStringLiteral("user"), request.user, translated("Cohere's chat has no such field"));
    if (request.stream)
        encoder.sent(QStringLiteral("stream"), true);
}

} // namespace

Result<BodyEncoder> encodeChatRequest(const ChatRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    writeMessages(encoder, request.messages);
    writeSampling(encoder, request);
    writeTools(encoder, request.tools);
    writeToolChoice(encoder, request);
    if (request.responseFormat)
        writeResponseFormat(encoder, *request.responseFormat);
    if (request.reasoningEffort)
        writeEffort(encoder, *request.reasoningEffort);
    writeRest(encoder, request);
    return finishBody(std::move(encoder), request.extras, request.extrasMode, options);
}

} // namespace diptych::cohere
