// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes wordmap.bin of the vectors that train_wordmap.cpp learned: the commonest words, centred, turned to their
// principal axes and rounded to four bits (the first 64 axes) and two bits (the others). Says what spelling tells of
// the meaning by fitting vectors of parts of words to all words, also those left out. src/builtin/wordmap reads it.
//
// usage: pack_wordmap CORPUS VECTORS OUT
#include "../../src/builtin/wordmap/spelling.h"
#include "wordmapcorpus.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <numeric>

using namespace wordmapcorpus;

namespace {

constexpr std::size_t wide = 256;
constexpr std::size_t narrow = 64;
constexpr std::size_t mostWords = 61'500;
constexpr std::size_t axisWords = 20'000; // the commonest: the axes are to tell these apart best
constexpr int wideEvenness = 0; // an axis is divided by its deviation to the power of so many quarters
constexpr int narrowEvenness = 2;
constexpr float headStep = 0.335F; // standard deviations; as in wordvectors.cpp
constexpr std::array<float, 4> tailLevels {-1.51F, -0.453F, 0.453F, 1.51F};
constexpr float tailBorder = 0.9816F;
constexpr std::size_t backgroundSentences = 6000;
constexpr int spellingRounds = 12;

using Row = std::array<float, wide>;
using Matrix = std::vector<std::array<double, wide>>; // square

struct Words {
    std::vector<std::string> texts; // all that were learned, the commonest first
    std::vector<double> counts;
    std::map<std::string, std::size_t> forms;
    std::vector<std::vector<std::size_t>> sentences; // some
    std::vector<Row> rows;
    [[nodiscard]] std::size_t kept() const { return std::min(mostWords, texts.size()); }
};

Words read(const char *corpus, const char *vectors)
{
    Words words;
    std::ifstream in(corpus);
    forEachLine(in, "words", [&](std::string_view line) {
        const auto blank = line.find(' ');
        words.texts.emplace_back(line.substr(0, blank));
        words.counts.push_back(static_cast<double>(numbersOf(line.substr(blank)).at(0)));
    });
    forEachLine(in, "forms", [&](std::string_view line) {
        const auto blank = line.find(' ');
        words.forms[std::string(line.substr(0, blank))] = static_cast<std::size_t>(numbersOf(line.substr(blank)).at(0));
    });
    forEachLine(in, "nodes", [](std::string_view) {});
    std::size_t number = 0;
    forEachLine(in, "sentences", [&](std::string_view line) {
        const auto ids = number++ % 50 == 0 ? numbersOf(line) : std::vector<std::int64_t>();
        if (ids.size() > 3 && words.sentences.size() < backgroundSentences)
            words.sentences.emplace_back(ids.begin(), ids.end());
    });
    words.rows.resize(words.texts.size());
    std::ifstream(vectors, std::ios::binary)
        .read(
            reinterpret_cast<char *>(words.rows.data()), static_cast<std::streamsize>(words.rows.size() * sizeof(Row)));
    return words;
}

template <typename Values>
double lengthOf(const Values &values)
{
    double sum = 1e-12;
    for (const double value : values)
        sum += value * value;
    return std::sqrt(sum);
}

void addOuter(Matrix &matrix, const Row &row)
{
    for (std::size_t i = 0; i < wide; ++i) {
        for (std::size_t j = 0; j < wide; ++j)
            matrix[i][j] += static_cast<double>(row[i]) * static_cast<double>(row[j]);
    }
}

/// Turns rows and columns p and q so that the value at both is nothing.
void turn(Matrix &matrix, Matrix &axes, std::size_t p, std::size_t q)
{
    if (std::abs(matrix[p][q]) < 1e-300)
        return;
    const double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
    const double t = (theta < 0 ? -1 : 1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
    const double c = 1 / std::sqrt(t * t + 1);
    const double s = t * c;
    for (std::size_t i = 0; i < wide; ++i) {
        const double a = matrix[i][p];
        const double b = matrix[i][q];
        matrix[i][p] = c * a - s * b;
        matrix[i][q] = s * a + c * b;
    }
    const auto mix = [&](std::array<double, wide> &first, std::array<double, wide> &second) {
        for (std::size_t i = 0; i < wide; ++i) {
            const double a = first[i];
            const double b = second[i];
            first[i] = c * a - s * b;
            second[i] = s * a + c * b;
        }
    };
    mix(matrix[p], matrix[q]);
    mix(axes[p], axes[q]);
}

/// The axes of a symmetric matrix, the longest first. Source: C. Jacobi, 1846.
Matrix principalAxes(Matrix matrix)
{
    Matrix axes(wide);
    for (std::size_t i = 0; i < wide; ++i)
        axes[i][i] = 1;
    for (int sweep = 0; sweep < 12; ++sweep) {
        for (std::size_t p = 0; p + 1 < wide; ++p) {
            for (std::size_t q = p + 1; q < wide; ++q)
                turn(matrix, axes, p, q);
        }
    }
    std::array<std::size_t, wide> order {};
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return matrix[a][a] > matrix[b][b]; });
    Matrix sorted;
    for (const std::size_t axis : order) {
        const auto largest = std::max_element(
            axes[axis].begin(), axes[axis].end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
        const double sign = *largest < 0 ? -1 : 1;
        for (double &value : axes[axis])
            value *= sign;
        sorted.push_back(axes[axis]);
    }
    return sorted;
}

Row turned(const Row &row, const Matrix &axes)
{
    Row result {};
    for (std::size_t i = 0; i < wide; ++i) {
        double sum = 0;
        for (std::size_t j = 0; j < wide; ++j)
            sum += axes[i][j] * static_cast<double>(row[j]);
        result[i] = static_cast<float>(sum);
    }
    return result;
}

/// Centres and turns the rows by the commonest.
void toPrincipalAxes(Words &words)
{
    const std::size_t count = std::min(axisWords, words.kept());
    Row mean {};
    for (Row &row : words.rows) {
        const auto size = static_cast<float>(lengthOf(row));
        for (float &value : row)
            value /= size;
    }
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < wide; ++j)
            mean[j] += words.rows[i][j] / static_cast<float>(count);
    }
    Matrix spread(wide);
    for (std::size_t i = 0; i < words.rows.size(); ++i) {
        for (std::size_t j = 0; j < wide; ++j)
            words.rows[i][j] -= mean[j];
        if (i < count)
            addOuter(spread, words.rows[i]);
    }
    const Matrix axes = principalAxes(spread);
    for (Row &row : words.rows)
        row = turned(row, axes);
}

