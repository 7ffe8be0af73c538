// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/builtindata.h"
#include "builtin/wordmap/wordmap.h"
#include "builtin/wordmap/wordvectors.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace diptych;

namespace {

struct RatedPair {
    const char *first;
    const char *second;
    double rating; ///< how alike they are, 0–10, by us
};

constexpr RatedPair ratedPairs[] = {{"car", "automobile", 10}, {"big", "large", 9.5}, {"begin", "start", 9.5},
    {"ocean", "sea", 9.2}, {"doctor", "physician", 9.5}, {"happy", "glad", 9}, {"stone", "rock", 9},
    {"boat", "ship", 8.6}, {"king", "queen", 7.8}, {"cat", "kitten", 8}, {"coffee", "tea", 6.5}, {"cat", "dog", 6},
    {"dog", "wolf", 6.2}, {"bread", "cake", 6}, {"guitar", "violin", 6.8}, {"red", "orange", 6}, {"car", "truck", 7},
    {"river", "lake", 6.3}, {"teacher", "professor", 7.5}, {"knife", "fork", 5.6}, {"hospital", "doctor", 5.2},
    {"bird", "wing", 4.8}, {"computer", "keyboard", 5}, {"tree", "leaf", 5}, {"book", "library", 5},
    {"winter", "snow", 5}, {"king", "castle", 3.5}, {"coffee", "cup", 4}, {"car", "road", 3.8}, {"sun", "planet", 4.5},
    {"dog", "table", 0.8}, {"banana", "doctor", 0.4}, {"ocean", "desk", 0.5}, {"music", "potato", 0.5},
    {"queen", "engine", 0.6}, {"snow", "lawyer", 0.3}, {"pencil", "whale", 0.4}, {"happy", "bridge", 0.4},
    {"cat", "mathematics", 0.3}, {"bread", "election", 0.3}};

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

} // namespace

class TestWordMap : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void damagedDataIsNoTable();
    void whatItCannotDoIsRefused();
    void anyTextHasAUnitVector_data();
    void anyTextHasAUnitVector();
    void stoppingIsNoticed();
    void ratingsAgree_data();
    void ratingsAgree();
    void nearerIsNearer_data();
    void nearerIsNearer();
    void fewerDimensionsAreThePrefix();
    void formsMeetTheirBase_data();
    void formsMeetTheirBase();
    void theDataIsReadInPlace();

private:
    [[nodiscard]] EmbeddingResponse embed(const QStringList &texts, std::optional<int> dimensions = {}) const
    {
        const auto response = m_wordMap.embed({.input = texts, .dimensions = dimensions}, [] { return false; });
        return response ? *response : EmbeddingResponse {};
    }
    [[nodiscard]] double similarity(const QString &a, const QString &b, std::optional<int> dimensions = {}) const
    {
        const EmbeddingResponse response = embed({a, b}, dimensions);
        const auto first = response.row(0);
        const auto second = response.row(1);
        return std::inner_product(first.begin(), first.end(), second.begin(), 0.0);
    }

    WordMap m_wordMap;
};

void TestWordMap::damagedDataIsNoTable()
{
    const QByteArray good = builtinData(QStringLiteral("wordmap.bin"));
    QVERIFY(WordVectors::fromData(good));
    for (const qsizetype size : {0, 7, 31, 5000, 2'000'000})
        QVERIFY(!WordVectors::fromData(good.left(size)));
    QVERIFY(!WordVectors::fromData(QByteArray(5000, 'x')));
}

void TestWordMap::whatItCannotDoIsRefused()
{
    const auto never = [] { return false; };
    const auto nothing = m_wordMap.embed({}, never);
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().kind, Error::Kind::InvalidRequest);
    QCOMPARE(nothing.error().parameter, QStringLiteral("input"));
    for (const int dimensions : {-1, 0, 257}) {
        const auto refused = m_wordMap.embed({.input = {QStringLiteral("a")}, .dimensions = dimensions}, never);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Unsupported);
        QCOMPARE(refused.error().parameter, QStringLiteral("dimensions"));
    }
}

void TestWordMap::anyTextHasAUnitVector_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("blanks") << QStringLiteral(" \n\t ");
    QTest::newRow("punctuation") << QStringLiteral("?!...");
    QTest::newRow("one letter") << QStringLiteral("a");
    QTest::newRow("numbers") << QStringLiteral("1 2 3");
    QTest::newRow("only common words") << QStringLiteral("the of and");
    QTest::newRow("unknown words") << QStringLiteral("xqzt brzk");
    QTest::newRow("another script") << QStringLiteral("日本語 \U0001F600");
    QTest::newRow("half a character") << QString(QChar(0xd83d));
    QTest::newRow("an endless word") << QString(100'000, u'x');
    QTest::newRow("long") << QStringLiteral("word ").repeated(13'000);
}

void TestWordMap::anyTextHasAUnitVector()
{
    QFETCH(QString, text);
    for (const int dimensions : {1, 4, 256}) {
        const EmbeddingResponse response = embed({text}, dimensions);
        QCOMPARE(response.count(), 1);
        QCOMPARE(response.dimensions, dimensions);
        const auto row = response.row(0);
        QVERIFY(std::all_of(row.begin(), row.end(), [](float value) { return std::isfinite(value); }));
        QVERIFY(std::abs(std::inner_product(row.begin(), row.end(), row.begin(), 0.0) - 1) < 1e-4);
    }
    QCOMPARE(embed({text}).values, embed({text}).values);
}

void TestWordMap::stoppingIsNoticed()
{
    const auto stopped = m_wordMap.embed({.input = {QStringLiteral("a")}}, [] { return true; });
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().kind, Error::Kind::Cancelled);
}

