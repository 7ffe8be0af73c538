// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/vectorreader.h"

#include "providers/common/base64floats.h"

#include <algorithm>

namespace diptych {

void VectorReader::read(std::optional<JsonReader::Element> vector)
{
    const std::size_t begin = m_values.size();
    JsonReader::Array numbers;
    if (vector && vector->is_string())
        readBase64(*vector);
    else if (vector && !vector->get(numbers))
        readNumbers(numbers);
    else
        m_reader.setFault(m_path, "an array of numbers or a base64 string");
    checkWidth(begin);
}

void VectorReader::reserve(std::size_t count, std::size_t limit)
{
    m_values.reserve(std::min(m_width * count, limit));
}

void VectorReader::checkWidth(std::size_t begin)
{
    const std::size_t width = m_values.size() - begin;
    if (width == 0)
        m_reader.setFault(m_path, "a vector with at least one dimension");
    else if (m_width != 0 && width != m_width)
        m_reader.setFault(m_path, "as long as the vectors before it");
    m_width = width;
}

void VectorReader::readBase64(JsonReader::Element element)
{
    m_format = EncodingFormat::Base64;
    std::string_view text;
    if (element.get(text) || !appendBase64Floats(text, m_values))
        m_reader.setFault(m_path, "base64 of 32-bit floating point numbers");
}

void VectorReader::readNumbers(JsonReader::Array numbers)
{
    const bool isPacked = m_format == EncodingFormat::Binary || m_format == EncodingFormat::UBinary;
    for (const JsonReader::Element number : numbers) {
        double value = 0;
        if (isPacked)
            appendBits(m_reader.asInteger(number, m_numberPath).value_or(0));
        else if (!number.get(value))
            m_values.push_back(static_cast<float>(value));
        else
            m_reader.setFault(m_numberPath, "a number");
    }
    // The server sent numbers though base64 was asked for.
    if (m_format == EncodingFormat::Base64)
        m_format = EncodingFormat::Float;
}

// Eight dimensions an integer, the most significant bit first. `binary` is the same byte read as a signed number,
// offset by 128.
void VectorReader::appendBits(qint64 packed)
{
    const bool isSigned = m_format == EncodingFormat::Binary;
    const qint64 byte = isSigned ? packed + 128 : packed;
    if (byte < 0 || byte > 255) {
        m_reader.setFault(m_numberPath, isSigned ? "between -128 and 127" : "between 0 and 255");
        return;
    }
    for (int bit = 7; bit >= 0; --bit)
        m_values.push_back((byte >> bit) & 1 ? 1.0F : -1.0F);
}

} // namespace diptych
