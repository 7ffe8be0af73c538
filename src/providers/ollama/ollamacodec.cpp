// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ollama/ollamacodec.h"

#include "providers/common/fieldwriter.h"
#include "providers/common/jsontext.h"
#include "providers/ollama/messageencoding.h"
#include "providers/ollama/ollamaextras.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace diptych::ollama {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::OllamaEncoder", text);
}

QString options(const char *name)
{
    return QStringLiteral("options.") % QString::fromLatin1(name);
}

void writeTokenLimit(BodyEncoder &encoder, std::optional<int> maxTokens, std::optional<int> maxCompletionTokens)
{
    const QString limit = options("num_predict");
    const QString older = QStringLiteral("max_tokens");
    const QString newer = QStringLiteral("max_completion_tokens");
    if (maxCompletionTokens)
        encoder.converted(newer, limit, *maxCompletionTokens, translated("Ollama has one limit for both"));
    if (!maxTokens)
        return;
    if (!maxCompletionTokens)
        encoder.renamed(older, limit, *maxTokens, translated("its name here"));
    else if (maxTokens == maxCompletionTokens)
        encoder.dropped(older, translated("max_completion_tokens says the same"));
    else
        encoder.unmapped(older, translated("Ollama has one limit, and max_completion_tokens is set too"));
}

void writeAnswerCount(BodyEncoder &encoder, std::optional<int> n)
{
    const QString field = QStringLiteral("n");
    if (n == 1)
        encoder.dropped(field, translated("Ollama gives one answer to each request"));
    else if (n)
        encoder.unmapped(field, translated("Ollama gives one answer to each request"));
}

void writeSampling(BodyEncoder &encoder, const SamplingParameters &sampling)
{
    FieldWriter writer(encoder);
    const auto write = [&writer](const char *name, const auto &value) {
        writer.renamed(QString::fromLatin1(name), options(name), value, translated("belongs into options here"));
    };
    write("temperature", sampling.temperature);
    write("top_p", sampling.topP);
    write("frequency_penalty", sampling.frequencyPenalty);
    write("presence_penalty", sampling.presencePenalty);
    write("seed", sampling.seed);
    write("stop", sampling.stop);
    writeAnswerCount(encoder, sampling.n);
}

void writeResponseFormat(BodyEncoder &encoder, const std::optional<ResponseFormat> &format)
{
    if (!format)
        return;
    const QString field = QStringLiteral("response_format");
    const QString wire = QStringLiteral("format");
    if (format->type == ResponseFormat::Type::Text)
        encoder.dropped(field, translated("Ollama answers with text unless told otherwise"));
    else if (format->type == ResponseFormat::Type::JsonObject)
        encoder.converted(field, wire, QStringLiteral("json"), translated("json_object is called json here"));
    else
        encoder.converted(field, wire, format->schema,
            translated("the schema alone; its name, description and strict have no place here"));
}

void writeEffort(BodyEncoder &encoder, const std::optional<QString> &effort)
{
    if (!effort)
        return;
    const QString field = QStringLiteral("reasoning_effort");
    const QString wire = QStringLiteral("think");
    static constexpr std::array levels {
        QLatin1String("low"), QLatin1String("medium"), QLatin1String("high"), QLatin1String("max")};
    if (*effort == QLatin1String("none"))
        encoder.converted(field, wire, false, translated("none: the model does not think"));
    else if (std::find(levels.begin(), levels.end(), *effort) != levels.end())
        encoder.renamed(field, wire, *effort, translated("its name here"));
    else
        encoder.approximated(field, wire, true, translated("Ollama has the levels low, medium, high and max only"));
}

void writeChatOnlyFields(BodyEncoder &encoder, const ChatRequest &request)
{
    FieldWriter writer(encoder);
    writer.sent(QStringLiteral("logprobs"), request.logprobs);
    writer.sent(QStringLiteral("top_logprobs"), request.topLogprobs);
    writer.unmapped(QStringLiteral("parallel_tool_calls"), request.parallelToolCalls,
        translated("the model decides by itself here"));
    writer.unmapped(QStringLiteral("user"), request.user, translated("Ollama has no such field"));
    const QString modalities = QStringLiteral("modalities");
    if (request.modalities == QStringList {QStringLiteral("text")})
        encoder.dropped(modalities, translated("Ollama answers with text only"));
    else
        writer.unmapped(modalities, request.modalities, translated("Ollama answers with text only"));
}

