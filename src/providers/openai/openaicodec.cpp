// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/openaicodec.h"

#include "providers/openai/messageencoding.h"

#include <QCoreApplication>

namespace diptych::openai {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::RequestEncoder", text);
}

/// A field of the common request that OpenAI v1 does not have.
struct OutsideField {
    QString name {};
    QJsonValue value {};
};

Error refused(const QStringList &names)
{
    return {.kind = Error::Kind::Unsupported,
        .message = translated("Parameters outside the common API are refused by this request's settings: %1.")
                       .arg(names.join(QLatin1String(", "))),
        .parameter = names.first()};
}

/// Does what the extras mode says, as the service itself would do it on Azure.
Result<BodyEncoder> withExtras(
    BodyEncoder encoder, const std::vector<OutsideField> &outside, const QJsonObject &extras, ExtrasMode mode)
{
    QStringList names;
    for (const OutsideField &field : outside)
        names.append(field.name);
    names.append(extras.keys());
    if (names.isEmpty())
        return encoder;
    if (mode == ExtrasMode::Error)
        return Failure(refused(names));
    if (mode == ExtrasMode::Drop) {
        for (const QString &name : names)
            encoder.dropped(name, translated("outside the common API; the mode is \"drop\""));
        return encoder;
    }
    for (const OutsideField &field : outside)
        encoder.converted(field.name, field.name, field.value, translated("outside this wire format; passed through"));
    if (const Result<void> written = writeExtras(encoder, extras); !written)
        return Failure(written.error());
    return encoder;
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
    BodyEncoder encoder;
    writeModel(encoder, request.model, options);
    writeMessages(encoder, request.messages);
    writeChatFields(encoder, request);
    writeOpenAiFields(encoder, request);
    writeStream(encoder, request.stream);
    if (request.stream)
        writeUsageOption(encoder, request.extras, options);
    return withExtras(std::move(encoder), {}, request.extras, request.extrasMode.value_or(options.extrasMode));
}

Result<BodyEncoder> encodeCompletionRequest(const CompletionRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder;
    writeModel(encoder, request.model, options);
    writeCompletionFields(encoder, request);
    writeOpenAiFields(encoder, request);
    writeStream(encoder, request.stream);
    if (request.stream)
        writeUsageOption(encoder, request.extras, options);
    return withExtras(std::move(encoder), {}, request.extras, request.extrasMode.value_or(options.extrasMode));
}

Result<BodyEncoder> encodeEmbeddingRequest(const EmbeddingRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder;
    std::vector<OutsideField> outside;
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
            outside.push_back({name, format});
    }
    if (request.inputType)
        outside.push_back({QStringLiteral("input_type"), inputTypeName(*request.inputType)});
    return withExtras(std::move(encoder), outside, request.extras, request.extrasMode.value_or(options.extrasMode));
}

} // namespace diptych::openai
