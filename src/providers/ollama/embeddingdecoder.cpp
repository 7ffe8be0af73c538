// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ollama/embeddingdecoder.h"

#include "providers/common/vectorreader.h"
#include "providers/ollama/answerfields.h"

namespace diptych::ollama {

namespace {

void readRows(JsonReader &reader, JsonReader::Object root, qsizetype inputs, std::size_t limit, VectorReader &vectors)
{
    const auto rows = reader.array(root, "embeddings", "embeddings");
    const auto single = rows ? std::nullopt : reader.member(root, "embedding");
    if (single && inputs == 1) {
        vectors.read(*single);
        return;
    }
    if (!rows) {
        reader.setFault("embeddings", "an array");
        return;
    }
    for (const JsonReader::Element row : *rows) {
        vectors.read(row);
        if (vectors.values().size() == vectors.width())
            vectors.reserve(rows->size(), limit);
    }
}

} // namespace

Result<EmbeddingResponse> decodeEmbeddingResponse(QByteArrayView json, qsizetype inputs)
{
    JsonReader reader;
    const Result<JsonReader::Object> root = reader.parse(json);
    if (!root)
        return Failure(root.error());
    if (auto error = errorInside(*root, json))
        return Failure(std::move(*error));
    EmbeddingResponse response {.model = reader.text(*root, "model", "model")};
    response.usage = readUsage(reader, *root);
    if (response.usage)
        response.usage->totalTokens = response.usage->promptTokens;
    VectorReader vectors(reader, EncodingFormat::Float, "embeddings[]", "embeddings[][]");
    // A number and its comma take two bytes.
    readRows(reader, *root, inputs, static_cast<std::size_t>(json.size()) / 2, vectors);
    response.format = vectors.format();
    response.dimensions = static_cast<int>(vectors.width());
    response.values = vectors.takeValues();
    if (reader.hasFault())
        return Failure(reader.fault(json));
    return response;
}

} // namespace diptych::ollama