/// What the reader multiplies and adds up, at one width.
struct Space {
    std::size_t width;
    Row gains {};
    Row common {};
};

struct Rounding {
    Row deviations {};

    explicit Rounding(const Words &words)
    {
        for (std::size_t j = 0; j < wide; ++j) {
            double squares = 0;
            for (std::size_t i = 0; i < words.kept(); ++i)
                squares += static_cast<double>(words.rows[i][j]) * static_cast<double>(words.rows[i][j]);
            deviations[j] = static_cast<float>(std::sqrt(squares / static_cast<double>(words.kept())));
        }
    }
    [[nodiscard]] unsigned level(const Row &row, std::size_t axis) const
    {
        const float x = row[axis] / deviations[axis];
        if (axis < narrow)
            return static_cast<unsigned>(std::clamp(std::floor(x / headStep + 8), 0.0F, 15.0F));
        return x < 0 ? (x < -tailBorder ? 0 : 1) : (x < tailBorder ? 2 : 3);
    }
    [[nodiscard]] float value(const Row &row, std::size_t axis) const
    {
        const unsigned rounded = level(row, axis);
        return deviations[axis]
            * (axis < narrow ? (static_cast<float>(rounded) - 7.5F) * headStep : tailLevels[rounded]);
    }
};

/// The row as the reader will see it, at unit length.
Row unitRow(const Rounding &rounding, const Space &space, const Row &row)
{
    Row result {};
    for (std::size_t j = 0; j < space.width; ++j)
        result[j] = rounding.value(row, j) * space.gains[j];
    const auto size = static_cast<float>(lengthOf(result));
    for (float &value : result)
        value /= size;
    return result;
}