void writeStream(BodyEncoder &encoder, bool stream)
{
    const QString field = QStringLiteral("stream");
    if (stream)
        encoder.sent(field, true);
    else
        encoder.added(field, false, translated("Ollama streams unless told not to"));
}

bool choosesTemplate(const CompletionRequest &request, const EncodingOptions &options)
{
    if (request.extrasMode.value_or(options.extrasMode) != ExtrasMode::PassThrough)
        return false;
    static constexpr std::array names {
        QLatin1String("raw"), QLatin1String("template"), QLatin1String("system"), QLatin1String("context")};
    const std::vector<EffectiveExtra> extras =
        effectiveExtras(options.endpointExtras, options.modelExtras, request.extras);
    return std::any_of(extras.begin(), extras.end(),
        [](const EffectiveExtra &extra) { return std::find(names.begin(), names.end(), extra.key) != names.end(); });
}

void writeCompletionOnlyFields(BodyEncoder &encoder, const CompletionRequest &request)
{
    const QString echo = QStringLiteral("echo");
    if (request.echo == false)
        encoder.dropped(echo, translated("Ollama never repeats the prompt"));
    else if (request.echo)
        encoder.unmapped(echo, translated("Ollama never repeats the prompt"));
    const QString best = QStringLiteral("best_of");
    if (request.bestOf == 1)
        encoder.dropped(best, translated("Ollama makes one answer"));
    else if (request.bestOf)
        encoder.unmapped(best, translated("Ollama makes one answer"));
    if (!request.logprobs)
        return;
    const QString field = QStringLiteral("logprobs");
    encoder.converted(field, field, true, translated("a switch here; the count stands in top_logprobs"));
    encoder.converted(
        field, QStringLiteral("top_logprobs"), *request.logprobs, translated("how many alternatives per token"));
}

} // namespace

Result<BodyEncoder> encodeChatRequest(const ChatRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    writeMessages(encoder, request.messages);
    writeTools(encoder, request.tools, request.toolChoice);
    writeResponseFormat(encoder, request.responseFormat);
    writeEffort(encoder, request.reasoningEffort);
    writeTokenLimit(encoder, request.sampling.maxTokens, request.maxCompletionTokens);
    writeSampling(encoder, request.sampling);
    writeChatOnlyFields(encoder, request);
    writeStream(encoder, request.stream);
    return finishBody(std::move(encoder), request.extras, request.extrasMode, options, placeOf);
}

Result<BodyEncoder> encodeCompletionRequest(const CompletionRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    encoder.sent(QStringLiteral("prompt"), repairedText(request.prompt));
    FieldWriter(encoder).sent(QStringLiteral("suffix"), request.suffix);
    if (!request.suffix && !choosesTemplate(request, options))
        encoder.added(
            QStringLiteral("raw"), true, translated("the text is continued as it is, without the model's template"));
    writeTokenLimit(encoder, request.sampling.maxTokens, {});
    writeSampling(encoder, request.sampling);
    writeCompletionOnlyFields(encoder, request);
    writeStream(encoder, request.stream);
    return finishBody(std::move(encoder), request.extras, request.extrasMode, options, placeOf);
}

Result<BodyEncoder> encodeEmbeddingRequest(const EmbeddingRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    encoder.sent(QStringLiteral("input"), encodeTexts(request.input));
    FieldWriter writer(encoder);
    writer.sent(QStringLiteral("dimensions"), request.dimensions);
    const QString format = QStringLiteral("encoding_format");
    if (request.encodingFormat == EncodingFormat::Float)
        encoder.dropped(format, translated("Ollama answers with floats"));
    else if (request.encodingFormat)
        encoder.unmapped(format, translated("Ollama answers with floats only"));
    if (request.inputType)
        encoder.unmapped(QStringLiteral("input_type"), translated("Ollama has no such field"));
    return finishBody(std::move(encoder), request.extras, request.extrasMode, options, placeOf);
}

Result<BodyEncoder> encodeModelName(const QString &model)
{
    if (model.isEmpty()) {
        return Failure({.kind = Error::Kind::InvalidRequest,
            .message = translated("Ollama wants to know which model is meant."),
            .parameter = QStringLiteral("model")});
    }
    BodyEncoder encoder;
    encoder.sent(QStringLiteral("model"), repairedText(model));
    return encoder;
}

} // namespace diptych::ollama
