// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/azure/azurecodec.h"

#include "providers/common/errordecoder.h"
#include "providers/common/fieldwriter.h"
#include "providers/common/jsontext.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace diptych::azure {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::RequestEncoder", text);
}

/// A strict endpoint does not let the service leave out what the request sets.
Error refusedField(const QString &name)
{
    return {.kind = Error::Kind::Unsupported,
        .message = translated("\"%1\" is outside the Model Inference API and the mode for such fields is \"drop\". The "
                              "endpoint is set to \"strict\", so nothing was sent.")
                       .arg(name),
        .parameter = name};
}

/// Writes the extras and the header that goes with them. `beyond` are the fields already written that this API does not
/// know. Without either, the header is sent only where the request names a mode.
Result<BodyEncoder> withExtras(BodyEncoder encoder, const QStringList &beyond, const QJsonObject &extras,
    std::optional<ExtrasMode> asked, const EncodingOptions &options)
{
    if (encoder.refusal())
        return Failure(*encoder.refusal());
    const ExtrasMode mode = asked.value_or(options.extrasMode);
    if (options.adaptation == Adaptation::Strict && mode == ExtrasMode::Drop && !beyond.isEmpty())
        return Failure(refusedField(beyond.first()));
    const Result<QStringList> written = writeExtras(encoder, extras, options);
    if (!written)
        return Failure(written.error());
    const QStringList names = beyond + *written;
    if (names.isEmpty() && !asked)
        return encoder;
    const QString reason = names.isEmpty()
        ? translated("named by the request")
        : translated("outside the common API: %1").arg(names.join(QLatin1String(", ")));
    encoder.addedHeader("extra-parameters", extrasModeName(mode).toLatin1(), reason);
    return encoder;
}

/// The fields that text and image embeddings share.
template <typename Request>
Result<BodyEncoder> encodeEmbedding(const Request &request, const QJsonArray &input, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    encoder.sent(QStringLiteral("input"), input);
    if (request.dimensions)
        encoder.sent(QStringLiteral("dimensions"), *request.dimensions);
    if (request.encodingFormat)
        encoder.sent(QStringLiteral("encoding_format"), encodingFormatName(*request.encodingFormat));
    if (request.inputType)
        encoder.sent(QStringLiteral("input_type"), inputTypeName(*request.inputType));
    return withExtras(std::move(encoder), {}, request.extras, request.extrasMode, options);
}

} // namespace

Result<BodyEncoder> encodeChatRequest(const ChatRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    openai::writeMessages(encoder, request.messages);
    openai::writeChatFields(encoder, request);
    const QStringList beyond = openai::writeOpenAiFields(encoder, request);
    openai::writeStream(encoder, request.stream);
    return withExtras(std::move(encoder), beyond, request.extras, request.extrasMode, options);
}

Result<BodyEncoder> encodeCompletionRequest(const CompletionRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    openai::writeCompletionFields(encoder, request);
    const QStringList beyond = openai::writeOpenAiFields(encoder, request);
    openai::writeStream(encoder, request.stream);
    return withExtras(std::move(encoder), beyond, request.extras, request.extrasMode, options);
}

Result<BodyEncoder> encodeEmbeddingRequest(const EmbeddingRequest &request, const EncodingOptions &options)
{
    return encodeEmbedding(request, encodeTexts(request.input), options);
}

Result<BodyEncoder> encodeImageEmbeddingRequest(const ImageEmbeddingRequest &request, const EncodingOptions &options)
{
    QJsonArray input;
    for (const ImageInput &item : request.input) {
        QJsonObject object {{QStringLiteral("image"), repairedText(item.image)}};
        if (item.text)
            object.insert(u"text", repairedText(*item.text));
        input.append(object);
    }
    return encodeEmbedding(request, input, options);
}

Result<ModelInfo> decodeModelInfo(const QByteArray &json)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    if (root.value(u"error").isObject())
        return Failure(decodeError({.status = 200, .body = json}));
    const QString name = root.value(u"model_name").toString();
    if (name.isEmpty()) {
        return Failure({.kind = Error::Kind::Protocol,
            .message = translated("The answer does not describe a model: \"model_name\" is missing."),
            .parameter = QStringLiteral("model_name"),
            .bodySample = bodySampleOf(json)});
    }
    const QString type = root.value(u"model_type").toString();
    ModelInfo info {.name = name,
        .type = modelTypeFromName(type),
        .rawType = type,
        .provider = root.value(u"model_provider_name").toString(),
        .raw = root};
    // Not in the specification; compatible gateways, ours among them, add it.
    const QJsonValue contextLength = root.value(u"context_length");
    if (contextLength.isDouble())
        info.contextLength = contextLength.toInteger();
    return info;
}

Result<std::vector<ModelDescription>> decodeInfoAsList(const QByteArray &json)
{
    const Result<ModelInfo> info = decodeModelInfo(json);
    if (!info)
        return Failure(info.error());
    return std::vector<ModelDescription> {{.id = info->name,
        .type = info->type,
        .ownedBy = info->provider,
        .contextLength = info->contextLength,
        .raw = info->raw}};
}

} // namespace diptych::azure
