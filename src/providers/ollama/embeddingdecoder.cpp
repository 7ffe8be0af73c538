// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ollama/embeddingdecoder.h"

#include "providers/common/jsonreader.h"
#include "providers/ollama/answerfields.h"

#include <algorithm>

namespace diptych::ollama {

namespace {

constexpr const char *rowPath = "embeddings[]";

void readRow(JsonReader &reader, JsonReader::Element element, EmbeddingResponse &response)
{
    JsonReader::Array numbers;
    if (element.get(numbers)) {
        reader.setFault(rowPath, "an array of numbers");
        return;
    }
    const std::size_t begin = response.values.size();
    for (const JsonReader::Element number : numbers)
        response.values.push_back(static_cast<float>(reader.asNumber(number, "embeddings[][]").value_or(0)));
    const int width = static_cast<int>(response.values.size() - begin);
    if (width == 0)
        reader.setFault(rowPath, "a vector with at least one dimension");
    else if (response.dimensions != 0 && width != response.dimensions)
        reader.setFault(rowPath, "as long as the vectors before it");
    response.dimensions = width;
}

void readRows(
    JsonReader &reader, JsonReader::Object root, qsizetype inputs, std::size_t size, EmbeddingResponse &response)
{
    const auto rows = reader.array(root, "embeddings", "embeddings");
    const auto single = rows ? std::nullopt : reader.member(root, "embedding");
    if (single && inputs == 1) {
        readRow(reader, *single, response);
        return;
    }
    if (!rows) {
        reader.setFault("embeddings", "an array");
        return;
    }
    // A number and its comma take two bytes; the rest will be as wide as the first.
    const std::size_t limit = size / 2;
    for (const JsonReader::Element row : *rows) {
        readRow(reader, row, response);
        if (response.values.size() == static_cast<std::size_t>(response.dimensions))
            response.values.reserve(std::min(response.values.size() * rows->size(), limit));
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
    readRows(reader, *root, inputs, static_cast<std::size_t>(json.size()), response);
    if (reader.hasFault())
        return Failure(reader.fault(json));
    return response;
}

} // namespace diptych::ollama
