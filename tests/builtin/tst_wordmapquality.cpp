// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/builtindata.h"
#include "builtin/wordmap/wordmap.h"
#include "builtin/wordmap/wordvectors.h"
#include "wordmapratings.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace diptych;

namespace {

std::vector<double> ranks(const std::vector<double> &values)
{
    std::vector<double> result;
    for (const double value : values) {
        const auto below = std::count_if(values.begin(), values.end(), [&](double other) { return other < value; });
        const auto same = std::count(values.begin(), values.end(), value);
        result.push_back(static_cast<double>(below) + static_cast<double>(same - 1) / 2);
    }
    return result;
}

double correlation(const std::vector<double> &a, const std::vector<double> &b)
{
    const double meanA = std::accumulate(a.begin(), a.end(), 0.0) / static_cast<double>(a.size());
    const double meanB = std::accumulate(b.begin(), b.end(), 0.0) / static_cast<double>(b.size());
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - meanA) * (b[i] - meanB);
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / std::sqrt(aa * bb);
}

double rankCorrelation(const std::vector<double> &a, const std::vector<double> &b)
{
    return correlation(ranks(a), ranks(b));
}

std::vector<double> ratings(std::span<const RatedPair> pairs)
{
    std::vector<double> values;
    for (const RatedPair &pair : pairs)
        values.push_back(pair.rating);
    return values;
}

/// The vectors of the commonest words of a table.
class CommonWords
{
public:
    CommonWords(const WordVectors &table, std::size_t width)
        : m_table(table)
        , m_width(width)
        , m_rows(static_cast<std::size_t>(table.size()))
    {
        std::iota(m_rows.begin(), m_rows.end(), 0);
        std::stable_sort(m_rows.begin(), m_rows.end(), [&](int a, int b) { return table.weight(a) < table.weight(b); });
        m_rows.resize(20'000);
        for (const int row : m_rows)
            m_vectors.push_back(vector(row));
    }

    [[nodiscard]] QStringList nearest(int own, int count) const
    {
        const std::vector<float> wanted = vector(own);
        std::vector<std::pair<float, int>> found;
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            const auto &other = m_vectors[i];
            if (m_rows[i] != own)
                found.emplace_back(-std::inner_product(other.begin(), other.end(), wanted.begin(), 0.0F), m_rows[i]);
        }
        std::partial_sort(found.begin(), found.begin() + count, found.end());
        QStringList words;
        for (int i = 0; i < count; ++i) {
            const auto word = m_table.word(found[static_cast<std::size_t>(i)].second);
            words << QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
        }
        return words;
    }

private:
    [[nodiscard]] std::vector<float> vector(int row) const
    {
        std::vector<float> values(m_width);
        m_table.add(row, 1, values);
        return values;
    }

    const WordVectors &m_table;
    std::size_t m_width;
    std::vector<int> m_rows;
    std::vector<std::vector<float>> m_vectors;
};

QString modelName(int size)
{
    return QStringLiteral("wordmap-%1").arg(size);
}

} // namespace

class TestWordMapQuality : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ratingsAgree_data();
    void ratingsAgree();
    void theWideModelIsBetterAndTheNarrowOneNear();
    void roundingKeepsTheOrder_data();
    void roundingKeepsTheOrder();
    void nearestNeighbours_data();
    void nearestNeighbours();

private:
    /// One similarity for each pair.
    [[nodiscard]] std::vector<double> similarities(
        std::span<const RatedPair> pairs, int size, int dimensions, int levels = 0) const
    {
        EmbeddingRequest request {.model = modelName(size), .dimensions = dimensions};
        for (const RatedPair &pair : pairs)
            request.input << QString::fromLatin1(pair.first) << QString::fromLatin1(pair.second);
        auto response = m_wordMap.embed(request, [] { return false; });
        std::vector<double> values;
        for (int i = 0; response && i + 1 < response->count(); i += 2)
            values.push_back(similarity(rounded(response->row(i), levels), rounded(response->row(i + 1), levels)));
        return values;
    }
    /// As many whole levels on either side as given: 127 for int8, 1 for the signs alone, 0 for no rounding.
    static std::vector<double> rounded(std::span<const float> row, int levels)
    {
        std::vector<double> values(row.begin(), row.end());
        double largest = 0;
        for (const double value : values)
            largest = std::max(largest, std::abs(value));
        for (double &value : values) {
            if (levels == 1)
                value = value < 0 ? -1 : 1;
            else if (levels > 1)
                value = std::round(value / largest * levels);
        }
        return values;
    }
    static double similarity(const std::vector<double> &a, const std::vector<double> &b)
    {
        const auto dot = [](const auto &x, const auto &y) {
            return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
        };
        return dot(a, b) / std::sqrt(dot(a, a) * dot(b, b));
    }

    WordMap m_wordMap;
};

