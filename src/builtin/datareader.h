// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtEndian>

#include <span>

namespace diptych {

static_assert(Q_BYTE_ORDER == Q_LITTLE_ENDIAN, "the data files are read in place");

/// Takes typed pieces off the front of some bytes without copying them; each piece is padded to four bytes. Once there
/// are too few bytes, all pieces are empty and `isValid()` is false.
class DataReader
{
public:
    explicit DataReader(const QByteArray &data)
        : m_rest(data.constData(), static_cast<std::size_t>(data.size()))
    {
    }

    template <typename T>
    [[nodiscard]] std::span<const T> take(std::size_t count)
    {
        const std::size_t padded = (count * sizeof(T) + 3) / 4 * 4;
        m_valid = m_valid && padded <= m_rest.size();
        if (!m_valid)
            return {};
        const auto *start = reinterpret_cast<const T *>(m_rest.data());
        m_rest = m_rest.subspan(padded);
        return {start, count};
    }

    [[nodiscard]] bool isValid() const { return m_valid; }

private:
    std::span<const char> m_rest;
    bool m_valid = true;
};

} // namespace diptych
