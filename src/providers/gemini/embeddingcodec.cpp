// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/errordecoder.h"
#include "providers/common/jsonreader.h"
#include "providers/common/jsontext.h"
#include "providers/common/vectorreader.h"
#include "providers/gemini/geminicodec.h"
#include "providers/gemini/inlinedata.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace diptych::gemini {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::RequestEncoder", text);
}

QJsonObject textPart(const QString &text)
{
    return {{QStringLiteral("text"), repairedText(text)}};
}

/// One input goes to embedContent, several go to batchEmbedContents. Writes the fields that stand in the request, or in
/// every request of the batch, and a line for each.
class EmbeddingEncoder
{
public:
    EmbeddingEncoder(const EncodingOptions &options, bool isBatch)
        : m_encoder(options.adaptation)
        , m_options(options)
        , m_isBatch(isBatch)
    {
    }

    template <typename Request>
    Result<BodyEncoder> encode(const Request &request, const std::vector<QJsonArray> &contents);
    [[nodiscard]] BodyEncoder &encoder() { return m_encoder; }

private:
    void setForAll(const QString &field, const QString &wire, const QJsonValue &value, const QString &reason);
    void setInputType(EmbeddingInputType type);
    std::optional<Error> takeExtras(QJsonObject &extras);

    BodyEncoder m_encoder;
    EncodingOptions m_options;
    bool m_isBatch;
    QJsonObject m_common; // of every request of a batch
};

void EmbeddingEncoder::setForAll(
    const QString &field, const QString &wire, const QJsonValue &value, const QString &reason)
{
    if (!m_isBatch) {
        m_encoder.converted(field, wire, value, reason);
        return;
    }
    m_common.insert(wire, value);
    m_encoder.convertedPart(field, QStringLiteral("requests[].") + wire, reason);
}

void EmbeddingEncoder::setInputType(EmbeddingInputType type)
{
    const QString field = QStringLiteral("input_type");
    const QString wire = QStringLiteral("taskType");
    const QString reason = translated("this API's name for it");
    if (type == EmbeddingInputType::Query)
        setForAll(field, wire, QStringLiteral("RETRIEVAL_QUERY"), reason);
    else if (type == EmbeddingInputType::Document)
        setForAll(field, wire, QStringLiteral("RETRIEVAL_DOCUMENT"), reason);
    else
        m_encoder.dropped(field, translated("\"text\" is what this API does when nothing is said"));
}

/// Extras that belong into each request are taken out of those of the request; the layers below stay as they are.
std::optional<Error> EmbeddingEncoder::takeExtras(QJsonObject &extras)
{
    for (const QString &key :
        {QStringLiteral("taskType"), QStringLiteral("title"), QStringLiteral("outputDimensionality")}) {
        if (!extras.contains(key))
            continue;
        if (m_common.contains(key)) {
            return Error {.kind = Error::Kind::InvalidRequest,
                .message =
                    translated("The extra parameter \"%1\" has the name of a field that is set already.").arg(key),
                .parameter = key};
        }
        setForAll(key, key, extras.take(key), translated("an extra that belongs into every request of the batch"));
    }
    return std::nullopt;
}

