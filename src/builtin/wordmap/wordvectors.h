// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace diptych {

/// A table of word vectors, read where its data lies. One table serves two widths: the narrow one reads the first
/// values of each row only and evens the axes out more. Immutable.
class WordVectors
{
public:
    static constexpr std::size_t narrow = 64;
    static constexpr std::size_t wide = 256;

    /// `data` has to outlive the table. Null when the bytes are not those of a table.
    [[nodiscard]] static std::unique_ptr<WordVectors> fromData(const QByteArray &data);

    [[nodiscard]] int size() const { return static_cast<int>(m_weights.size()); }
    [[nodiscard]] std::string_view word(int row) const { return m_words.at(static_cast<std::size_t>(row)); }
    /// The row of exactly this word, or of the base of an irregular form. `word` is lower case. Unset: not known.
    [[nodiscard]] std::optional<int> find(std::string_view word) const;
    /// The rows of the words that begin with this byte: [first, second).
    [[nodiscard]] std::pair<int, int> beginningWith(char first) const;
    /// How much the word counts in a sentence, 0–1: a / (a + p) with its share p of all words and a = 0.001.
    [[nodiscard]] float weight(int row) const;
    /// Adds `factor` times the row at unit length to `sum`, which has one of the two widths.
    void add(int row, float factor, std::span<float> sum) const;
    /// Adds `factor` times what the word's spelling alone says of its meaning; at most about unit length.
    void addSpelling(std::string_view word, float factor, std::span<float> sum) const;
    /// The direction that all sentences of that width share; unit length.
    [[nodiscard]] std::span<const float> commonDirection(std::size_t width) const;

private:
    struct Texts {
        std::span<const quint32> offsets;
        std::span<const char> text;
        [[nodiscard]] std::string_view at(std::size_t index) const;
        [[nodiscard]] std::size_t lowerBound(std::string_view wanted) const;
        [[nodiscard]] std::optional<int> find(std::string_view wanted) const;
    };
    /// What a standard deviation of each axis is worth at one width.
    struct Scales {
        std::vector<float> values;
        std::span<const float> common;
    };

    WordVectors() = default;
    [[nodiscard]] const Scales &scales(std::size_t width) const { return width == narrow ? m_narrow : m_wide; }

    Texts m_words;
    Texts m_irregular;
    std::span<const quint16> m_irregularRows;
    std::span<const quint16> m_weights;
    Scales m_narrow;
    Scales m_wide;
    std::span<const quint8> m_head; // the first `narrow` levels of each row, two a byte, the first one low
    std::span<const quint8> m_tail; // the others, four a byte
    std::array<float, narrow> m_spellingScales {}; // from the narrow model's space to that of the wide one
    float m_spellingStep = 0;
    std::span<const qint8> m_buckets; // `narrow` levels for each
};

} // namespace diptych
