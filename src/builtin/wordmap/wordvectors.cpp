// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/wordmap/wordvectors.h"

#include "builtin/datareader.h"

#include <cstring>

namespace diptych {

namespace {

struct Ending {
    std::string_view ending;
    std::string_view instead;
};

/// Tried in this order; the first that leaves a known word wins. The script that makes the table has the same list.
constexpr Ending endings[] = {{"ies", "y"}, {"es", "e"}, {"es", ""}, {"s", ""}, {"ied", "y"}, {"ed", "e"}, {"ed", ""},
    {"ing", "e"}, {"ing", ""}, {"'s", ""}, {"ly", ""}, {"ness", ""}, {"er", ""}, {"est", ""}};

} // namespace

std::unique_ptr<WordVectors> WordVectors::fromData(const QByteArray &data)
{
    DataReader reader(data);
    const auto magic = reader.take<char>(8);
    const auto header = reader.take<quint32>(6);
    if (!reader.isValid() || std::memcmp(magic.data(), "DPWMAP01", 8) != 0 || header[1] != dimensions)
        return nullptr;
    const std::size_t words = header[0];
    const std::size_t irregular = header[2];
    std::unique_ptr<WordVectors> table(new WordVectors);
    table->m_common = reader.take<float>(dimensions);
    table->m_words.offsets = reader.take<quint32>(words + 1);
    table->m_probabilities = reader.take<float>(words);
    table->m_scales = reader.take<float>(words);
    table->m_irregular.offsets = reader.take<quint32>(irregular + 1);
    table->m_irregularRows = reader.take<quint32>(irregular);
    table->m_words.text = reader.take<char>(header[3]);
    table->m_irregular.text = reader.take<char>(header[4]);
    table->m_rows = reader.take<qint8>(words * dimensions);
    if (!reader.isValid())
        return nullptr;
    return table;
}

std::optional<int> WordVectors::Texts::find(std::string_view wanted) const
{
    std::size_t low = 0;
    std::size_t high = offsets.size() - 1;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        const std::string_view word(text.data() + offsets[middle], offsets[middle + 1] - offsets[middle]);
        if (word == wanted)
            return static_cast<int>(middle);
        if (word < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return {};
}

std::optional<int> WordVectors::find(std::string_view word) const
{
    if (const auto row = m_words.find(word))
        return row;
    if (const auto form = m_irregular.find(word))
        return static_cast<int>(m_irregularRows[static_cast<std::size_t>(*form)]);
    return findBase(word);
}

std::optional<int> WordVectors::findBase(std::string_view word) const
{
    for (const auto &[ending, instead] : endings) {
        if (!word.ends_with(ending) || word.size() < ending.size() + 3)
            continue;
        std::string stem(word.substr(0, word.size() - ending.size()));
        if (const auto row = m_words.find(stem + std::string(instead)))
            return row;
        // stopped, running: the last letter is doubled
        if (stem.back() == stem[stem.size() - 2]) {
            stem.pop_back();
            if (const auto row = m_words.find(stem))
                return row;
        }
    }
    return {};
}

void WordVectors::add(int row, float weight, std::span<float> sum) const
{
    const auto index = static_cast<std::size_t>(row);
    const float factor = weight * m_scales[index];
    const qint8 *values = m_rows.data() + index * dimensions;
    for (std::size_t i = 0; i < dimensions; ++i)
        sum[i] += factor * static_cast<float>(values[i]);
}

} // namespace diptych
