// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/embeddingdecoder.h"

#include "providers/common/vectorreader.h"
#include "providers/openai/commonfields.h"

#include <algorithm>
#include <functional>

namespace diptych::openai {

namespace {

using Element = JsonReader::Element;

/// Reads the rows of one answer, in the order in which they stand there.
class RowReader
{
public:
    RowReader(JsonReader &reader, EncodingFormat asked)
        : m_reader(reader)
        , m_vectors(reader, asked, "data[].embedding", "data[].embedding[]")
    {
    }

    /// `limit`: no more values can be in the document.
    void read(JsonReader::Array rows, std::size_t limit);
    /// Rows sorted by index.
    [[nodiscard]] std::vector<float> sorted();
    [[nodiscard]] EncodingFormat format() const { return m_vectors.format(); }
    [[nodiscard]] std::size_t width() const { return m_vectors.width(); }

private:
    void readRow(Element element, std::size_t position);

    JsonReader &m_reader;
    VectorReader m_vectors;
    std::vector<std::size_t> m_indexes;
};

void RowReader::read(JsonReader::Array rows, std::size_t limit)
{
    std::size_t position = 0;
    for (const Element element : rows) {
        readRow(element, position);
        // The rest will be as wide as the first.
        if (position++ == 0)
            m_vectors.reserve(rows.size(), limit);
    }
}

void RowReader::readRow(Element element, std::size_t position)
{
    const auto item = m_reader.asObject(element, "data[]");
    if (!item)
        return;
    const qint64 index = m_reader.integer(*item, "index", "data[].index").value_or(static_cast<qint64>(position));
    m_indexes.push_back(static_cast<std::size_t>(index)); // checked in sorted()
    m_vectors.read(m_reader.member(*item, "embedding"));
}

std::vector<float> RowReader::sorted()
{
    if (m_reader.hasFault() || std::is_sorted(m_indexes.begin(), m_indexes.end(), std::less_equal<>())) {
        if (!m_indexes.empty() && m_indexes.back() != m_indexes.size() - 1)
            m_reader.setFault("data[].index", "one of the numbers from 0 to the count of inputs");
        return m_vectors.takeValues();
    }
    std::vector<std::size_t> rowOf(m_indexes.size(), m_indexes.size());
    for (std::size_t row = 0; row < m_indexes.size(); ++row) {
        const std::size_t index = m_indexes[row];
        if (index >= rowOf.size() || rowOf[index] != rowOf.size()) {
            m_reader.setFault("data[].index", "one of the numbers from 0 to the count of inputs, each once");
            return {};
        }
        rowOf[index] = row;
    }
    const std::vector<float> &read = m_vectors.values();
    std::vector<float> values;
    values.reserve(read.size());
    for (const std::size_t row : rowOf) {
        const auto begin = read.begin() + static_cast<std::ptrdiff_t>(row * width());
        values.insert(values.end(), begin, begin + static_cast<std::ptrdiff_t>(width()));
    }
    return values;
}

} // namespace

Result<EmbeddingResponse> decodeEmbeddingResponse(QByteArrayView json, EncodingFormat asked)
{
    JsonReader reader;
    const Result<JsonReader::Object> root = reader.parse(json);
    if (!root)
        return Failure(root.error());
    if (auto error = errorInside(*root, json))
        return Failure(std::move(*error));
    EmbeddingResponse response {.id = reader.label(*root, "id", "id"), .model = reader.text(*root, "model", "model")};
    response.usage = readUsage(reader, *root);
    const auto data = reader.array(*root, "data", "data");
    RowReader rows(reader, asked);
    // A number and its comma take two bytes, a packed one holds eight values.
    if (data)
        rows.read(*data, static_cast<std::size_t>(json.size()) * 4);
    else
        reader.setFault("data", "an array");
    response.values = rows.sorted();
    response.format = rows.format();
    response.dimensions = static_cast<int>(rows.width());
    if (reader.hasFault())
        return Failure(reader.fault(json));
    return response;
}

} // namespace diptych::openai