void TestWordMapQuality::ratingsAgree_data()
{
    QTest::addColumn<bool>("sentences");
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("dimensions");
    QTest::addColumn<double>("atLeast");
    QTest::newRow("words, 256") << false << 256 << 256 << 0.8;
    QTest::newRow("words, 64") << false << 64 << 64 << 0.78;
    QTest::newRow("words, 256 cut to 128") << false << 256 << 128 << 0.785;
    QTest::newRow("words, 256 cut to 64") << false << 256 << 64 << 0.78;
    QTest::newRow("words, 64 cut to 16") << false << 64 << 16 << 0.69;
    QTest::newRow("sentences, 256") << true << 256 << 256 << 0.89;
    QTest::newRow("sentences, 64") << true << 64 << 64 << 0.865;
    QTest::newRow("sentences, 256 cut to 128") << true << 256 << 128 << 0.885;
    QTest::newRow("sentences, 64 cut to 16") << true << 64 << 16 << 0.78;
}

void TestWordMapQuality::ratingsAgree()
{
    QFETCH(bool, sentences);
    QFETCH(int, size);
    QFETCH(int, dimensions);
    QFETCH(double, atLeast);
    const auto pairs = sentences ? std::span<const RatedPair>(ratedSentences) : std::span<const RatedPair>(ratedWords);
    const double agreement = rankCorrelation(ratings(pairs), similarities(pairs, size, dimensions));
    qInfo("%.3f", agreement);
    QVERIFY2(agreement >= atLeast, qPrintable(QString::number(agreement)));
}

void TestWordMapQuality::theWideModelIsBetterAndTheNarrowOneNear()
{
    const auto byPeople = ratings(ratedSentences);
    const auto wide = similarities(ratedSentences, 256, 256);
    const auto narrow = similarities(ratedSentences, 64, 64);
    QVERIFY(wide != narrow);
    const double gain = rankCorrelation(byPeople, wide) - rankCorrelation(byPeople, narrow);
    QVERIFY2(gain > 0 && gain < 0.1, qPrintable(QString::number(gain)));
    const double agreement = rankCorrelation(wide, narrow);
    QVERIFY2(agreement > 0.9, qPrintable(QString::number(agreement)));
}

void TestWordMapQuality::roundingKeepsTheOrder_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("levels");
    QTest::addColumn<double>("atLeast");
    QTest::newRow("int8 of 256") << 256 << 127 << 0.995;
    QTest::newRow("int8 of 64") << 64 << 127 << 0.995;
    QTest::newRow("binary of 256") << 256 << 1 << 0.9;
    QTest::newRow("binary of 64") << 64 << 1 << 0.83;
}

void TestWordMapQuality::roundingKeepsTheOrder()
{
    QFETCH(int, size);
    QFETCH(int, levels);
    QFETCH(double, atLeast);
    const double agreement =
        rankCorrelation(similarities(ratedWords, size, size), similarities(ratedWords, size, size, levels));
    QVERIFY2(agreement >= atLeast, qPrintable(QString::number(agreement)));
}

void TestWordMapQuality::nearestNeighbours_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("among");
    QTest::newRow("wordmap-256") << 256 << 10;
    QTest::newRow("wordmap-64") << 64 << 20;
}

void TestWordMapQuality::nearestNeighbours()
{
    QFETCH(int, size);
    QFETCH(int, among);
    const auto table = WordVectors::fromData(builtinData(QStringLiteral("wordmap.bin")));
    QVERIFY(table);
    QStringList lonely;
    const CommonWords words(*table, static_cast<std::size_t>(size));
    for (const NeighbourRow &wanted : neighbourRows) {
        const auto own = table->find(wanted.word);
        QVERIFY2(own, wanted.word);
        const QStringList nearest = words.nearest(*own, among);
        const QStringList acceptable = QString::fromLatin1(wanted.acceptable).split(u' ');
        const bool isNear = std::any_of(
            acceptable.begin(), acceptable.end(), [&](const QString &word) { return nearest.contains(word); });
        if (!isNear)
            lonely.push_back(QString(QString::fromLatin1(wanted.word) + u": " + nearest.join(u' ')));
    }
    QCOMPARE(lonely.join(u'\n'), QString());
}

QTEST_GUILESS_MAIN(TestWordMapQuality)
#include "tst_wordmapquality.moc"
