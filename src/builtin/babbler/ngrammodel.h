// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace diptych {

/// An n-gram model of any order up to five over a corpus with its suffix array: whatever followed a context is one
/// range of the array. The estimate is interpolated modified Kneser–Ney: the longest contexts go by how often a word
/// followed, shorter ones by how many different words stood before both. Reads its data where it lies; nothing is
/// parsed or copied but the base distribution. Immutable. Source: S. Chen, J. Goodman, "An Empirical Study of Smoothing
/// Techniques for Language Modeling", 1998, section 3.
class NgramModel
{
public:
    using Token = int; ///< index into the vocabulary; unknownToken for words that are not in it
    static constexpr Token unknownToken = -1;
    static constexpr int highestOrder = 5;

    /// `data` has to outlive the model. Null when the bytes are not those of a model.
    [[nodiscard]] static std::unique_ptr<NgramModel> fromData(const QByteArray &data);

    [[nodiscard]] int vocabularySize() const { return static_cast<int>(m_offsets.size()) - 1; }
    /// The token's text; words come with the blank before them.
    [[nodiscard]] QString text(Token token) const;
    /// The token of a text as the tokeniser cuts it; other capitalisation is tried too.
    [[nodiscard]] Token find(const QString &text) const;
    /// The probability of each token of the vocabulary after a context, of which the last `order` - 1 tokens count;
    /// order 1 is the words alone.
    [[nodiscard]] std::vector<float> distribution(std::span<const Token> context, int order = highestOrder) const;

private:
    NgramModel() = default;

    struct Range {
        quint32 begin;
        quint32 end;
    };
    /// What is taken off a count of one, of two, and of more.
    using Discounts = std::array<float, 3>;
    using Counts = std::vector<std::pair<Token, quint32>>;
    [[nodiscard]] quint32 suffix(quint32 index) const;
    [[nodiscard]] int tokenAt(quint32 position) const; // -1 beyond the end
    [[nodiscard]] Range followers(std::span<const Token> context) const;
    [[nodiscard]] Counts countAll(Range range, std::size_t length) const;
    [[nodiscard]] Counts countDifferent(Range range, std::size_t length) const;
    static void addOrder(const Counts &counts, const Discounts &discounts, std::vector<float> &probabilities);
    [[nodiscard]] std::optional<Token> findExactly(const QByteArray &text) const;

    std::span<const quint32> m_offsets;
    std::span<const char> m_text;
    std::span<const quint16> m_corpus;
    std::span<const uchar> m_suffixes; // three bytes each
    std::array<Discounts, highestOrder> m_discounts {}; // for how often, by order
    std::array<Discounts, highestOrder> m_differentDiscounts {}; // for how many different ones
    std::vector<float> m_base; // probabilities without a context
};

/// Cuts text as the corpus was cut: words and numbers with the blanks before them, line ends, other characters one by
/// one. The pieces joined give the text again.
[[nodiscard]] std::vector<QString> ngramPieces(const QString &text);

} // namespace diptych
