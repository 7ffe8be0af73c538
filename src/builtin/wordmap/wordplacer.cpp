// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/wordmap/wordplacer.h"

#include "builtin/wordmap/spelling.h"
#include "builtin/wordmap/wordvectors.h"

#include <QString>

#include <algorithm>

namespace diptych {

namespace {

struct Ending {
    std::string_view ending;
    std::string_view instead;
};

/// Forms of one word. Tried in this order; the first that leaves a known word wins. As in make_wordmap_corpus.py.
constexpr Ending inflections[] = {{"ies", "y"}, {"es", "e"}, {"es", ""}, {"s", ""}, {"ied", "y"}, {"ed", "e"},
    {"ed", ""}, {"ing", "e"}, {"ing", ""}, {"n't", ""}, {"'t", ""}, {"'s", ""}, {"'re", ""}, {"'ll", ""}, {"'ve", ""},
    {"'d", ""}, {"'m", ""}, {"'", ""}};

/// Words made of others; the meaning moves a little.
constexpr Ending derivations[] = {{"isation", "ize"}, {"ization", "ize"}, {"ising", "ize"}, {"ised", "ize"},
    {"ises", "ize"}, {"ise", "ize"}, {"yse", "yze"}, {"iness", "y"}, {"ness", ""}, {"ily", "y"}, {"ably", "able"},
    {"ically", "ic"}, {"ly", ""}, {"less", ""}, {"fully", "ful"}, {"ful", ""}, {"iest", "y"}, {"est", ""}, {"est", "e"},
    {"ier", "y"}, {"ers", ""}, {"ers", "e"}, {"er", ""}, {"er", "e"}, {"ors", "e"}, {"or", "e"}, {"or", ""},
    {"ability", "able"}, {"ability", ""}, {"able", ""}, {"able", "e"}, {"ations", "e"}, {"ation", "e"}, {"ation", ""},
    {"ion", "e"}, {"ion", ""}, {"ments", ""}, {"ment", ""}, {"ish", ""}, {"ity", "e"}, {"ity", ""}, {"like", ""},
    {"wise", ""}, {"isms", ""}, {"ism", ""}, {"ists", ""}, {"ist", ""}, {"ship", ""}, {"hood", ""}, {"ic", ""},
    {"al", ""}, {"y", ""}, {"y", "e"}};

constexpr std::string_view prefixes[] = {"anti", "auto", "bio", "counter", "cyber", "de", "dis", "eco", "electro",
    "extra", "fore", "geo", "hyper", "inter", "in", "macro", "mega", "meta", "micro", "mid", "mini", "mis", "mono",
    "multi", "nano", "neo", "neuro", "non", "out", "over", "photo", "poly", "post", "pre", "pseudo", "psycho", "re",
    "semi", "sub", "super", "tele", "trans", "ultra", "un", "under", "up"};

constexpr std::size_t shortestSlip = 5; // shorter words have too many neighbours
constexpr std::size_t longestSlip = 24;
constexpr std::size_t sureStem = 5;
constexpr std::size_t shortestStem = 3;
constexpr float lookBesideRows = 0.2F;
constexpr float lookAlone = 0.35F;
constexpr float unknownWeight = 0.5F; // a word that is only spelling says less than one that is known

bool isAscii(std::string_view word)
{
    return std::all_of(word.begin(), word.end(), [](char byte) { return static_cast<unsigned char>(byte) < 128; });
}

bool hasLetter(std::string_view word)
{
    return std::any_of(word.begin(), word.end(), [](char byte) { return byte >= 'a' && byte <= 'z'; });
}

/// Without accents and with wide and joined forms taken apart.
std::string folded(const std::string &word)
{
    QString plain;
    for (const QChar unit : QString::fromStdString(word).normalized(QString::NormalizationForm_KD)) {
        if (!unit.isMark())
            plain.push_back(unit.toLower());
    }
    return plain.toStdString();
}

} // namespace

WordPlace WordPlacer::place(const std::string &word) const
{
    if (const auto row = findForm(word)) {
        WordPlace place {.count = 1, .weight = m_table.weight(*row)};
        place.rows[0] = {.row = *row, .factor = 1};
        return place;
    }
    if (isAscii(word))
        return placeUnknown(word);
    const std::string plain = folded(word);
    if (!plain.empty() && isAscii(plain))
        return place(plain);
    return {.look = 1, .weight = unknownWeight, .spelt = word};
}

WordPlace WordPlacer::placeUnknown(const std::string &word) const
{
    if (word.size() <= longestSlip && hasLetter(word)) {
        if (const auto row = findDerived(word, sureStem))
            return nearRow(*row, word);
        if (const auto row = findMisspelt(word))
            return nearRow(*row, word);
        if (const auto row = findDerived(word, shortestStem))
            return nearRow(*row, word);
        if (const auto rows = findCompound(word))
            return between(*rows, word);
    }
    return {.spelling = hasLetter(word) ? 1.0F : 0.0F, .look = lookAlone, .weight = unknownWeight, .spelt = word};
}

std::optional<int> WordPlacer::findForm(std::string_view word) const
{
    if (const auto row = m_table.find(word))
        return row;
    for (const auto &[ending, instead] : inflections) {
        const bool isShortened = ending.find('\'') != ending.npos;
        if (!word.ends_with(ending) || word.size() + instead.size() < ending.size() + (isShortened ? 1 : 3))
            continue;
        std::string stem(word.substr(0, word.size() - ending.size()));
        if (const auto row = m_table.find(stem + std::string(instead)))
            return row;
        // stopped, running: the last letter is doubled
        if (stem.size() > 2 && stem.back() == stem[stem.size() - 2]) {
            stem.pop_back();
            if (const auto row = m_table.find(stem))
                return row;
        }
    }
    return {};
}

std::optional<int> WordPlacer::findDerived(std::string_view word, std::size_t leastStem) const
{
    for (const auto &[ending, instead] : derivations) {
        if (!word.ends_with(ending) || word.size() < ending.size() + leastStem)
            continue;
        const std::string stem = std::string(word.substr(0, word.size() - ending.size())).append(instead);
        if (const auto row = m_table.find(stem))
            return row;
    }
    for (const std::string_view prefix : prefixes) {
        if (!word.starts_with(prefix) || word.size() < prefix.size() + leastStem)
            continue;
        if (const auto row = findForm(word.substr(prefix.size())))
            return row;
    }
    return {};
}

std::optional<int> WordPlacer::findMisspelt(std::string_view word) const
{
    if (const auto row = findOneSlipAway(word))
        return row;
    for (const auto &[ending, instead] : inflections) {
        if (!word.ends_with(ending))
            continue;
        const std::string stem = std::string(word.substr(0, word.size() - ending.size())).append(instead);
        if (const auto row = findOneSlipAway(stem))
            return row;
    }
    return {};
}

/// The commonest such word that begins with the same letter.
std::optional<int> WordPlacer::findOneSlipAway(std::string_view word) const
{
    if (word.size() < shortestSlip)
        return {};
    std::string swapped(word);
    std::swap(swapped[0], swapped[1]);
    if (const auto row = m_table.find(swapped))
        return row;
    std::optional<int> best;
    const auto [first, last] = m_table.beginningWith(word.front());
    for (int row = first; row < last; ++row) {
        const std::string_view known = m_table.word(row);
        if (known.size() + 1 < word.size() || known.size() > word.size() + 1 || !isOneSlipAway(known, word))
            continue;
        if (!best || m_table.weight(row) < m_table.weight(*best))
            best = row;
    }
    return best;
}

/// The parts of the most even split.
std::optional<std::pair<int, int>> WordPlacer::findCompound(std::string_view word) const
{
    if (word.size() < 2 * shortestStem)
        return {};
    const std::size_t middle = word.size() / 2;
    for (std::size_t off = 0; middle >= shortestStem + off; ++off) {
        for (const std::size_t at : {middle - off, middle + off}) {
            if (word.size() < at + shortestStem)
                continue;
            const auto left = m_table.find(word.substr(0, at));
            const auto right = left ? findForm(word.substr(at)) : std::nullopt;
            if (right)
                return std::pair(*left, *right);
        }
    }
    return {};
}

WordPlace WordPlacer::nearRow(int row, const std::string &word) const
{
    WordPlace place {.count = 1, .look = lookBesideRows, .weight = m_table.weight(row), .spelt = word};
    place.rows[0] = {.row = row, .factor = 1};
    return place;
}

WordPlace WordPlacer::between(std::pair<int, int> rows, const std::string &word) const
{
    // The last part says what kind of thing it is.
    WordPlace place {.count = 2, .spelling = 0.3F, .look = lookBesideRows, .spelt = word};
    place.rows = {WordPlace::Share {.row = rows.first, .factor = 0.6F}, {.row = rows.second, .factor = 0.7F}};
    place.weight = std::max(m_table.weight(rows.first), m_table.weight(rows.second));
    return place;
}

} // namespace diptych
