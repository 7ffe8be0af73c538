// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace diptych {

class WordVectors;

/// Where a word lies: between up to two rows of the table, partly where its spelling points.
struct WordPlace {
    struct Share {
        int row = 0;
        float factor = 0;
    };
    std::array<Share, 2> rows {};
    int count = 0; ///< of rows
    float spelling = 0; ///< share of what the spelling says of the meaning
    float look = 0; ///< share that keeps different unknown words apart
    float weight = 0; ///< how much the word counts in a sentence, 0–1
    std::string spelt {}; ///< what spelling and look go by; empty when they have no share
};

/// Places any word: one of the table, a form, derivation, misspelling or compound of one, or by its spelling.
class WordPlacer
{
public:
    explicit WordPlacer(const WordVectors &table)
        : m_table(table)
    {
    }

    /// `word` is lower-case UTF-8 without blanks. Every word has a place.
    [[nodiscard]] WordPlace place(const std::string &word) const;
    /// The row of the word, of its irregular base, or of what is left when an inflection is taken off.
    [[nodiscard]] std::optional<int> findForm(std::string_view word) const;

private:
    [[nodiscard]] WordPlace placeUnknown(const std::string &word) const;
    [[nodiscard]] std::optional<int> findDerived(std::string_view word, std::size_t leastStem) const;
    [[nodiscard]] std::optional<int> findMisspelt(std::string_view word) const;
    [[nodiscard]] std::optional<int> findOneSlipAway(std::string_view word) const;
    [[nodiscard]] std::optional<std::pair<int, int>> findCompound(std::string_view word) const;
    [[nodiscard]] WordPlace nearRow(int row, const std::string &word) const;
    [[nodiscard]] WordPlace between(std::pair<int, int> rows, const std::string &word) const;

    const WordVectors &m_table;
};

} // namespace diptych
