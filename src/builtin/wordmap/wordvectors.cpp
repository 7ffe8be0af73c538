// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/wordmap/wordvectors.h"

#include "builtin/datareader.h"
#include "builtin/wordmap/spelling.h"

#include <cmath>
#include <cstring>
#include <numeric>

namespace diptych {

namespace {

constexpr float weightStep = 1.0F / 65535;

// What the levels are worth in standard deviations; as in pack_wordmap.cpp.
constexpr auto headLevels = [] {
    std::array<float, 16> levels {};
    for (int i = 0; i < 16; ++i)
        levels[static_cast<std::size_t>(i)] = 0.335F * (static_cast<float>(i) - 7.5F);
    return levels;
}();
constexpr std::array<float, 4> tailLevels {-1.51F, -0.453F, 0.453F, 1.51F};

std::vector<float> products(std::span<const float> deviations, std::span<const float> gains)
{
    std::vector<float> values;
    for (std::size_t i = 0; i < gains.size(); ++i)
        values.push_back(deviations[i] * gains[i]);
    return values;
}

/// The length of a row whose size is a multiple of eight.
float lengthOf(std::span<const float> values)
{
    std::array<float, 8> squares {}; // side by side, so that the compiler may use wide registers
    for (std::size_t i = 0; i < values.size(); i += squares.size()) {
        for (std::size_t j = 0; j < squares.size(); ++j)
            squares[j] += values[i + j] * values[i + j];
    }
    return std::sqrt(std::accumulate(squares.begin(), squares.end(), 1e-12F));
}

} // namespace

std::unique_ptr<WordVectors> WordVectors::fromData(const QByteArray &data)
{
    DataReader reader(data);
    const auto magic = reader.take<char>(8);
    const auto header = reader.take<quint32>(6);
    if (!reader.isValid() || std::memcmp(magic.data(), "DPWMAP03", 8) != 0 || header[4] != narrow || header[5] != wide)
        return nullptr;
    const std::size_t words = header[0];
    const std::size_t irregular = header[1];
    std::unique_ptr<WordVectors> table(new WordVectors);
    const auto deviations = reader.take<float>(wide);
    const auto wideGains = reader.take<float>(wide);
    table->m_wide.common = reader.take<float>(wide);
    const auto narrowGains = reader.take<float>(narrow);
    table->m_narrow.common = reader.take<float>(narrow);
    table->m_head = reader.take<quint8>(words * narrow / 2);
    table->m_tail = reader.take<quint8>(words * (wide - narrow) / 4);
    const auto spellingStep = reader.take<float>(1);
    table->m_buckets = reader.take<qint8>(spellingBuckets * narrow);
    table->m_words.offsets = reader.take<quint32>(words + 1);
    table->m_irregular.offsets = reader.take<quint32>(irregular + 1);
    table->m_weights = reader.take<quint16>(words);
    table->m_irregularRows = reader.take<quint16>(irregular);
    table->m_words.text = reader.take<char>(header[2]);
    table->m_irregular.text = reader.take<char>(header[3]);
    if (!reader.isValid())
        return nullptr;
    table->m_wide.values = products(deviations, wideGains);
    table->m_narrow.values = products(deviations, narrowGains);
    table->m_spellingStep = spellingStep.front();
    for (std::size_t i = 0; i < narrow; ++i)
        table->m_spellingScales[i] = wideGains[i] / narrowGains[i];
    return table;
}

std::string_view WordVectors::Texts::at(std::size_t index) const
{
    return {text.data() + offsets[index], offsets[index + 1] - offsets[index]};
}

std::size_t WordVectors::Texts::lowerBound(std::string_view wanted) const
{
    std::size_t low = 0;
    std::size_t high = offsets.size() - 1;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (at(middle) < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

std::optional<int> WordVectors::Texts::find(std::string_view wanted) const
{
    const std::size_t index = lowerBound(wanted);
    if (index + 1 >= offsets.size() || at(index) != wanted)
        return {};
    return static_cast<int>(index);
}

std::optional<int> WordVectors::find(std::string_view word) const
{
    if (const auto row = m_words.find(word))
        return row;
    if (const auto form = m_irregular.find(word))
        return m_irregularRows[static_cast<std::size_t>(*form)];
    return {};
}

std::pair<int, int> WordVectors::beginningWith(char first) const
{
    const char next = static_cast<char>(first + 1);
    return {static_cast<int>(m_words.lowerBound({&first, 1})), static_cast<int>(m_words.lowerBound({&next, 1}))};
}

float WordVectors::weight(int row) const
{
    return weightStep * static_cast<float>(m_weights[static_cast<std::size_t>(row)]);
}

void WordVectors::add(int row, float factor, std::span<float> sum) const
{
    const auto index = static_cast<std::size_t>(row);
    const float *scale = scales(sum.size()).values.data();
    std::array<float, wide> values;
    const quint8 *head = m_head.data() + index * narrow / 2;
    for (std::size_t i = 0; i < narrow; i += 2) {
        const quint8 pair = *head++;
        values[i] = scale[i] * headLevels[pair & 15];
        values[i + 1] = scale[i + 1] * headLevels[pair >> 4];
    }
    const quint8 *tail = m_tail.data() + index * (wide - narrow) / 4;
    for (std::size_t i = narrow; i < sum.size(); i += 4) {
        const quint8 four = *tail++;
        for (std::size_t j = 0; j < 4; ++j)
            values[i + j] = scale[i + j] * tailLevels[four >> (2 * j) & 3];
    }
    const float size = factor / lengthOf(std::span(values).first(sum.size()));
    for (std::size_t i = 0; i < sum.size(); ++i)
        sum[i] += size * values[i];
}

void WordVectors::addSpelling(std::string_view word, float factor, std::span<float> sum) const
{
    std::array<float, narrow> levels {};
    std::size_t parts = 0;
    forEachPart(word, [&](std::string_view part) {
        const qint8 *bucket = m_buckets.data() + hashOf(part) % spellingBuckets * narrow;
        for (std::size_t i = 0; i < narrow; ++i)
            levels[i] += static_cast<float>(bucket[i]);
        ++parts;
    });
    if (parts == 0)
        return;
    const float size = factor * m_spellingStep / static_cast<float>(parts);
    for (std::size_t i = 0; i < narrow; ++i)
        sum[i] += size * levels[i] * (sum.size() == narrow ? 1 : m_spellingScales[i]);
}

std::span<const float> WordVectors::commonDirection(std::size_t width) const
{
    return scales(width).common;
}

} // namespace diptych