double weightOf(const Words &words, std::size_t word)
{
    static const double total = std::accumulate(words.counts.begin(), words.counts.end(), 0.0);
    return 1e-3 / (1e-3 + words.counts[word] / total);
}

void findCommon(const Words &words, const Rounding &rounding, Space &space)
{
    Matrix spread(wide);
    for (const auto &sentence : words.sentences) {
        Row sum {};
        for (const std::size_t word : sentence) {
            if (word >= words.kept())
                continue;
            const Row row = unitRow(rounding, space, words.rows[word]);
            for (std::size_t j = 0; j < space.width; ++j)
                sum[j] += static_cast<float>(weightOf(words, word)) * row[j];
        }
        const auto size = static_cast<float>(lengthOf(sum));
        for (float &value : sum)
            value /= size;
        addOuter(spread, sum);
    }
    const auto axis = principalAxes(spread).front();
    std::transform(axis.begin(), axis.end(), space.common.begin(), [](double x) { return static_cast<float>(x); });
}

/// To the power of so many quarters: unlike std::pow, square roots are the same everywhere.
float quarters(float base, int count)
{
    float result = 1;
    for (int i = 0; i < count; ++i)
        result *= std::sqrt(std::sqrt(base));
    return result;
}

Space spaceOf(const Words &words, const Rounding &rounding, std::size_t width, int evenness)
{
    Space space {.width = width};
    for (std::size_t j = 0; j < width; ++j)
        space.gains[j] = 1 / quarters(rounding.deviations[j], evenness);
    findCommon(words, rounding, space);
    return space;
}

using Part = std::array<float, narrow>;

/// Fits the mean of a word's parts to its unit vector in the narrow space, word by word.
std::vector<Part> fitSpelling(const Words &words, const Rounding &rounding, const Space &space)
{
    std::vector<Part> parts(diptych::spellingBuckets);
    std::vector<std::size_t> places;
    for (int round = 0; round < spellingRounds; ++round) {
        const float rate = 1.5F * static_cast<float>(spellingRounds - round) / spellingRounds;
        for (std::size_t step = 0; step < words.rows.size(); ++step) {
            const std::size_t word = step * 7919 % words.rows.size();
            places.clear();
            diptych::forEachPart(words.texts[word],
                [&](std::string_view part) { places.push_back(diptych::hashOf(part) % diptych::spellingBuckets); });
            const Row wanted = unitRow(rounding, space, words.rows[word]);
            const auto count = static_cast<float>(places.size());
            Part mistake {};
            for (std::size_t j = 0; j < narrow; ++j) {
                for (const std::size_t place : places)
                    mistake[j] += parts[place][j] / count;
                mistake[j] -= wanted[j];
            }
            for (const std::size_t place : places) {
                for (std::size_t j = 0; j < narrow; ++j)
                    parts[place][j] -= rate / count * (mistake[j] + 0.01F * parts[place][j]);
            }
        }
    }
    return parts;
}

/// Little-endian pieces, each padded to four bytes.
class Writer
{
public:
    explicit Writer(const char *path)
        : m_out(path, std::ios::binary)
    {
    }
    template <typename Values>
    void write(const Values &values)
    {
        const auto bytes = static_cast<std::streamsize>(std::size(values) * sizeof(*std::data(values)));
        m_out.write(reinterpret_cast<const char *>(std::data(values)), bytes);
        m_out.write("\0\0\0", (4 - bytes % 4) % 4);
    }
    [[nodiscard]] bool isGood() const { return m_out.good(); }

private:
    std::ofstream m_out;
};

