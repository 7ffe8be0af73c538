// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/wordmap/wordmap.h"

#include "builtin/builtindata.h"
#include "builtin/catalogue.h"
#include "builtin/wordmap/wordvectors.h"

#include <QCoreApplication>
#include <QHash>

#include <array>
#include <cmath>

namespace diptych {

namespace {

using Vector = std::array<float, WordMap::dimensions>;

constexpr float rarity = 1e-3F; // "a" of the smooth inverse frequency
constexpr float unknownProbability = 2e-6F;
constexpr float unknownWeight = 0.5F; // a word that is only spelling says less than one that is known

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::WordMap", text);
}

/// FNV-1a: the same on every machine and in every run, unlike qHash.
quint64 hashOf(std::string_view text)
{
    quint64 hash = 0xcbf29ce484222325ULL;
    for (const char byte : text)
        hash = (hash ^ static_cast<uchar>(byte)) * 0x100000001b3ULL;
    return hash;
}

/// Adds a random direction of length `weight` that belongs to the seed.
void addRandom(quint64 seed, float weight, Vector &sum)
{
    const float size = weight / std::sqrt(static_cast<float>(sum.size()));
    for (std::size_t i = 0; i < sum.size(); i += 64) {
        // splitmix64: 64 signs a step
        seed += 0x9e3779b97f4a7c15ULL;
        quint64 bits = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9ULL;
        bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
        bits ^= bits >> 31;
        for (std::size_t j = 0; j < 64; ++j)
            sum[i + j] += (bits >> j & 1) != 0 ? size : -size;
    }
}

/// Places a word by its parts of three to five bytes, so that words spelt alike lie near each other.
void addSpelling(const std::string &word, float weight, Vector &sum)
{
    const std::string padded = '<' + word + '>';
    std::size_t parts = 0;
    for (std::size_t length = 3; length <= 5; ++length)
        parts += padded.size() >= length ? padded.size() - length + 1 : 0;
    if (parts == 0)
        return;
    const float each = weight / std::sqrt(static_cast<float>(parts));
    for (std::size_t length = 3; length <= 5; ++length) {
        for (std::size_t start = 0; start + length <= padded.size(); ++start)
            addRandom(hashOf(std::string_view(padded).substr(start, length)), each, sum);
    }
}

bool isWordUnit(QChar unit)
{
    return unit.isLetterOrNumber() || unit.isMark() || unit.isSurrogate();
}

/// Calls `visit` with each word of a text in lower case: letters, digits, and apostrophes within.
template <typename Visitor>
void forEachWord(const QString &text, Visitor visit)
{
    constexpr qsizetype longest = 64;
    const QString lower = text.toLower().replace(QChar(0x2019), u'\'');
    for (qsizetype at = 0; at < lower.size();) {
        if (!isWordUnit(lower[at])) {
            ++at;
            continue;
        }
        const qsizetype start = at;
        while (at < lower.size() && at - start < longest
            && (isWordUnit(lower[at]) || (lower[at] == u'\'' && at + 1 < lower.size() && lower[at + 1].isLetter())))
            ++at;
        visit(QStringView(lower).mid(start, at - start).toUtf8().toStdString());
    }
}

float length(std::span<const float> vector)
{
    float sum = 0;
    for (const float value : vector)
        sum += value * value;
    return std::sqrt(sum);
}

/// Adds the words of a text to `sum`; returns how many there are.
qint64 addWords(const WordVectors &table, const QString &text, Vector &sum)
{
    qint64 count = 0;
    forEachWord(text, [&](const std::string &word) {
        ++count;
        if (const auto row = table.find(word))
            table.add(*row, rarity / (rarity + table.probability(*row)), sum);
        else
            addSpelling(word, unknownWeight * rarity / (rarity + unknownProbability), sum);
    });
    return count;
}

void removeCommon(const WordVectors &table, Vector &vector)
{
    const auto common = table.commonDirection();
    float share = 0;
    for (std::size_t i = 0; i < vector.size(); ++i)
        share += vector[i] * common[i];
    for (std::size_t i = 0; i < vector.size(); ++i)
        vector[i] -= share * common[i];
}

/// The first values of the vector at unit length, or a fixed direction when nothing is left of it.
void appendUnit(const Vector &vector, const QString &text, std::size_t width, std::vector<float> &values)
{
    Vector whole = vector;
    if (!(length(std::span(whole).first(width)) > 1e-6F))
        addRandom(hashOf(text.trimmed().toUtf8().toStdString()), 1, whole);
    const auto kept = std::span(whole).first(width);
    const float size = length(kept);
    for (const float value : kept)
        values.push_back(value / size);
}

} // namespace

WordMap::WordMap() = default;
WordMap::~WordMap() = default;

const WordVectors *WordMap::table() const
{
    std::call_once(m_loaded, [this] { m_table = WordVectors::fromData(builtinData(QStringLiteral("wordmap.bin"))); });
    return m_table.get();
}

Result<EmbeddingResponse> WordMap::embed(const EmbeddingRequest &request, const StopRequested &stop) const
{
    if (request.input.isEmpty())
        return Failure(invalidParameter(QStringLiteral("input"), translated("There has to be at least one text.")));
    const int width = request.dimensions.value_or(dimensions);
    if (width < 1 || width > dimensions) {
        return Failure(unsupportedParameter(
            QStringLiteral("dimensions"), translated("This model gives 1 to %1 dimensions.").arg(dimensions)));
    }
    const WordVectors *vectors = table();
    if (!vectors)
        return Failure(Error {
            .kind = Error::Kind::Storage, .message = translated("The data of this model is missing or damaged.")});
    EmbeddingResponse response {
        .id = newResponseId(QLatin1String("embd-")), .model = request.model, .dimensions = width};
    response.values.reserve(static_cast<std::size_t>(request.input.size()) * static_cast<std::size_t>(width));
    qint64 words = 0;
    for (const QString &text : request.input) {
        if (stop())
            return Failure(Error {.kind = Error::Kind::Cancelled, .message = translated("Stopped.")});
        Vector sum {};
        words += addWords(*vectors, text, sum);
        removeCommon(*vectors, sum);
        appendUnit(sum, text, static_cast<std::size_t>(width), response.values);
    }
    response.usage = Usage {.promptTokens = words, .totalTokens = words};
    return response;
}

} // namespace diptych
