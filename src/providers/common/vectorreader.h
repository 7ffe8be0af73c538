// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/embedding.h"
#include "providers/common/jsonreader.h"

#include <vector>

namespace diptych {

/// Gathers vectors of one width, however they travel: numbers, base64 of floats, or eight dimensions in an integer.
/// What does not fit is a fault of the reader. Include it in .cpp files only, as JsonReader.
class VectorReader
{
public:
    /// What a fault calls a vector and a number of it, e.g. "data[].embedding" and "data[].embedding[]".
    VectorReader(JsonReader &reader, EncodingFormat asked, const char *path, const char *numberPath)
        : m_reader(reader)
        , m_format(asked)
        , m_path(path)
        , m_numberPath(numberPath)
    {
    }

    /// Appends one vector. Unset: it was not there.
    void read(std::optional<JsonReader::Element> vector);
    /// Makes room for `count` vectors as wide as those so far, but not for more than `limit` values.
    void reserve(std::size_t count, std::size_t limit);

    [[nodiscard]] EncodingFormat format() const { return m_format; } ///< as they really travelled
    [[nodiscard]] std::size_t width() const { return m_width; }
    [[nodiscard]] const std::vector<float> &values() const { return m_values; }
    [[nodiscard]] std::vector<float> takeValues() { return std::move(m_values); }

private:
    void readBase64(JsonReader::Element element);
    void readNumbers(JsonReader::Array numbers);
    void appendBits(qint64 packed);
    void checkWidth(std::size_t begin);

    JsonReader &m_reader;
    EncodingFormat m_format;
    const char *m_path;
    const char *m_numberPath;
    std::size_t m_width = 0;
    std::vector<float> m_values;
};

} // namespace diptych
