// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/cohere/embeddingdecoder.h"

#include "providers/common/errordecoder.h"
#include "providers/common/vectorreader.h"

namespace diptych::cohere {

namespace {

using Object = JsonReader::Object;

/// The vectors of an answer and the form in which they are.
struct Rows {
    EncodingFormat format = EncodingFormat::Float;
    JsonReader::Array vectors {};
};

std::optional<Rows> rowsByType(JsonReader &reader, Object byType, EncodingFormat asked)
{
    const QByteArray name = encodingFormatName(asked).toLatin1();
    if (const auto vectors =
            reader.array(byType, {name.constData(), static_cast<std::size_t>(name.size())}, "embeddings"))
        return Rows {asked, *vectors};
    for (const auto &[key, value] : byType) {
        const auto format = encodingFormatFromName(QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())));
        JsonReader::Array vectors;
        if (format && !value.get(vectors))
            return Rows {*format, vectors};
    }
    return std::nullopt;
}

std::optional<Rows> rowsOf(JsonReader &reader, Object root, EncodingFormat asked)
{
    const auto embeddings = reader.member(root, "embeddings");
    JsonReader::Array plain;
    if (embeddings && !embeddings->get(plain)) // the form of the first version
        return Rows {EncodingFormat::Float, plain};
    const auto byType = embeddings ? reader.asObject(*embeddings, "embeddings") : std::nullopt;
    std::optional<Rows> rows = byType ? rowsByType(reader, *byType, asked) : std::nullopt;
    if (!rows)
        reader.setFault("embeddings", "an object with lists of vectors");
    return rows;
}

std::optional<Usage> readUsage(JsonReader &reader, Object root)
{
    const auto meta = reader.object(root, "meta", "meta");
    if (!meta)
        return std::nullopt;
    for (const char *key : {"tokens", "billed_units"}) {
        const auto units = reader.object(*meta, key, "meta.billed_units");
        const auto count =
            units ? reader.integer(*units, "input_tokens", "meta.billed_units.input_tokens") : std::nullopt;
        const auto pictures =
            units ? reader.integer(*units, "image_tokens", "meta.billed_units.image_tokens") : std::nullopt;
        if (count || pictures) {
            const qint64 sum = count.value_or(0) + pictures.value_or(0);
            return Usage {.promptTokens = sum, .totalTokens = sum};
        }
    }
    return std::nullopt;
}

} // namespace

Result<EmbeddingResponse> decodeEmbeddingResponse(QByteArrayView json, EncodingFormat asked)
{
    JsonReader reader;
    const Result<Object> root = reader.parse(json);
    if (!root)
        return Failure(root.error());
    if (root->at_key("message").is_string() && root->at_key("embeddings").error())
        return Failure(decodeError({.status = 200, .body = json.toByteArray()}));
    EmbeddingResponse response {.id = reader.label(*root, "id", "id"), .usage = readUsage(reader, *root)};
    if (const std::optional<Rows> rows = rowsOf(reader, *root, asked)) {
        VectorReader vectors(reader, rows->format, "embeddings[]", "embeddings[][]");
        for (const JsonReader::Element row : rows->vectors) {
            const bool isFirst = vectors.values().empty();
            vectors.read(row);
            // A number and its comma take two bytes, a packed one holds eight values.
            if (isFirst)
                vectors.reserve(rows->vectors.size(), static_cast<std::size_t>(json.size()) * 4);
        }
        response.values = vectors.takeValues();
        response.format = vectors.format();
        response.dimensions = static_cast<int>(vectors.width());
    }
    if (reader.hasFault())
        return Failure(reader.fault(json));
    return response;
}

} // namespace diptych::cohere