struct Texts {
    std::vector<std::uint32_t> offsets {0};
    std::string text {};
    void add(const std::string &word)
    {
        text += word;
        offsets.push_back(static_cast<std::uint32_t>(text.size()));
    }
};

template <typename Values>
void writeLevels(Writer &out, const Words &words, const std::vector<std::size_t> &order, std::size_t first,
    std::size_t bits, const Values &rounding)
{
    const std::size_t end = first == 0 ? narrow : wide;
    std::string bytes;
    for (const std::size_t word : order) {
        for (std::size_t j = first; j < end; j += 8 / bits) {
            unsigned byte = 0;
            for (std::size_t k = 0; k < 8 / bits; ++k)
                byte |= rounding.level(words.rows[word], j + k) << (bits * k);
            bytes.push_back(static_cast<char>(byte));
        }
    }
    out.write(bytes);
}

void writeParts(Writer &out, const std::vector<Part> &parts)
{
    float largest = 0;
    for (const Part &part : parts) {
        for (const float value : part)
            largest = std::max(largest, std::abs(value));
    }
    const float step = std::min(largest, 6.0F) / 127;
    out.write(std::array {step});
    std::vector<std::int8_t> levels;
    for (const Part &part : parts) {
        for (const float value : part)
            levels.push_back(static_cast<std::int8_t>(std::clamp(std::nearbyint(value / step), -127.0F, 127.0F)));
    }
    out.write(levels);
}

bool write(const char *path, const Words &words)
{
    const Rounding rounding(words);
    const Space whole = spaceOf(words, rounding, wide, wideEvenness);
    const Space part = spaceOf(words, rounding, narrow, narrowEvenness);

    std::vector<std::size_t> order(words.kept());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return words.texts[a] < words.texts[b]; });
    std::vector<std::uint16_t> rowOf(words.texts.size());
    Texts texts;
    std::vector<std::uint16_t> weights;
    for (const std::size_t word : order) {
        rowOf[word] = static_cast<std::uint16_t>(weights.size());
        texts.add(words.texts[word]);
        weights.push_back(static_cast<std::uint16_t>(std::lround(65535 * weightOf(words, word))));
    }
    Texts forms;
    std::vector<std::uint16_t> formRows;
    for (const auto &[form, word] : words.forms) {
        if (word >= words.kept())
            continue;
        forms.add(form);
        formRows.push_back(rowOf[word]);
    }
    const auto size = [](const auto &values) { return static_cast<std::uint32_t>(values.size()); };

    Writer out(path);
    out.write(std::string_view("DPWMAP03"));
    out.write(std::array<std::uint32_t, 6> {size(weights), size(formRows), size(texts.text), size(forms.text),
        static_cast<std::uint32_t>(narrow), static_cast<std::uint32_t>(wide)});
    out.write(rounding.deviations);
    out.write(whole.gains);
    out.write(whole.common);
    out.write(std::span(part.gains).first(narrow));
    out.write(std::span(part.common).first(narrow));
    writeLevels(out, words, order, 0, 4, rounding);
    writeLevels(out, words, order, narrow, 2, rounding);
    writeParts(out, fitSpelling(words, rounding, part));
    out.write(texts.offsets);
    out.write(forms.offsets);
    out.write(weights);
    out.write(formRows);
    out.write(texts.text);
    out.write(forms.text);
    std::fprintf(stderr, "%u words, %u irregular forms\n", size(weights), size(formRows));
    return out.isGood();
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 4)
        fail("usage: pack_wordmap CORPUS VECTORS OUT");
    Words words = read(argv[1], argv[2]);
    toPrincipalAxes(words);
    return write(argv[3], words) ? 0 : 1;
}
