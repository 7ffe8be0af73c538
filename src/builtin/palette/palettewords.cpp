// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/palette/palettewords.h"

#include "builtin/guide/dictionary.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace diptych {

namespace {

using palette::Region;
using palette::Rgb;

enum Place : unsigned { topLeft = 1, topRight = 2, bottomLeft = 4, bottomRight = 8, anywhere = 0 };

struct Colour {
    unsigned rgb = 0;
    unsigned places = anywhere;
};

struct Quality {
    palette::Axis axis = palette::brightness;
    float value = 0;
};

const QHash<QString, Colour> &colourWords()
{
    struct Entry {
        const char *words;
        Colour colour;
    };
    constexpr unsigned top = topLeft | topRight;
    constexpr unsigned bottom = bottomLeft | bottomRight;
    static constexpr Entry entries[] = {{"black night ink coal", {0x080808}},
        {"grey gray concrete fog smoke", {0x808080}}, {"silver", {0xc0c0c0}},
        {"white snow snowy milk cloud clouds paper", {0xfafafa}}, {"red crimson scarlet ruby blood tomato", {0xe01030}},
        {"maroon burgundy wine", {0x800010}}, {"pink rose salmon", {0xffb0c0}},
        {"orange pumpkin sunset fire flame flames", {0xff8c10}}, {"brown chocolate wood wooden earth soil", {0x8b4513}},
        {"beige tan cream sand sandy desert beach", {0xe8d0a9}},
        {"yellow lemon gold golden sun sunflower banana", {0xffe020}}, {"olive khaki", {0x808000}},
        {"lime chartreuse", {0x9acd32}}, {"green emerald leaf leaves meadow", {0x22a03c}},
        {"grass lawn", {0x22a03c, bottom}}, {"forest jungle", {0x0b5a1b}}, {"teal", {0x008080}},
        {"cyan turquoise aqua", {0x30e0e0}}, {"sky", {0x87bfeb, top}},
        {"blue azure cobalt sapphire sea ocean water lake", {0x1e50dc}}, {"navy indigo midnight", {0x000060}},
        {"purple violet plum", {0x7b1fa2}}, {"magenta fuchsia", {0xe020d0}}, {"lavender lilac", {0xc8b4f0}}};
    static const auto words = [] {
        QHash<QString, Colour> result;
        for (const Entry &entry : entries) {
            for (const QString &word : QString::fromLatin1(entry.words).split(u' '))
                result.insert(word, entry.colour);
        }
        return result;
    }();
    return words;
}

const QHash<QString, std::vector<Quality>> &qualityWords()
{
    struct Entry {
        const char *words;
        std::vector<Quality> qualities;
    };
    using namespace palette;
    static const auto words = [] {
        const std::vector<Entry> entries {{"dark darkness dim night gloomy shadow shadows", {{brightness, -0.4F}}},
            {"bright light pale luminous shining sunny", {{brightness, 0.4F}}},
            {"colourful colorful vivid saturated neon", {{saturation, 0.5F}}},
            {"dull faded monochrome greyscale grayscale", {{saturation, -0.3F}}},
            {"contrast contrasting harsh", {{contrast, 0.5F}}},
            {"flat plain smooth uniform empty solid", {{edges, -0.5F}, {contrast, -0.4F}}},
            {"stripes striped stripe lines pattern texture textured grid checkered", {{edges, 0.7F}, {contrast, 0.4F}}},
            {"fine detailed noisy grainy noise gravel fur",
                {{edges, 0.5F}, {mediumTexture, 0.5F}, {coarseTexture, -0.5F}}},
            {"coarse bold broad blotchy", {{coarseTexture, 0.7F}, {mediumTexture, 0.3F}}},
            {"horizontal", {{horizontalEdges, 0.7F}, {edges, 0.3F}}},
            {"vertical", {{verticalEdges, 0.7F}, {edges, 0.3F}}},
            {"diagonal", {{risingEdges, 0.4F}, {fallingEdges, 0.4F}, {edges, 0.3F}}}};
        QHash<QString, std::vector<Quality>> result;
        for (const Entry &entry : entries) {
            for (const QString &word : QString::fromLatin1(entry.words).split(u' '))
                result.insert(word, entry.qualities);
        }
        return result;
    }();
    return words;
}

unsigned placeOf(const QString &word)
{
    static const QStringList top {
        QStringLiteral("top"), QStringLiteral("above"), QStringLiteral("upper"), QStringLiteral("over")};
    static const QStringList bottom {QStringLiteral("bottom"), QStringLiteral("below"), QStringLiteral("lower"),
        QStringLiteral("under"), QStringLiteral("beneath")};
    if (top.contains(word))
        return topLeft | topRight;
    if (bottom.contains(word))
        return bottomLeft | bottomRight;
    if (word == QLatin1String("left"))
        return topLeft | bottomLeft;
    if (word == QLatin1String("right"))
        return topRight | bottomRight;
    return anywhere;
}

/// The colour by which the dictionary explains a word: a noun that is a kind of it, or an adjective "of a vivid red".
std::optional<Colour> colourOfSense(const Dictionary &dictionary, const WordSense &sense)
{
    static const QRegularExpression shade(QStringLiteral("\\b(color|pigment|shade)\\b"));
    static const QRegularExpression notLetters(QStringLiteral("[^a-z]+"));
    QStringList words;
    if (sense.part == WordSense::Part::Adjective && sense.definition.startsWith(QLatin1String("of a "))) {
        words = sense.definition.split(notLetters, Qt::SkipEmptyParts);
    } else if (sense.part == WordSense::Part::Noun && !sense.kindOf.empty()) {
        const WordSense above = dictionary.sense(sense.kindOf.front());
        // Only what is itself a kind of colour; "ink" is a kind of liquid.
        if (shade.match(above.definition).hasMatch())
            words = above.words.mid(0, 1);
    }
    const auto found =
        std::find_if(words.begin(), words.end(), [](const QString &word) { return colourWords().contains(word); });
    return found == words.end() ? std::nullopt : std::optional(colourWords().value(*found));
}

/// The colour of a word: its own, or that by which the dictionary explains it ("vermilion", "mauve").
std::optional<Colour> colourOf(const QString &word)
{
    const auto own = colourWords().constFind(word);
    if (own != colourWords().cend())
        return *own;
    if (word.size() < 4 || qualityWords().contains(word) || placeOf(word) != anywhere)
        return {};
    static const Dictionary dictionary = Dictionary::fromResources();
    for (const WordSense &sense : dictionary.senses(dictionary.find(word).meanings)) {
        if (const auto colour = colourOfSense(dictionary, sense))
            return colour;
    }
    return {};
}

struct Mention {
    Rgb colour {};
    unsigned places = anywhere;
};

Rgb shaded(unsigned rgb, const QString &before)
{
    Rgb colour {static_cast<float>(rgb >> 16 & 255U) / 255, static_cast<float>(rgb >> 8 & 255U) / 255,
        static_cast<float>(rgb & 255U) / 255};
    static const QStringList darker {QStringLiteral("dark"), QStringLiteral("deep")};
    static const QStringList lighter {QStringLiteral("light"), QStringLiteral("pale")};
    for (float *channel : {&colour.red, &colour.green, &colour.blue}) {
        if (darker.contains(before))
            *channel *= 0.45F;
        else if (lighter.contains(before))
            *channel += (1 - *channel) * 0.55F;
    }
    return colour;
}

/// What a text says, word by word.
class Reading
{
public:
    void read(const QStringList &words)
    {
        for (qsizetype i = 0; i < words.size(); ++i)
            readWord(words[i], i > 0 ? words[i - 1] : QString());
    }

