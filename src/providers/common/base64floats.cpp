// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/base64floats.h"

#include <QtEndian>

#include <array>
#include <cstdint>
#include <cstring>

namespace diptych {

namespace {

constexpr std::uint8_t invalid = 0x80;

constexpr std::array<std::uint8_t, 256> makeTable()
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<std::uint8_t, 256> table {};
    table.fill(invalid);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    return table;
}

constexpr std::array<std::uint8_t, 256> table = makeTable();

/// Decodes into `out`, which has room; false for a character outside the alphabet.
bool decode(std::string_view text, std::uint8_t *out)
{
    const auto *in = reinterpret_cast<const unsigned char *>(text.data());
    std::uint8_t seen = 0; // the invalid bit of any character sticks
    std::size_t left = text.size();
    for (; left >= 4; left -= 4, in += 4) {
        const std::array<std::uint8_t, 4> six {table[in[0]], table[in[1]], table[in[2]], table[in[3]]};
        seen |= six[0] | six[1] | six[2] | six[3];
        *out++ = static_cast<std::uint8_t>(six[0] << 2 | six[1] >> 4);
        *out++ = static_cast<std::uint8_t>(six[1] << 4 | six[2] >> 2);
        *out++ = static_cast<std::uint8_t>(six[2] << 6 | six[3]);
    }
    if (left >= 2) {
        seen |= table[in[0]] | table[in[1]];
        *out++ = static_cast<std::uint8_t>(table[in[0]] << 2 | table[in[1]] >> 4);
    }
    if (left == 3) {
        seen |= table[in[2]];
        *out++ = static_cast<std::uint8_t>(table[in[1]] << 4 | table[in[2]] >> 2);
    }
    return (seen & invalid) == 0;
}

} // namespace

bool appendBase64Floats(std::string_view text, std::vector<float> &values)
{
    while (!text.empty() && text.back() == '=')
        text.remove_suffix(1);
    const std::size_t bytes = text.size() / 4 * 3 + (text.size() % 4 == 0 ? 0 : text.size() % 4 - 1);
    if (text.size() % 4 == 1 || bytes % sizeof(float) != 0)
        return false;
    const std::size_t begin = values.size();
    values.resize(begin + bytes / sizeof(float));
    float *first = values.data() + begin;
    if (!decode(text, reinterpret_cast<std::uint8_t *>(first))) {
        values.resize(begin);
        return false;
    }
    if constexpr (Q_BYTE_ORDER == Q_BIG_ENDIAN)
        qFromLittleEndian<float>(first, static_cast<qsizetype>(values.size() - begin), first);
    return true;
}

} // namespace diptych
