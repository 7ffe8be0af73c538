// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/openaicodec.h"

#include "providers/common/fieldwriter.h"

#include <QCoreApplication>

namespace diptych::openai {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::RequestEncoder", text);
}

void writeUsageOption(BodyEncoder &encoder, const QJsonObject &extras, const EncodingOptions &options)
{
    const QString name = QStringLiteral("stream_options");
    if (!options.includeUsage || extras.contains(name))
        return;
    encoder.added(name, QJsonObject {{QStringLiteral("include_usage"), true}},
        translated("asks for the token counts of a stream"));
}

} // namespace

Result<BodyEncoder> encodeChatRequest(const ChatRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    writeMessages(encoder, request.messages);
    writeChatFields(encoder, request);
    writeOpenAiFields(encoder, request);
    writeStream(encoder, request.stream);
    if (request.stream)
        writeUsageOption(encoder, request.extras, options);
    return finishBody(std::move(encoder), request.extras, request.extrasMode, options);
}

Result<BodyEncoder> encodeCompletionRequest(const CompletionRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    writeCompletionFields(encoder, request);
    writeOpenAiFields(encoder, request);
    writeStream(encoder, request.stream);
    if (request.stream)
        writeUsageOption(encoder, request.extras, options);
    return finishBody(std::move(encoder), request.extras, request.extrasMode, options);
}

Result<BodyEncoder> encodeEmbeddingRequest(const EmbeddingRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    encoder.sent(QStringLiteral("input"), encodeTexts(request.input));
    if (request.dimensions)
        encoder.sent(QStringLiteral("dimensions"), *request.dimensions);
    if (request.encodingFormat) {
        const QString name = QStringLiteral("encoding_format");
        const QString format = encodingFormatName(*request.encodingFormat);
        if (*request.encodingFormat == EncodingFormat::Float || *request.encodingFormat == EncodingFormat::Base64)
            encoder.sent(name, format);
        else
            encoder.unmapped(name, translated("OpenAI v1 knows only float and base64; %1 is none of them").arg(format));
    }
    if (request.inputType)
        encoder.unmapped(QStringLiteral("input_type"), translated("OpenAI v1 has no such field"));
    return finishBody(std::move(encoder), request.extras, request.extrasMode, options);
}

} // namespace diptych::openai
