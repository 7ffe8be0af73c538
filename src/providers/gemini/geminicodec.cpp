// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/gemini/geminicodec.h"

#include "providers/common/fieldwriter.h"
#include "providers/common/jsontext.h"
#include "providers/gemini/contentencoding.h"
#include "providers/gemini/thinking.h"

#include <QCoreApplication>

namespace diptych::gemini {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::RequestEncoder", text);
}

QString configPath(const char *member)
{
    return QStringLiteral("generationConfig.") + QLatin1String(member);
}

QString renamedReason()
{
    return translated("this API's name for it");
}

/// The line for what travels in the URL. Error::Kind::InvalidRequest when there is no model at all.
std::optional<Error> noteModel(BodyEncoder &encoder, const QString &model, const EncodingOptions &options)
{
    const QString field = QStringLiteral("model");
    if (model.isEmpty() && options.defaultModel.isEmpty()) {
        return Error {.kind = Error::Kind::InvalidRequest,
            .message = translated("This API needs to be told the model, and neither the request nor the endpoint names "
                                  "one."),
            .parameter = field};
    }
    encoder.convertedPart(field, QStringLiteral("URL"),
        model.isEmpty() ? translated("the default model of this endpoint; the URL names it")
                        : translated("the URL names the model"));
    return std::nullopt;
}

void writeMaxTokens(BodyEncoder &encoder, const ChatRequest &request)
{
    const QString wire = configPath("maxOutputTokens");
    const QString maxTokens = QStringLiteral("max_tokens");
    FieldWriter writer(encoder);
    writer.renamed(QStringLiteral("max_completion_tokens"), wire, request.maxCompletionTokens, renamedReason());
    if (!request.maxCompletionTokens)
        writer.renamed(maxTokens, wire, request.sampling.maxTokens, renamedReason());
    else if (request.sampling.maxTokens)
        encoder.dropped(maxTokens, translated("max_completion_tokens says it already"));
}

void writeSampling(BodyEncoder &encoder, const ChatRequest &request)
{
    const SamplingParameters &sampling = request.sampling;
    FieldWriter writer(encoder);
    writer.renamed(QStringLiteral("temperature"), configPath("temperature"), sampling.temperature, renamedReason());
    writer.renamed(QStringLiteral("top_p"), configPath("topP"), sampling.topP, renamedReason());
    writeMaxTokens(encoder, request);
    writer.renamed(QStringLiteral("frequency_penalty"), configPath("frequencyPenalty"), sampling.frequencyPenalty,
        renamedReason());
    writer.renamed(
        QStringLiteral("presence_penalty"), configPath("presencePenalty"), sampling.presencePenalty, renamedReason());
    writer.renamed(QStringLiteral("seed"), configPath("seed"), sampling.seed, renamedReason());
    writer.renamed(QStringLiteral("stop"), configPath("stopSequences"), sampling.stop, renamedReason());
    writer.renamed(QStringLiteral("n"), configPath("candidateCount"), sampling.n, renamedReason());
    writer.renamed(QStringLiteral("logprobs"), configPath("responseLogprobs"), request.logprobs, renamedReason());
    writer.renamed(QStringLiteral("top_logprobs"), configPath("logprobs"), request.topLogprobs, renamedReason());
}

void writeResponseFormat(BodyEncoder &encoder, const ResponseFormat &format)
{
    const QString field = QStringLiteral("response_format");
    const QString type =
        format.type == ResponseFormat::Type::Text ? QStringLiteral("text/plain") : QStringLiteral("application/json");
    encoder.converted(field, configPath("responseMimeType"), type, translated("the format is a media type here"));
    if (format.type != ResponseFormat::Type::JsonSchema)
        return;
    encoder.converted(field + QStringLiteral(".json_schema.schema"), configPath("responseJsonSchema"), format.schema,
        translated("the schema stands beside the media type here"));
    if (!format.name.isEmpty())
        encoder.dropped(field + QStringLiteral(".json_schema.name"), translated("schemas have no name here"));
    if (!format.description.isEmpty())
        encoder.dropped(
            field + QStringLiteral(".json_schema.description"), translated("schemas have no description here"));
    if (format.strict)
        encoder.dropped(field + QStringLiteral(".json_schema.strict"), translated("the schema always holds here"));
}

void writeModalities(BodyEncoder &encoder, const QStringList &modalities)
{
    const QString field = QStringLiteral("modalities");
    if (modalities == QStringList {QStringLiteral("text")})
        encoder.converted(field, configPath("responseModalities"), QJsonArray {QStringLiteral("TEXT")},
            translated("modalities are written in capitals here"));
    else
        encoder.unmapped(field, translated("the common request has no voice, and this API speaks only with one"));
}

/// Source: members of GenerationConfig that the common request has no field for.
QString placeOf(const QString &key)
{
    static const QStringList members {QStringLiteral("temperature"), QStringLiteral("topP"), QStringLiteral("topK"),
        QStringLiteral("maxOutputTokens"), QStringLiteral("candidateCount"), QStringLiteral("stopSequences"),
        QStringLiteral("seed"), QStringLiteral("presencePenalty"), QStringLiteral("frequencyPenalty"),
        QStringLiteral("responseMimeType"), QStringLiteral("responseSchema"), QStringLiteral("responseJsonSchema"),
        QStringLiteral("responseLogprobs"), QStringLiteral("logprobs"), QStringLiteral("responseModalities"),
        QStringLiteral("enableEnhancedCivicAnswers"), QStringLiteral("mediaResolution"), QStringLiteral("speechConfig"),
        QStringLiteral("thinkingConfig"), QStringLiteral("imageConfig")};
    return members.contains(key) ? QString(QStringLiteral("generationConfig.") + key) : QString();
}

} // namespace

Result<BodyEncoder> encodeChatRequest(const ChatRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    if (const auto error = noteModel(encoder, request.model, options))
        return Failure(*error);
    writeMessages(encoder, request.messages);
    writeTools(encoder, request);
    writeSampling(encoder, request);
    if (request.responseFormat)
        writeResponseFormat(encoder, *request.responseFormat);
    if (request.modalities)
        writeModalities(encoder, *request.modalities);
    if (request.reasoningEffort)
        writeReasoningEffort(encoder, *request.reasoningEffort,
            request.model.isEmpty() ? options.defaultModel : request.model, request.extras);
    FieldWriter writer(encoder);
    writer.unmapped(QStringLiteral("parallel_tool_calls"), request.parallelToolCalls,
        translated("the model alone decides how many functions it calls at once"));
    writer.unmapped(QStringLiteral("user"), request.user, translated("this API has no such field"));
    if (request.stream)
        encoder.convertedPart(QStringLiteral("stream"), QStringLiteral("URL"),
            translated("streams have a method of their own: streamGenerateContent"));
    return finishBody(std::move(encoder), request.extras, request.extrasMode, options, placeOf);
}

QString resourceName(const QString &model)
{
    if (model.isEmpty() || model.startsWith(QLatin1String("models/"))
        || model.startsWith(QLatin1String("tunedModels/")))
        return model;
    return QStringLiteral("models/") + model;
}

} // namespace diptych::gemini
