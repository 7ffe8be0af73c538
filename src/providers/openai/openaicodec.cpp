// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/openaicodec.h"

#include "providers/common/fieldwriter.h"
#include "providers/openai/mistralfields.h"
#include "providers/openai/servervariants.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych::openai {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::RequestEncoder", text);
}

/// True when the extras set this key in the body themselves.
bool setsExtra(
    const QString &key, const QJsonObject &extras, std::optional<ExtrasMode> asked, const EncodingOptions &options)
{
    if (asked.value_or(options.extrasMode) != ExtrasMode::PassThrough)
        return false;
    const std::vector<EffectiveExtra> all = effectiveExtras(options.endpointExtras, options.modelExtras, extras);
    return std::any_of(all.begin(), all.end(), [&key](const EffectiveExtra &extra) { return extra.key == key; });
}

template <typename Request>
void writeUsageOption(BodyEncoder &encoder, const Request &request, const EncodingOptions &options)
{
    const QString name = QStringLiteral("stream_options");
    // Mistral refuses the field, and tells the counts without being asked.
    if (!request.stream || !options.includeUsage || options.variant == mistralVariant
        || setsExtra(name, request.extras, request.extrasMode, options))
        return;
    encoder.added(name, QJsonObject {{QStringLiteral("include_usage"), true}},
        translated("asks for the token counts of a stream"));
}

MessageDialect dialectOf(const QString &variant)
{
    if (variant == mistralVariant)
        return {.isAudioText = true, .hasDeveloper = false, .hasRefusals = false};
    return {.takesAudioUrls = variant == vllmVariant};
}

void writeFormat(BodyEncoder &encoder, std::optional<EncodingFormat> format)
{
    if (!format)
        return;
    const QString field = QStringLiteral("encoding_format");
    const QString name = encodingFormatName(*format);
    if (*format == EncodingFormat::Float || *format == EncodingFormat::Base64)
        encoder.sent(field, name);
    else
        encoder.unmapped(field, translated("OpenAI v1 knows only float and base64; %1 is none of them").arg(name));
}

void writeInputType(BodyEncoder &encoder, std::optional<EmbeddingInputType> type)
{
    if (type)
        encoder.unmapped(QStringLiteral("input_type"), translated("OpenAI v1 has no such field"));
}

} // namespace

Result<BodyEncoder> encodeChatRequest(const ChatRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    writeMessages(encoder, request.messages, dialectOf(options.variant));
    if (options.variant == mistralVariant) {
        writeMistralFields(encoder, request);
    } else {
        writeChatFields(encoder, request);
        writeOpenAiFields(encoder, request);
    }
    writeStream(encoder, request.stream);
    writeUsageOption(encoder, request, options);
    return finishBody(std::move(encoder), request.extras, request.extrasMode, options);
}

Result<BodyEncoder> encodeCompletionRequest(const CompletionRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    if (options.variant == mistralVariant) {
        writeMistralFields(encoder, request);
    } else {
        writeCompletionFields(encoder, request);
        writeOpenAiFields(encoder, request);
    }
    writeStream(encoder, request.stream);
    writeUsageOption(encoder, request, options);
    return finishBody(std::move(encoder), request.extras, request.extrasMode, options);
}

Result<BodyEncoder> encodeEmbeddingRequest(const EmbeddingRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    encoder.sent(QStringLiteral("input"), encodeTexts(request.input));
    if (options.variant == mistralVariant) {
        writeMistralFields(encoder, request);
    } else {
        FieldWriter(encoder).sent(QStringLiteral("dimensions"), request.dimensions);
        writeFormat(encoder, request.encodingFormat);
    }
    writeInputType(encoder, request.inputType);
    return finishBody(std::move(encoder), request.extras, request.extrasMode, options);
}

Result<BodyEncoder> encodeImageEmbeddingRequest(const ImageEmbeddingRequest &request, const EncodingOptions &options)
{
    if (options.variant != vllmVariant) {
        return Failure({.kind = Error::Kind::Unsupported,
            .message = translated("The OpenAI API has no route for embedding images.")});
    }
    if (request.input.size() != 1) {
        return Failure({.kind = Error::Kind::Unsupported,
            .message = translated("vLLM embeds one picture with each request."),
            .parameter = QStringLiteral("input")});
    }
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    Message message {.content = {ImagePart {.url = request.input.front().image}}};
    if (request.input.front().text)
        message.content.emplace_back(TextPart {*request.input.front().text});
    encoder.converted(QStringLiteral("input"), QStringLiteral("messages"), encodeMessages({message}, {}, encoder),
        translated("vLLM embeds a picture as the message of a chat"));
    FieldWriter(encoder).sent(QStringLiteral("dimensions"), request.dimensions);
    writeFormat(encoder, request.encodingFormat);
    writeInputType(encoder, request.inputType);
    return finishBody(std::move(encoder), request.extras, request.extrasMode, options);
}

} // namespace diptych::openai
