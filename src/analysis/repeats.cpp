// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/repeats.h"

#include <QHash>

#include <algorithm>

namespace diptych {

namespace {

// A point or a minus before a number belongs to it.
constexpr QStringView before(u"*_`#\"'([{“‘„‚«");
constexpr QStringView after(u"*_`\"'.,;:!?)]}”’“‘»");

QStringView bare(QStringView word)
{
    while (!word.isEmpty() && before.contains(word.front()))
        word = word.sliced(1);
    while (!word.isEmpty() && after.contains(word.back()))
        word.chop(1);
    return word;
}

} // namespace

QString normalisedText(const QString &text)
{
    const QString folded = text.normalized(QString::NormalizationForm_KC).toCaseFolded().simplified();
    QString result;
    result.reserve(folded.size());
    for (const QStringView word : QStringView(folded).tokenize(u' ')) {
        const QStringView kept = bare(word);
        if (kept.isEmpty())
            continue;
        if (!result.isEmpty())
            result += u' ';
        result += kept;
    }
    return result;
}

std::vector<EqualTexts> equalTexts(const QStringList &texts)
{
    QHash<QString, std::size_t> known;
    std::vector<EqualTexts> groups;
    for (int index = 0; index < texts.size(); ++index) {
        const auto found = known.constFind(texts[index]);
        if (found != known.constEnd()) {
            groups[*found].push_back(index);
        } else {
            known.insert(texts[index], groups.size());
            groups.push_back({index});
        }
    }
    std::stable_sort(groups.begin(), groups.end(),
        [](const EqualTexts &left, const EqualTexts &right) { return left.size() > right.size(); });
    return groups;
}

std::optional<double> agreementOf(std::span<const EqualTexts> groups)
{
    double count = 0;
    double equalPairs = 0;
    for (const EqualTexts &group : groups) {
        const auto size = static_cast<double>(group.size());
        count += size;
        equalPairs += size * (size - 1);
    }
    if (count < 2)
        return {};
    return equalPairs / (count * (count - 1));
}

qsizetype firstDifference(const QString &first, const QString &second)
{
    const auto [left, right] = std::mismatch(first.begin(), first.end(), second.begin(), second.end());
    if (left == first.end() && right == second.end())
        return -1;
    const qsizetype place = left - first.begin();
    return place > 0 && first[place - 1].isHighSurrogate() ? place - 1 : place;
}

std::optional<Spread> spreadOf(std::vector<double> values)
{
    if (values.empty())
        return {};
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    const double median = values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    return Spread {
        .median = median, .least = values.front(), .most = values.back(), .count = static_cast<int>(values.size())};
}

} // namespace diptych
