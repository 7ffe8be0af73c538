// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/mistralfields.h"

#include "providers/common/fieldwriter.h"
#include "providers/common/jsontext.h"
#include "providers/openai/messageencoding.h"

#include <QCoreApplication>

namespace diptych::openai {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::RequestEncoder", text);
}

void writeMaxTokens(BodyEncoder &encoder, const ChatRequest &request)
{
    const QString wire = QStringLiteral("max_tokens");
    const QString newer = QStringLiteral("max_completion_tokens");
    FieldWriter writer(encoder);
    writer.sent(wire, request.sampling.maxTokens);
    if (!request.sampling.maxTokens)
        writer.renamed(newer, wire, request.maxCompletionTokens, translated("Mistral's name for it"));
    else if (request.maxCompletionTokens)
        encoder.dropped(newer, translated("max_tokens says it already"));
}

} // namespace

void writeMistralFields(BodyEncoder &encoder, const ChatRequest &request)
{
    const SamplingParameters &sampling = request.sampling;
    FieldWriter writer(encoder);
    writer.sent(QStringLiteral("temperature"), sampling.temperature);
    writer.sent(QStringLiteral("top_p"), sampling.topP);
    writeMaxTokens(encoder, request);
    writer.sent(QStringLiteral("frequency_penalty"), sampling.frequencyPenalty);
    writer.sent(QStringLiteral("presence_penalty"), sampling.presencePenalty);
    writer.renamed(
        QStringLiteral("seed"), QStringLiteral("random_seed"), sampling.seed, translated("Mistral's name for it"));
    writer.sent(QStringLiteral("stop"), sampling.stop);
    writer.sent(QStringLiteral("n"), sampling.n);
    if (!request.tools.empty())
        encoder.sent(QStringLiteral("tools"), encodeTools(request.tools));
    if (request.toolChoice)
        encoder.sent(QStringLiteral("tool_choice"), encodeToolChoice(*request.toolChoice));
    if (request.responseFormat)
        encoder.sent(QStringLiteral("response_format"), encodeResponseFormat(*request.responseFormat));
    writer.sent(QStringLiteral("reasoning_effort"), request.reasoningEffort);
    writer.sent(QStringLiteral("parallel_tool_calls"), request.parallelToolCalls);
    const QString reason = translated("Mistral has no such field");
    if (request.modalities == QStringList {QStringLiteral("text")})
        encoder.dropped(QStringLiteral("modalities"), translated("Mistral answers in text anyway"));
    else
        writer.unmapped(QStringLiteral("modalities"), request.modalities, reason);
    writer.unmapped(QStringLiteral("logprobs"), request.logprobs, reason);
    writer.unmapped(QStringLiteral("top_logprobs"), request.topLogprobs, reason);
    writer.unmapped(QStringLiteral("user"), request.user, reason);
}

void writeMistralFields(BodyEncoder &encoder, const CompletionRequest &request)
{
    encoder.sent(QStringLiteral("prompt"), repairedText(request.prompt));
    const SamplingParameters &sampling = request.sampling;
    FieldWriter writer(encoder);
    writer.sent(QStringLiteral("suffix"), request.suffix);
    writer.sent(QStringLiteral("temperature"), sampling.temperature);
    writer.sent(QStringLiteral("top_p"), sampling.topP);
    writer.sent(QStringLiteral("max_tokens"), sampling.maxTokens);
    writer.renamed(
        QStringLiteral("seed"), QStringLiteral("random_seed"), sampling.seed, translated("Mistral's name for it"));
    writer.sent(QStringLiteral("stop"), sampling.stop);
    const QString reason = translated("Mistral's completions have no such field");
    writer.unmapped(QStringLiteral("frequency_penalty"), sampling.frequencyPenalty, reason);
    writer.unmapped(QStringLiteral("presence_penalty"), sampling.presencePenalty, reason);
    writer.unmapped(QStringLiteral("n"), sampling.n, reason);
    writer.unmapped(QStringLiteral("echo"), request.echo, reason);
    writer.unmapped(QStringLiteral("best_of"), request.bestOf, reason);
    writer.unmapped(QStringLiteral("logprobs"), request.logprobs, reason);
}

void writeMistralFields(BodyEncoder &encoder, const EmbeddingRequest &request)
{
    FieldWriter writer(encoder);
    writer.renamed(QStringLiteral("dimensions"), QStringLiteral("output_dimension"), request.dimensions,
        translated("Mistral's name for it"));
    if (!request.encodingFormat)
        return;
    const QString field = QStringLiteral("encoding_format");
    const QString format = encodingFormatName(*request.encodingFormat);
    if (*request.encodingFormat == EncodingFormat::Float || *request.encodingFormat == EncodingFormat::Base64)
        encoder.sent(field, format);
    else
        encoder.renamed(field, QStringLiteral("output_dtype"), format, translated("Mistral's name for it"));
}

} // namespace diptych::openai
