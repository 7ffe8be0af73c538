// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/babbler/ngrammodel.h"

#include "builtin/datareader.h"

#include <QRegularExpression>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>

namespace diptych {

std::unique_ptr<NgramModel> NgramModel::fromData(const QByteArray &data)
{
    DataReader reader(data);
    const auto magic = reader.take<char>(8);
    const auto header = reader.take<quint32>(4);
    if (!reader.isValid() || std::memcmp(magic.data(), "DPBABB02", 8) != 0 || header[3] != highestOrder)
        return nullptr;
    std::unique_ptr<NgramModel> model(new NgramModel);
    const auto discounts = reader.take<Discounts>(highestOrder);
    const auto differentDiscounts = reader.take<Discounts>(highestOrder);
    model->m_offsets = reader.take<quint32>(std::size_t(header[0]) + 1);
    const auto continuations = reader.take<quint32>(header[0]);
    model->m_text = reader.take<char>(header[2]);
    model->m_corpus = reader.take<quint16>(header[1]);
    model->m_suffixes = reader.take<uchar>(std::size_t(header[1]) * 3);
    if (!reader.isValid())
        return nullptr;
    std::copy(discounts.begin(), discounts.end(), model->m_discounts.begin());
    std::copy(differentDiscounts.begin(), differentDiscounts.end(), model->m_differentDiscounts.begin());
    const auto total = std::accumulate(continuations.begin(), continuations.end(), 0.0);
    for (const quint32 count : continuations)
        model->m_base.push_back(static_cast<float>((count + 0.1) / (total + 0.1 * header[0])));
    return model;
}

quint32 NgramModel::suffix(quint32 index) const
{
    const std::size_t at = std::size_t(index) * 3;
    return m_suffixes[at] | quint32(m_suffixes[at + 1]) << 8 | quint32(m_suffixes[at + 2]) << 16;
}

int NgramModel::tokenAt(quint32 position) const
{
    return position < m_corpus.size() ? m_corpus[position] : -1;
}

QString NgramModel::text(Token token) const
{
    const auto index = static_cast<std::size_t>(token);
    return QString::fromUtf8(m_text.data() + m_offsets[index], m_offsets[index + 1] - m_offsets[index]);
}

std::optional<NgramModel::Token> NgramModel::findExactly(const QByteArray &wanted) const
{
    // Token 0, the end of a paragraph, stands before the sorted words.
    Token low = 1;
    Token high = vocabularySize();
    while (low < high) {
        const Token middle = (low + high) / 2;
        const auto at = static_cast<std::size_t>(middle);
        const auto word = QByteArray::fromRawData(m_text.data() + m_offsets[at], m_offsets[at + 1] - m_offsets[at]);
        if (word < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < vocabularySize() && text(low).toUtf8() == wanted)
        return low;
    return {};
}

NgramModel::Token NgramModel::find(const QString &wanted) const
{
    if (wanted == QLatin1String("\n\n") || wanted == QLatin1String("\n"))
        return 0;
    const QString lower = wanted.toLower();
    QString capitalised = lower;
    if (capitalised.size() > 1)
        capitalised[1] = capitalised[1].toUpper();
    for (const QString &form : {wanted, lower, capitalised}) {
        if (const auto token = findExactly(form.toUtf8()))
            return *token;
    }
    return unknownToken;
}

NgramModel::Range NgramModel::followers(std::span<const Token> context) const
{
    // Compares the suffix with the context; equal when the suffix begins with it.
    const auto isBefore = [&](quint32 index) {
        const quint32 start = suffix(index);
        for (std::size_t i = 0; i < context.size(); ++i) {
            const int token = tokenAt(start + static_cast<quint32>(i));
            if (token != context[i])
                return token < context[i] ? -1 : 1;
        }
        return 0;
    };
    const auto bound = [&](int largestBefore) {
        quint32 low = 0;
        auto high = static_cast<quint32>(m_corpus.size());
        while (low < high) {
            const quint32 middle = low + (high - low) / 2;
            if (isBefore(middle) <= largestBefore)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    };
    return {bound(-1), bound(0)};
}

/// How often each token followed the context whose range this is. The array is sorted, so that equal followers lie side
/// by side.
NgramModel::Counts NgramModel::countAll(Range range, std::size_t length) const
{
    Counts counts;
    for (quint32 i = range.begin; i < range.end; ++i) {
        const int token = tokenAt(suffix(i) + static_cast<quint32>(length));
        if (token < 0)
            continue;
        if (counts.empty() || counts.back().first != token)
            counts.emplace_back(token, 0);
        ++counts.back().second;
    }
    return counts;
}

/// How many different tokens stood before the context and each of its followers.
NgramModel::Counts NgramModel::countDifferent(Range range, std::size_t length) const
{
    Counts counts;
    std::vector<Token> lastAfter(m_base.size(), unknownToken); // by the token before: the follower it was last met with
    for (quint32 i = range.begin; i < range.end; ++i) {
        const quint32 start = suffix(i);
        const int token = tokenAt(start + static_cast<quint32>(length));
        if (token < 0)
            continue;
        if (counts.empty() || counts.back().first != token)
            counts.emplace_back(token, 0);
        const auto before = static_cast<std::size_t>(start > 0 ? tokenAt(start - 1) : 0);
        if (std::exchange(lastAfter[before], token) != token)
            ++counts.back().second;
    }
    return counts;
}

/// Mixes what one order says into what the shorter ones say.
void NgramModel::addOrder(const Counts &counts, const Discounts &discounts, std::vector<float> &probabilities)
{
    const auto discountOf = [&](quint32 count) { return discounts[std::min<quint32>(count, 3) - 1]; };
    float total = 0;
    float left = 0;
    for (const auto &[token, count] : counts) {
        total += static_cast<float>(count);
        left += discountOf(count);
    }
    for (float &probability : probabilities)
        probability *= left / total;
    for (const auto &[token, count] : counts)
        probabilities[static_cast<std::size_t>(token)] += (static_cast<float>(count) - discountOf(count)) / total;
}

std::vector<float> NgramModel::distribution(std::span<const Token> context, int order) const
{
    std::vector<float> result = m_base;
    const auto longest = static_cast<std::size_t>(order - 1);
    for (std::size_t length = 1; length <= std::min(longest, context.size()); ++length) {
        const auto tail = context.last(length);
        if (tail.front() == unknownToken)
            break;
        const Range range = followers(tail);
        // Before the beginning of a paragraph stands nothing that could tell.
        const bool all = length == longest || tail.front() == 0;
        const Counts counts = all ? countAll(range, length) : countDifferent(range, length);
        if (counts.empty())
            break;
        addOrder(counts, (all ? m_discounts : m_differentDiscounts)[length], result);
    }
    return result;
}

std::vector<QString> ngramPieces(const QString &text)
{
    static const QRegularExpression piece(
        QStringLiteral("\\n+|[^\\S\\n]*(?:[\\p{L}](?:[\\p{L}\\p{M}'-]*[\\p{L}\\p{M}])?|[0-9]+|[^\\s]|$)|[^\\S\\n]+"),
        QRegularExpression::UseUnicodePropertiesOption);
    std::vector<QString> pieces;
    for (auto matches = piece.globalMatch(text); matches.hasNext();) {
        const QString found = matches.next().captured();
        if (!found.isEmpty())
            pieces.push_back(found);
    }
    return pieces;
}

} // namespace diptych