    [[nodiscard]] int understood() const { return m_understood; }

    [[nodiscard]] std::array<Region, palette::regionCount> regions() const
    {
        std::array<Region, palette::regionCount> regions {};
        for (std::size_t i = 0; i < palette::regionCount; ++i) {
            addColours(regions[i], i);
            for (const Quality &quality : m_qualities)
                regions[i][quality.axis] += quality.value;
        }
        return regions;
    }

private:
    void readWord(const QString &word, const QString &before)
    {
        const unsigned place = placeOf(word);
        const std::optional<Colour> colour = colourOf(word);
        const auto quality = qualityWords().constFind(word);
        if (place != anywhere)
            readPlace(place);
        if (colour) {
            m_mentions.push_back(
                {shaded(colour->rgb, before), m_waitingPlace != anywhere ? m_waitingPlace : colour->places});
            m_waitingPlace = anywhere;
            m_lastMayMove = true;
        }
        if (quality != qualityWords().cend())
            m_qualities.insert(m_qualities.end(), quality->begin(), quality->end());
        if (place != anywhere || colour || quality != qualityWords().cend())
            ++m_understood;
    }

    /// "red on top" and "top right red": a place belongs to the colour before it, else to the one after it.
    void readPlace(unsigned place)
    {
        unsigned &target = m_mentions.empty() || !m_lastMayMove ? m_waitingPlace : m_mentions.back().places;
        const unsigned both = target & place;
        target = both != anywhere ? both : place;
    }

    void addColours(Region &region, std::size_t index) const
    {
        palette::ColourShares shares {};
        float sum = 0;
        for (const Mention &mention : m_mentions) {
            const bool here = index == 0 || mention.places == anywhere || (mention.places >> (index - 1) & 1U) != 0;
            const auto found = palette::sharesOf(mention.colour);
            for (std::size_t i = 0; here && i < found.size(); ++i) {
                shares[i] += found[i];
                sum += found[i];
            }
            const auto [lightness, chroma] = palette::lightnessOf(mention.colour);
            const float weight = here ? 1 / static_cast<float>(m_mentions.size()) : 0;
            region[palette::brightness] += (lightness - 0.5F) * weight;
            region[palette::saturation] += 2 * chroma * weight;
        }
        for (std::size_t i = 0; i < shares.size(); ++i) {
            // Without a colour all are alike, and say little beside the other axes.
            constexpr float even = 0.05F / static_cast<float>(palette::colourCount);
            region[palette::firstColour + i] = std::sqrt(sum > 0 ? shares[i] / sum : even);
        }
    }

    std::vector<Mention> m_mentions;
    std::vector<Quality> m_qualities;
    unsigned m_waitingPlace = anywhere;
    bool m_lastMayMove = false;
    int m_understood = 0;
};

} // namespace

DescribedPicture describedPicture(const QString &text)
{
    static const QRegularExpression notLetters(QStringLiteral("[^\\p{L}]+"));
    const QStringList words = text.toLower().split(notLetters, Qt::SkipEmptyParts);
    Reading reading;
    reading.read(words);
    return {.vector = palette::joined(reading.regions()),
        .understood = reading.understood(),
        .words = static_cast<int>(words.size())};
}

} // namespace diptych
