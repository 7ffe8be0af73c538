// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace diptych {

/// A table of word vectors, read where its data lies. Immutable.
class WordVectors
{
public:
    static constexpr int dimensions = 256;

    /// `data` has to outlive the table. Null when the bytes are not those of a table.
    [[nodiscard]] static std::unique_ptr<WordVectors> fromData(const QByteArray &data);

    [[nodiscard]] int size() const { return static_cast<int>(m_probabilities.size()); }
    /// The word's row, or the row of its base form: irregular forms are in the table, regular endings are taken off.
    /// `word` is lower case. Unset: not known.
    [[nodiscard]] std::optional<int> find(std::string_view word) const;
    [[nodiscard]] float probability(int row) const { return m_probabilities[static_cast<std::size_t>(row)]; }
    /// Adds `weight` times the row, which has unit length, to `sum` (dimensions values).
    void add(int row, float weight, std::span<float> sum) const;
    /// The direction that all sentences share; unit length.
    [[nodiscard]] std::span<const float> commonDirection() const { return m_common; }

private:
    struct Texts {
        std::span<const quint32> offsets;
        std::span<const char> text;
        [[nodiscard]] std::optional<int> find(std::string_view wanted) const;
    };

    WordVectors() = default;
    [[nodiscard]] std::optional<int> findBase(std::string_view word) const;

    Texts m_words;
    Texts m_irregular;
    std::span<const quint32> m_irregularRows;
    std::span<const float> m_common;
    std::span<const float> m_probabilities;
    std::span<const float> m_scales;
    std::span<const qint8> m_rows;
};

} // namespace diptych