void TestWordMap::ratingsAgree_data()
{
    QTest::addColumn<int>("dimensions");
    QTest::addColumn<double>("atLeast");
    QTest::newRow("256") << 256 << 0.82;
    QTest::newRow("64") << 64 << 0.8;
    QTest::newRow("16") << 16 << 0.7;
}

void TestWordMap::ratingsAgree()
{
    QFETCH(int, dimensions);
    QFETCH(double, atLeast);
    std::vector<double> ratings;
    std::vector<double> similarities;
    for (const RatedPair &pair : ratedPairs) {
        ratings.push_back(pair.rating);
        similarities.push_back(
            similarity(QString::fromLatin1(pair.first), QString::fromLatin1(pair.second), dimensions));
    }
    const double agreement = correlation(ranks(ratings), ranks(similarities));
    QVERIFY2(agreement >= atLeast, qPrintable(QString::number(agreement)));
}

void TestWordMap::nearerIsNearer_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("near");
    QTest::addColumn<QString>("far");
    const auto row = [](const char *text, const char *near, const char *far) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(near) << QString::fromLatin1(far);
    };
    row("cat", "dog", "car");
    row("king", "queen", "potato");
    row("The doctor treated the patient.", "A nurse works in the hospital.", "The stock market fell today.");
    row("A man is playing a guitar.", "Someone plays the violin.", "A man is eating bread.");
    row("How do I cook rice?", "a recipe for boiled vegetables", "the history of Rome");
    row("The rocket flew to the moon.", "astronauts in space", "a cake with sugar");
    row("He bought shares of the bank.", "money and investment", "the river was deep");
    row("sumarize", "sumarise", "elephant");
    row("embeddingz", "embeddingzs", "bicyclez");
}

void TestWordMap::nearerIsNearer()
{
    QFETCH(QString, text);
    QFETCH(QString, near);
    QFETCH(QString, far);
    const double nearness = similarity(text, near);
    const double farness = similarity(text, far);
    QVERIFY2(nearness > farness + 0.1, qPrintable(QString::number(nearness) + u' ' + QString::number(farness)));
}

void TestWordMap::fewerDimensionsAreThePrefix()
{
    const QStringList text {QStringLiteral("a small house by the sea")};
    const EmbeddingResponse whole = embed(text);
    const EmbeddingResponse cut = embed(text, 32);
    const auto prefix = whole.row(0).first(32);
    const double size = std::sqrt(std::inner_product(prefix.begin(), prefix.end(), prefix.begin(), 0.0));
    for (std::size_t i = 0; i < prefix.size(); ++i)
        QVERIFY(std::abs(prefix[i] / size - cut.row(0)[i]) < 1e-5);
}

void TestWordMap::formsMeetTheirBase_data()
{
    QTest::addColumn<QString>("form");
    QTest::addColumn<QString>("base");
    QTest::newRow("capital") << QStringLiteral("Dog") << QStringLiteral("dog");
    QTest::newRow("plural") << QStringLiteral("violins") << QStringLiteral("violin");
    QTest::newRow("irregular") << QStringLiteral("mice") << QStringLiteral("mouse");
    QTest::newRow("doubled") << QStringLiteral("shrugged") << QStringLiteral("shrug");
    QTest::newRow("y") << QStringLiteral("ponies") << QStringLiteral("pony");
    QTest::newRow("apostrophe") << QStringLiteral("pianist’s") << QStringLiteral("pianist");
}

void TestWordMap::formsMeetTheirBase()
{
    QFETCH(QString, form);
    QFETCH(QString, base);
    QVERIFY(similarity(form, base) > 0.999);
}

void TestWordMap::theDataIsReadInPlace()
{
    const QByteArray data = builtinData(QStringLiteral("wordmap.bin"));
    QCOMPARE(builtinData(QStringLiteral("wordmap.bin")).constData(), data.constData());
    QCOMPARE(reinterpret_cast<quintptr>(data.constData()) % 4, quintptr(0));
    QVERIFY(builtinData(QStringLiteral("no such file")).isEmpty());
}

QTEST_GUILESS_MAIN(TestWordMap)
#include "tst_wordmap.moc"