template <typename Request>
Result<BodyEncoder> EmbeddingEncoder::encode(const Request &request, const std::vector<QJsonArray> &contents)
{
    const QString model = request.model.isEmpty() ? m_options.defaultModel : request.model;
    if (model.isEmpty()) {
        return Failure({.kind = Error::Kind::InvalidRequest,
            .message = translated("This API needs to be told the model, and neither the request nor the endpoint names "
                                  "one."),
            .parameter = QStringLiteral("model")});
    }
    setForAll(QStringLiteral("model"), QStringLiteral("model"), repairedText(resourceName(model)),
        m_isBatch ? translated("the URL names the model, and every request of the batch again")
                  : translated("the URL names the model, and the request again"));
    if (request.dimensions)
        setForAll(QStringLiteral("dimensions"), QStringLiteral("outputDimensionality"), *request.dimensions,
            translated("this API's name for it"));
    if (request.inputType)
        setInputType(*request.inputType);
    if (request.encodingFormat == EncodingFormat::Float)
        m_encoder.dropped(QStringLiteral("encoding_format"), translated("this API always answers with numbers"));
    else if (request.encodingFormat)
        m_encoder.unmapped(QStringLiteral("encoding_format"), translated("this API answers only with numbers"));
    QJsonObject extras = request.extras;
    if (m_isBatch && request.extrasMode.value_or(m_options.extrasMode) == ExtrasMode::PassThrough) {
        if (const auto error = takeExtras(extras))
            return Failure(*error);
    }
    if (!m_isBatch) {
        m_encoder.converted(QStringLiteral("input"), QStringLiteral("content"),
            QJsonObject {{QStringLiteral("parts"), contents.front()}}, translated("this API's form of it"));
        return finishBody(std::move(m_encoder), extras, request.extrasMode, m_options);
    }
    QJsonArray requests;
    for (const QJsonArray &parts : contents) {
        QJsonObject item = m_common;
        item.insert(u"content", QJsonObject {{QStringLiteral("parts"), parts}});
        requests.append(item);
    }
    m_encoder.converted(QStringLiteral("input"), QStringLiteral("requests"), requests,
        translated("every input is a request of its own here"));
    return finishBody(std::move(m_encoder), extras, request.extrasMode, m_options);
}

} // namespace

Result<BodyEncoder> encodeEmbeddingRequest(const EmbeddingRequest &request, const EncodingOptions &options)
{
    std::vector<QJsonArray> contents;
    for (const QString &text : request.input)
        contents.push_back({textPart(text)});
    return EmbeddingEncoder(options, contents.size() != 1).encode(request, contents);
}

Result<BodyEncoder> encodeImageEmbeddingRequest(const ImageEmbeddingRequest &request, const EncodingOptions &options)
{
    EmbeddingEncoder encoder(options, request.input.size() != 1);
    std::vector<QJsonArray> contents;
    for (std::size_t i = 0; i < request.input.size(); ++i) {
        const ImageInput &input = request.input[i];
        const std::optional<QJsonObject> image = mediaPart(repairedText(input.image));
        // A row without its picture would be the embedding of something else.
        if (!image) {
            return Failure({.kind = Error::Kind::Unsupported,
                .message = translated("This API takes pictures as data URLs, not by their address."),
                .parameter = QStringLiteral("input[%1].image").arg(i)});
        }
        QJsonArray parts {*image};
        if (input.text)
            parts.append(textPart(*input.text));
        contents.push_back(parts);
    }
    return encoder.encode(request, contents);
}

Result<EmbeddingResponse> decodeEmbeddings(QByteArrayView json)
{
    JsonReader reader;
    const Result<JsonReader::Object> root = reader.parse(json);
    if (!root)
        return Failure(root.error());
    if (reader.member(*root, "error"))
        return Failure(decodeError({.status = 200, .body = json.toByteArray()}));
    VectorReader vectors(reader, EncodingFormat::Float, "embeddings[].values", "embeddings[].values[]");
    if (const auto single = reader.object(*root, "embedding", "embedding")) {
        vectors.read(reader.member(*single, "values"));
    } else if (const auto rows = reader.array(*root, "embeddings", "embeddings")) {
        for (const JsonReader::Element row : *rows) {
            const auto item = reader.asObject(row, "embeddings[]");
            vectors.read(item ? reader.member(*item, "values") : std::nullopt);
            // A number and its comma take two bytes.
            if (vectors.values().size() == vectors.width())
                vectors.reserve(rows->size(), static_cast<std::size_t>(json.size()) / 2);
        }
    } else {
        reader.setFault("embeddings", "an array");
    }
    EmbeddingResponse response {.format = vectors.format(), .dimensions = static_cast<int>(vectors.width())};
    response.values = vectors.takeValues();
    if (const auto usage = reader.object(*root, "usageMetadata", "usageMetadata")) {
        const auto tokens = reader.integer(*usage, "promptTokenCount", "usageMetadata.promptTokenCount");
        if (tokens)
            response.usage = Usage {.promptTokens = tokens, .totalTokens = tokens};
    }
    if (reader.hasFault())
        return Failure(reader.fault(json));
    return response;
}

} // namespace diptych::gemini
