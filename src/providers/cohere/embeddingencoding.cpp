// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/cohere/embeddingencoding.h"

#include "providers/common/fieldwriter.h"
#include "providers/common/jsontext.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>

namespace diptych::cohere {

namespace {

constexpr QLatin1String inputTypeField("input_type");

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::CohereEncoder", text);
}

template <typename Request>
void writeTextType(BodyEncoder &encoder, const Request &request, const EncodingOptions &options)
{
    const QString document = QStringLiteral("search_document");
    const QString reason = translated("the name of the same purpose here");
    if (!request.inputType) {
        if (writtenExtra(inputTypeField, request.extras, request.extrasMode, options).isUndefined())
            encoder.added(inputTypeField, document,
                translated("this API demands a purpose; search_query, classification and clustering are others"));
        return;
    }
    switch (*request.inputType) {
    case EmbeddingInputType::Document:
        return encoder.converted(inputTypeField, inputTypeField, document, reason);
    case EmbeddingInputType::Query:
        return encoder.converted(inputTypeField, inputTypeField, QStringLiteral("search_query"), reason);
    case EmbeddingInputType::Text:
        return encoder.approximated(inputTypeField, inputTypeField, document,
            translated("there is no purpose as general as text; this one is for what is stored to be found"));
    }
}

template <typename Request>
void writeForm(BodyEncoder &encoder, const Request &request)
{
    FieldWriter(encoder).renamed(QStringLiteral("dimensions"), QStringLiteral("output_dimension"), request.dimensions,
        translated("the name of the same field here"));
    if (request.encodingFormat)
        encoder.converted(QStringLiteral("encoding_format"), QStringLiteral("embedding_types"),
            QJsonArray {encodingFormatName(*request.encodingFormat)}, translated("a list of forms here"));
}

QJsonObject typed(const char *type, const QString &key, const QJsonValue &value)
{
    return {{QStringLiteral("type"), QString::fromLatin1(type)}, {key, value}};
}

QJsonArray encodePictures(const std::vector<ImageInput> &input)
{
    QJsonArray pictures;
    for (const ImageInput &item : input)
        pictures.append(repairedText(item.image));
    return pictures;
}

QJsonArray encodeMixed(const std::vector<ImageInput> &input)
{
    QJsonArray inputs;
    for (const ImageInput &item : input) {
        QJsonArray content;
        if (item.text)
            content.append(typed("text", QStringLiteral("text"), repairedText(*item.text)));
        content.append(typed(
            "image_url", QStringLiteral("image_url"), QJsonObject {{QStringLiteral("url"), repairedText(item.image)}}));
        inputs.append(QJsonObject {{QStringLiteral("content"), content}});
    }
    return inputs;
}

void writePictureType(BodyEncoder &encoder, const ImageEmbeddingRequest &request, const EncodingOptions &options)
{
    const QString image = QStringLiteral("image");
    if (request.inputType)
        encoder.approximated(
            inputTypeField, inputTypeField, image, translated("pictures without a text are always images here"));
    else if (writtenExtra(inputTypeField, request.extras, request.extrasMode, options).isUndefined())
        encoder.added(inputTypeField, image, translated("this API demands a purpose"));
}

} // namespace

Result<BodyEncoder> encodeEmbeddingRequest(const EmbeddingRequest &request, const EncodingOptions &options)
{
    if (request.input.size() > maxTexts) {
        return Failure({.kind = Error::Kind::InvalidRequest,
            .message = translated("Cohere takes at most %1 texts in one request.").arg(maxTexts),
            .parameter = QStringLiteral("input")});
    }
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    encoder.renamed(QStringLiteral("input"), QStringLiteral("texts"), encodeTexts(request.input),
        translated("the name of the same field here"));
    writeTextType(encoder, request, options);
    writeForm(encoder, request);
    return finishBody(std::move(encoder), request.extras, request.extrasMode, options);
}

Result<BodyEncoder> encodeImageEmbeddingRequest(const ImageEmbeddingRequest &request, const EncodingOptions &options)
{
    BodyEncoder encoder(options.adaptation);
    writeModel(encoder, request.model, options);
    const bool isMixed = std::any_of(
        request.input.begin(), request.input.end(), [](const ImageInput &item) { return item.text.has_value(); });
    const QString field = QStringLiteral("input");
    if (isMixed) {
        encoder.converted(field, QStringLiteral("inputs"), encodeMixed(request.input),
            translated("pictures with a text are lists of parts here"));
        writeTextType(encoder, request, options);
    } else {
        encoder.converted(
            field, QStringLiteral("images"), encodePictures(request.input), translated("a list of data URLs here"));
        writePictureType(encoder, request, options);
    }
    writeForm(encoder, request);
    return finishBody(std::move(encoder), request.extras, request.extrasMode, options);
}

} // namespace diptych::cohere
