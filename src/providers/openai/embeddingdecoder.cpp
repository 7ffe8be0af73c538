// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/embeddingdecoder.h"

#include "providers/common/base64floats.h"
#include "providers/common/jsonreader.h"
#include "providers/openai/commonfields.h"

#include <algorithm>
#include <functional>

namespace diptych::openai {

namespace {

using Element = JsonReader::Element;

constexpr const char *vectorPath = "data[].embedding";

/// Reads the rows of one answer, in the order in which they stand there.
class RowReader
{
public:
    RowReader(JsonReader &reader, EncodingFormat asked)
        : m_reader(reader)
        , m_format(asked)
    {
    }

    /// `limit`: no more values can be in the document.
    void read(JsonReader::Array rows, std::size_t limit);
    /// Rows sorted by index.
    [[nodiscard]] std::vector<float> sorted();
    [[nodiscard]] EncodingFormat format() const { return m_format; }
    [[nodiscard]] std::size_t width() const { return m_width; }

private:
    void readRow(Element element, std::size_t position);
    void readBase64(Element element);
    void readNumbers(JsonReader::Array numbers);
    void appendBits(qint64 packed);
    void checkWidth(std::size_t begin);

    JsonReader &m_reader;
    EncodingFormat m_format;
    std::size_t m_width = 0;
    std::vector<std::size_t> m_indexes;
    std::vector<float> m_values;
};

void RowReader::read(JsonReader::Array rows, std::size_t limit)
{
    std::size_t position = 0;
    for (const Element element : rows) {
        readRow(element, position);
        // The rest will be as wide as the first.
        if (position++ == 0)
            m_values.reserve(std::min(m_values.size() * rows.size(), limit));
    }
}

void RowReader::readRow(Element element, std::size_t position)
{
    const auto item = m_reader.asObject(element, "data[]");
    if (!item)
        return;
    const qint64 index = m_reader.integer(*item, "index", "data[].index").value_or(static_cast<qint64>(position));
    m_indexes.push_back(static_cast<std::size_t>(index)); // checked in sorted()
    const auto vector = m_reader.member(*item, "embedding");
    const std::size_t begin = m_values.size();
    JsonReader::Array numbers;
    if (vector && vector->is_string())
        readBase64(*vector);
    else if (vector && !vector->get(numbers))
        readNumbers(numbers);
    else
        m_reader.setFault(vectorPath, "an array of numbers or a base64 string");
    checkWidth(begin);
}

void RowReader::checkWidth(std::size_t begin)
{
    const std::size_t width = m_values.size() - begin;
    if (width == 0)
        m_reader.setFault(vectorPath, "a vector with at least one dimension");
    else if (m_width != 0 && width != m_width)
        m_reader.setFault(vectorPath, "as long as the vectors before it");
    m_width = width;
}

void RowReader::readBase64(Element element)
{
    m_format = EncodingFormat::Base64;
    std::string_view text;
    if (element.get(text) || !appendBase64Floats(text, m_values))
        m_reader.setFault(vectorPath, "base64 of 32-bit floating point numbers");
}

void RowReader::readNumbers(JsonReader::Array numbers)
{
    const bool isPacked = m_format == EncodingFormat::Binary || m_format == EncodingFormat::UBinary;
    for (const Element number : numbers) {
        double value = 0;
        if (isPacked)
            appendBits(m_reader.asInteger(number, "data[].embedding[]").value_or(0));
        else if (!number.get(value))
            m_values.push_back(static_cast<float>(value));
        else
            m_reader.setFault("data[].embedding[]", "a number");
    }
    // The server sent numbers though base64 was asked for.
    if (m_format == EncodingFormat::Base64)
        m_format = EncodingFormat::Float;
}

// Eight dimensions an integer, the most significant bit first. `binary` is the same byte read as a signed number,
// offset by 128.
void RowReader::appendBits(qint64 packed)
{
    const bool isSigned = m_format == EncodingFormat::Binary;
    const qint64 byte = isSigned ? packed + 128 : packed;
    if (byte < 0 || byte > 255) {
        m_reader.setFault("data[].embedding[]", isSigned ? "between -128 and 127" : "between 0 and 255");
        return;
    }
    for (int bit = 7; bit >= 0; --bit)
        m_values.push_back((byte >> bit) & 1 ? 1.0F : -1.0F);
}

std::vector<float> RowReader::sorted()
{
    if (m_reader.hasFault() || std::is_sorted(m_indexes.begin(), m_indexes.end(), std::less_equal<>())) {
        if (!m_indexes.empty() && m_indexes.back() != m_indexes.size() - 1)
            m_reader.setFault("data[].index", "one of the numbers from 0 to the count of inputs");
        return std::move(m_values);
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
    std::vector<float> values;
    values.reserve(m_values.size());
    for (const std::size_t row : rowOf) {
        const auto begin = m_values.begin() + static_cast<std::ptrdiff_t>(row * m_width);
        values.insert(values.end(), begin, begin + static_cast<std::ptrdiff_t>(m_width));
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
    EmbeddingResponse response {.id = reader.text(*root, "id", "id"), .model = reader.text(*root, "model", "model")};
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
