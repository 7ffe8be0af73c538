// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <span>
#include <vector>

namespace diptych {

/// Texts that are equal: their places, in order.
using EqualTexts = std::vector<int>;

/// The text without what seldom makes a difference: case, width and composition of characters (NFKC), runs of white
/// space, and quotation marks, brackets, emphasis and punctuation at the edges of words. What is inside a word stays:
/// "1.5" is not "15", "-5" is not "5".
[[nodiscard]] QString normalisedText(const QString &text);

/// Which of the texts are equal; the largest group first, among equals the one that came first.
[[nodiscard]] std::vector<EqualTexts> equalTexts(const QStringList &texts);

/// The probability that two different ones of the texts, picked at random, are equal: Σ nᵢ(nᵢ − 1) / n(n − 1) over the
/// groups. Unset with fewer than two texts.
/// Source: E. H. Simpson (1949), Measurement of diversity, Nature 163.
[[nodiscard]] std::optional<double> agreementOf(std::span<const EqualTexts> groups);

/// Where two texts part, in UTF-16 units; never between the halves of a character. -1: they are equal.
[[nodiscard]] qsizetype firstDifference(const QString &first, const QString &second);

/// Several measurements of the same thing.
struct Spread {
    double median = 0;
    double least = 0;
    double most = 0;
    int count = 0;
    bool operator==(const Spread &) const = default;
};
/// Unset without values.
[[nodiscard]] std::optional<Spread> spreadOf(std::vector<double> values);

} // namespace diptych
