// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/wordmap/wordmap.h"

#include "builtin/builtindata.h"
#include "builtin/catalogue.h"
#include "builtin/wordmap/spelling.h"
#include "builtin/wordmap/wordplacer.h"
#include "builtin/wordmap/wordvectors.h"

#include <QCoreApplication>

#include <array>
#include <cmath>
#include <unordered_map>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::WordMap", text);
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

/// The words of a text and how often each comes, in the order in which they first come.
class WordBag
{
public:
    explicit WordBag(const QString &text)
    {
        forEachWord(text, [this](std::string &&word) {
            ++m_total;
            const auto [found, isNew] = m_places.try_emplace(std::move(word), m_words.size());
            if (isNew)
                m_words.push_back({&found->first, 0});
            ++m_words[found->second].second;
        });
    }

    [[nodiscard]] qint64 total() const { return m_total; }
    [[nodiscard]] const std::vector<std::pair<const std::string *, int>> &words() const { return m_words; }

private:
    std::unordered_map<std::string, std::size_t> m_places;
    std::vector<std::pair<const std::string *, int>> m_words;
    qint64 m_total = 0;
};

void addPlace(const WordVectors &table, const WordPlace &place, float count, std::span<float> sum)
{
    const float weight = place.weight * count;
    for (int i = 0; i < place.count; ++i) {
        const WordPlace::Share &share = place.rows[static_cast<std::size_t>(i)];
        table.add(share.row, weight * share.factor, sum);
    }
    if (place.spelling > 0)
        table.addSpelling(place.spelt, weight * place.spelling, sum);
    if (place.look > 0)
        addLook(place.spelt, weight * place.look, sum);
}

/// Adds the words of a text to `sum`. Returns false when it was stopped.
bool addWords(const WordVectors &table, const WordBag &bag, const StopRequested &stop, std::span<float> sum)
{
    constexpr std::size_t between = 256; // words from one look at `stop` to the next
    const WordPlacer placer(table);
    std::size_t done = 0;
    for (const auto &[word, count] : bag.words()) {
        if (done++ % between == 0 && stop())
            return false;
        addPlace(table, placer.place(*word), static_cast<float>(count), sum);
    }
    return true;
}

float length(std::span<const float> vector)
{
    float sum = 0;
    for (const float value : vector)
        sum += value * value;
    return std::sqrt(sum);
}

void removeCommon(std::span<const float> common, std::span<float> vector)
{
    float share = 0;
    for (std::size_t i = 0; i < vector.size(); ++i)
        share += vector[i] * common[i];
    for (std::size_t i = 0; i < vector.size(); ++i)
        vector[i] -= share * common[i];
}

/// The first values of the vector at unit length, or a fixed direction when nothing is left of it.
void appendUnit(std::span<float> vector, const QString &text, std::size_t width, std::vector<float> &values)
{
    if (!(length(vector.first(width)) > 1e-6F))
        addRandom(hashOf(text.trimmed().toUtf8().toStdString()), 1, vector);
    const auto kept = vector.first(width);
    const float size = length(kept);
    for (const float value : kept)
        values.push_back(value / size);
}

Error stopped()
{
    return {.kind = Error::Kind::Cancelled, .message = translated("Stopped.")};
}

std::optional<Error> findFault(const EmbeddingRequest &request)
{
    if (request.input.isEmpty())
        return invalidParameter(QStringLiteral("input"), translated("There has to be at least one text."));
    const int largest = WordMap::dimensionsOf(request.model);
    const int width = request.dimensions.value_or(largest);
    if (width < 1 || width > largest) {
        return unsupportedParameter(
            QStringLiteral("dimensions"), translated("This model gives 1 to %1 dimensions.").arg(largest));
    }
    for (qsizetype i = 0; i < request.input.size(); ++i) {
        const QString &text = request.input[i];
        if (std::all_of(text.begin(), text.end(), [](QChar unit) { return unit.isSpace(); }))
            return invalidParameter(QStringLiteral("input[%1]").arg(i), translated("This text is empty."));
    }
    return {};
}

} // namespace

WordMap::WordMap() = default;
WordMap::~WordMap() = default;

int WordMap::dimensionsOf(const QString &model)
{
    return static_cast<int>(model == QLatin1String("wordmap-64") ? WordVectors::narrow : WordVectors::wide);
}

const WordVectors *WordMap::table() const
{
    std::call_once(m_loaded, [this] { m_table = WordVectors::fromData(builtinData(QStringLiteral("wordmap.bin"))); });
    return m_table.get();
}

Result<EmbeddingResponse> WordMap::embed(const EmbeddingRequest &request, const StopRequested &stop) const
{
    if (const auto fault = findFault(request))
        return Failure(*fault);
    const WordVectors *vectors = table();
    if (!vectors)
        return Failure(Error {
            .kind = Error::Kind::Storage, .message = translated("The data of this model is missing or damaged.")});
    const int size = dimensionsOf(request.model);
    const int width = request.dimensions.value_or(size);
    EmbeddingResponse response {
        .id = newResponseId(QLatin1String("embd-")), .model = request.model, .dimensions = width};
    response.values.reserve(static_cast<std::size_t>(request.input.size()) * static_cast<std::size_t>(width));
    qint64 words = 0;
    for (const QString &text : request.input) {
        const WordBag bag(text);
        std::array<float, WordVectors::wide> room {};
        const auto sum = std::span(room).first(static_cast<std::size_t>(size));
        if (stop() || !addWords(*vectors, bag, stop, sum))
            return Failure(stopped());
        words += bag.total();
        removeCommon(vectors->commonDirection(sum.size()), sum);
        appendUnit(sum, text, static_cast<std::size_t>(width), response.values);
    }
    response.usage = Usage {.promptTokens = words, .totalTokens = words};
    return response;
}

} // namespace diptych
