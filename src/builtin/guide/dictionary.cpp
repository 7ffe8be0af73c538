// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/dictionary.h"

#include "builtin/builtindata.h"
#include "builtin/datareader.h"

#include <algorithm>
#include <cstring>

namespace diptych {

namespace {

constexpr QLatin1String magic {"DPDICT01"};

std::vector<int> numbersOf(const QByteArray &field)
{
    std::vector<int> numbers;
    for (const QByteArray &number : field.split(' ')) {
        if (!number.isEmpty())
            numbers.push_back(number.toInt());
    }
    return numbers;
}

std::vector<std::pair<QString, QString>> pairsOf(const QByteArray &field)
{
    std::vector<std::pair<QString, QString>> pairs;
    for (const QString &pair : QString::fromUtf8(field).split(u'|', Qt::SkipEmptyParts))
        pairs.emplace_back(pair.section(u'>', 0, 0), pair.section(u'>', 1));
    return pairs;
}

WordSense::Part partOf(const QByteArray &letter)
{
    return letter == "v" ? WordSense::Part::Verb
        : letter == "a"  ? WordSense::Part::Adjective
        : letter == "r"  ? WordSense::Part::Adverb
                         : WordSense::Part::Noun;
}

/// What a word may be a regular form of.
QList<QByteArray> baseForms(const QByteArray &word)
{
    struct Ending {
        const char *ending;
        const char *instead;
    };
    static constexpr Ending endings[] = {{"ies", "y"}, {"es", ""}, {"s", ""}, {"ied", "y"}, {"ed", ""}, {"ed", "e"},
        {"ing", ""}, {"ing", "e"}, {"er", ""}, {"er", "e"}, {"est", ""}, {"est", "e"}};
    QList<QByteArray> forms;
    for (const auto &[ending, instead] : endings) {
        if (!word.endsWith(ending))
            continue;
        const QByteArray stem = word.chopped(static_cast<qsizetype>(std::strlen(ending)));
        if (stem.size() < 2)
            continue;
        forms.push_back(stem + instead);
        // "swapping", "bigger": the last letter was doubled.
        if (*instead == '\0' && stem.size() > 3 && stem.back() == stem[stem.size() - 2])
            forms.push_back(stem.chopped(1));
    }
    return forms;
}

} // namespace

Dictionary::Dictionary(const QByteArray &data)
    : m_data(data)
{
    DataReader reader(data);
    const auto name = reader.take<char>(8);
    const auto counts = reader.take<quint32>(4);
    if (!reader.isValid() || QLatin1String(name.data(), 8) != magic)
        return;
    const std::size_t blocks = std::size_t(counts[0]) + counts[1];
    const auto offsets = reader.take<quint32>(blocks + 1);
    const auto firstWords = reader.take<char>(counts[3]);
    if (!reader.isValid())
        return;
    m_wordBlocks = counts[0];
    m_sensesInBlock = std::max<std::size_t>(counts[2], 1);
    m_offsets.assign(offsets.begin(), offsets.end());
    m_firstWords = QByteArray(firstWords.data(), static_cast<qsizetype>(firstWords.size())).split('\n');
    m_blocksStart = static_cast<qsizetype>(24 + offsets.size_bytes() + (firstWords.size() + 3) / 4 * 4);
}

Dictionary Dictionary::fromResources()
{
    return Dictionary(builtinData(QStringLiteral("dictionary.bin")));
}

QByteArray Dictionary::block(std::size_t index) const
{
    if (index + 1 >= m_offsets.size())
        return {};
    const qsizetype start = m_blocksStart + m_offsets[index];
    const qsizetype end = m_blocksStart + m_offsets[index + 1];
    if (start > end || end > m_data.size())
        return {};
    return qUncompress(reinterpret_cast<const uchar *>(m_data.constData()) + start, end - start);
}

QByteArray Dictionary::line(const QByteArray &word) const
{
    const auto after = std::upper_bound(m_firstWords.begin(), m_firstWords.end(), word);
    if (after == m_firstWords.begin() || m_offsets.empty())
        return {};
    const QByteArray words = QByteArray("\n").append(block(static_cast<std::size_t>(after - m_firstWords.begin()) - 1));
    const QByteArray key = QByteArray("\n").append(word).append('\t');
    const qsizetype at = words.indexOf(key);
    if (at < 0)
        return {};
    const qsizetype start = at + key.size();
    const qsizetype end = words.indexOf('\n', start);
    return words.mid(start, end < 0 ? -1 : end - start);
}

WordEntry Dictionary::find(const QString &word) const
{
    const QByteArray key = word.toLower().simplified().toUtf8();
    if (key.isEmpty() || key.size() > 100)
        return {};
    for (QByteArray form : QList<QByteArray> {key} + baseForms(key)) {
        QByteArray numbers = line(form);
        if (numbers.startsWith('=')) {
            form = numbers.mid(1);
            numbers = line(form);
        }
        if (!numbers.isEmpty())
            return {.word = QString::fromUtf8(form), .meanings = numbersOf(numbers)};
    }
    return {};
}

WordSense Dictionary::sense(int number) const
{
    if (number < 0)
        return {};
    const auto place = static_cast<std::size_t>(number);
    const QList<QByteArray> lines = block(m_wordBlocks + place / m_sensesInBlock).split('\n');
    const auto line = static_cast<qsizetype>(place % m_sensesInBlock);
    if (line >= lines.size())
        return {};
    QList<QByteArray> fields = lines[line].split('\t');
    fields.resize(10); // empty ones at the end are not written
    return {.number = number,
        .part = partOf(fields[0]),
        .words = QString::fromUtf8(fields[1]).split(u'|', Qt::SkipEmptyParts),
        .definition = QString::fromUtf8(fields[2]),
        .example = QString::fromUtf8(fields[3]),
        .kindOf = numbersOf(fields[4]),
        .kinds = numbersOf(fields[5]),
        .parts = numbersOf(fields[6]),
        .partOf = numbersOf(fields[7]),
        .similar = numbersOf(fields[8]),
        .opposites = pairsOf(fields[9])};
}

std::vector<WordSense> Dictionary::senses(const std::vector<int> &numbers) const
{
    std::vector<WordSense> result;
    for (const int number : numbers)
        result.push_back(sense(number));
    return result;
}

} // namespace diptych
