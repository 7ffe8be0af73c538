// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/babbler/ngrammodel.h"

#include "builtin/datareader.h"

#include <QRegularExpression>

#include <algorithm>
#include <cstring>
#include <numeric>

namespace diptych {

std::unique_ptr<NgramModel> NgramModel::fromData(const QByteArray &data)
{
    DataReader reader(data);
    const auto magic = reader.take<char>(8);
    const auto header = reader.take<quint32>(4);
    if (!reader.isValid() || std::memcmp(magic.data(), "DPBABB01", 8) != 0 || header[3] != order)
        return nullptr;
    std::unique_ptr<NgramModel> model(new NgramModel);
    const auto discounts = reader.take<float>(order);
    model->m_offsets = reader.take<quint32>(std::size_t(header[0]) + 1);
    const auto continuations = reader.take<quint32>(header[0]);
    model->m_text = reader.take<char>(header[2]);
    model->m_corpus = reader.take<quint16>(header[1]);
    model->m_suffixes = reader.take<uchar>(std::size_t(header[1]) * 3);
    if (!reader.isValid())
        return nullptr;
    std::copy(discounts.begin(), discounts.end(), model->m_discounts.begin());
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

std::vector<float> NgramModel::distribution(std::span<const Token> context) const
{
    std::vector<float> result = m_base;
    for (std::size_t length = 1; length <= std::min<std::size_t>(order - 1, context.size()); ++length) {
        const auto tail = context.last(length);
        if (tail.front() == unknownToken)
            break;
        const Range range = followers(tail);
        if (range.begin == range.end)
            break;
        // The array is sorted, so that equal followers lie side by side.
        std::vector<std::pair<int, quint32>> counts;
        for (quint32 i = range.begin; i < range.end; ++i) {
            const int token = tokenAt(suffix(i) + static_cast<quint32>(length));
            if (token < 0)
                continue;
            if (counts.empty() || counts.back().first != token)
                counts.emplace_back(token, 0);
            ++counts.back().second;
        }
        if (counts.empty())
            break;
        const float discount = m_discounts[length];
        const auto total = static_cast<float>(std::accumulate(
            counts.begin(), counts.end(), 0U, [](quint32 sum, const auto &entry) { return sum + entry.second; }));
        const float left = discount * static_cast<float>(counts.size()) / total;
        for (float &probability : result)
            probability *= left;
        for (const auto &[token, count] : counts)
            result[static_cast<std::size_t>(token)] += (static_cast<float>(count) - discount) / total;
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
