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

QStringList models()
{
    return {QStringLiteral("wordmap-256"), QStringLiteral("wordmap-64")};
}

bool never()
{
    return false;
}

} // namespace

class TestWordMap : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void damagedDataIsNoTable();
    void nothingToEmbedIsRefused_data();
    void nothingToEmbedIsRefused();
    void otherDimensionsAreRefused_data();
    void otherDimensionsAreRefused();
    void anyTextHasAUnitVector_data();
    void anyTextHasAUnitVector();
    void manyTextsComeInOrder();
    void theInputTypeMakesNoDifference();
    void stoppingIsNoticed();
    void nearerIsNearer_data();
    void nearerIsNearer();
    void fewerDimensionsAreThePrefix();
    void formsMeetTheirBase_data();
    void formsMeetTheirBase();

private:
    [[nodiscard]] EmbeddingResponse embed(
        const QStringList &texts, const QString &model = {}, std::optional<int> dimensions = {}) const
    {
        const auto response = m_wordMap.embed({.model = model, .input = texts, .dimensions = dimensions}, never);
        return response ? *response : EmbeddingResponse {};
    }
    [[nodiscard]] double similarity(const QString &a, const QString &b, const QString &model = {}) const
    {
        const EmbeddingResponse response = embed({a, b}, model);
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
    for (const qsizetype size :
        {qsizetype(0), qsizetype(7), qsizetype(39), qsizetype(5000), good.size() / 2, good.size() - 1})
        QVERIFY(!WordVectors::fromData(good.left(size)));
    QVERIFY(!WordVectors::fromData(QByteArray(5000, 'x')));
}

void TestWordMap::nothingToEmbedIsRefused_data()
{
    QTest::addColumn<QStringList>("input");
    QTest::addColumn<QString>("parameter");
    QTest::newRow("no text") << QStringList() << QStringLiteral("input");
    QTest::newRow("an empty text") << QStringList {QString()} << QStringLiteral("input[0]");
    QTest::newRow("the third is blank") << QStringList {QStringLiteral("a"), QStringLiteral("b"),
        QStringLiteral(" \n\t\u00a0")} << QStringLiteral("input[2]");
}

void TestWordMap::nothingToEmbedIsRefused()
{
    QFETCH(QStringList, input);
    QFETCH(QString, parameter);
    for (const QString &model : models()) {
        const auto refused = m_wordMap.embed({.model = model, .input = input}, never);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::InvalidRequest);
        QCOMPARE(refused.error().parameter, parameter);
        QVERIFY(!refused.error().message.isEmpty());
    }
}

void TestWordMap::otherDimensionsAreRefused_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<int>("dimensions");
    for (const int dimensions : {-1, 0, 257})
        QTest::addRow("%d of 256", dimensions) << models().at(0) << dimensions;
    for (const int dimensions : {-1, 0, 65, 256})
        QTest::addRow("%d of 64", dimensions) << models().at(1) << dimensions;
}

void TestWordMap::otherDimensionsAreRefused()
{
    QFETCH(QString, model);
    QFETCH(int, dimensions);
    const auto refused =
        m_wordMap.embed({.model = model, .input = {QStringLiteral("a")}, .dimensions = dimensions}, never);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Unsupported);
    QCOMPARE(refused.error().parameter, QStringLiteral("dimensions"));
    QVERIFY(refused.error().message.contains(QString::number(WordMap::dimensionsOf(model))));
}

void TestWordMap::anyTextHasAUnitVector_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("punctuation") << QStringLiteral("?!...");
    QTest::newRow("one letter") << QStringLiteral("a");
    QTest::newRow("numbers") << QStringLiteral("1 2 3");
    QTest::newRow("only common words") << QStringLiteral("the of and");
    QTest::newRow("unknown words") << QStringLiteral("xqzt brzk");
    QTest::newRow("another script") << QStringLiteral("日本語 \U0001F600");
    QTest::newRow("Arabic") << QStringLiteral("مرحبا بالعالم");
    QTest::newRow("only marks") << QStringLiteral("\u0301\u0302");
    QTest::newRow("half a character") << QString(QChar(0xd83d));
    QTest::newRow("a zero byte") << QString(QChar(u'\0'));
    QTest::newRow("an endless word") << QString(100'000, u'x');
    QTest::newRow("long") << QStringLiteral("word ").repeated(20'000);
}

void TestWordMap::anyTextHasAUnitVector()
{
    QFETCH(QString, text);
    for (const QString &model : models()) {
        for (const int dimensions : {1, 4, WordMap::dimensionsOf(model)}) {
            const EmbeddingRequest request {.model = model, .input = {text}, .dimensions = dimensions};
            const auto response = m_wordMap.embed(request, never);
            QVERIFY(response);
            QCOMPARE(response->count(), 1);
            QCOMPARE(response->dimensions, dimensions);
            const auto row = response->row(0);
            QVERIFY(std::all_of(row.begin(), row.end(), [](float value) { return std::isfinite(value); }));
            QVERIFY(std::abs(std::inner_product(row.begin(), row.end(), row.begin(), 0.0) - 1) < 1e-4);
            QCOMPARE(m_wordMap.embed(request, never)->values, response->values);
        }
    }
}

void TestWordMap::manyTextsComeInOrder()
{
    QStringList texts;
    for (int i = 0; i < 2048; ++i)
        texts << (i % 2 == 0 ? QStringLiteral("a small boat") : QStringLiteral("number %1").arg(i));
    const EmbeddingResponse response = embed(texts);
    QCOMPARE(response.count(), 2048);
    QVERIFY(std::equal(response.row(0).begin(), response.row(0).end(), response.row(2046).begin()));
    const EmbeddingResponse last = embed({texts.back()});
    QVERIFY(std::equal(last.row(0).begin(), last.row(0).end(), response.row(2047).begin()));
    QCOMPARE(*response.usage->promptTokens, 1024 * 3 + 1024 * 2);
}

void TestWordMap::theInputTypeMakesNoDifference()
{
    EmbeddingRequest request {.input = {QStringLiteral("a small boat")}};
    const auto plain = m_wordMap.embed(request, never);
    for (const auto type : {EmbeddingInputType::Text, EmbeddingInputType::Query, EmbeddingInputType::Document}) {
        request.inputType = type;
        QCOMPARE(m_wordMap.embed(request, never)->values, plain->values);
    }
}

void TestWordMap::stoppingIsNoticed()
{
    QString text;
    for (int i = 0; i < 5000; ++i)
        text += QString(QStringLiteral("word") + QString::number(i) + u' ');
    for (const int after : {0, 1, 2}) {
        int asked = 0;
        const auto stopped = m_wordMap.embed({.input = {text}}, [&] { return asked++ == after; });
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, Error::Kind::Cancelled);
    }
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
    row("sumarize the documnet", "summarize the document", "elephants in Africa");
    row("restarting webservers", "the server restarts", "a flower in the garden");
    row("Die Katze schläft", "die Katze", "le chien");
    row("東京の天気", "京都の天気", "футбольный матч");
    row("embeddingz", "embeddingzs", "bicyclez");
}

void TestWordMap::nearerIsNearer()
{
    QFETCH(QString, text);
    QFETCH(QString, near);
    QFETCH(QString, far);
    for (const QString &model : models()) {
        const double nearness = similarity(text, near, model);
        const double farness = similarity(text, far, model);
        QVERIFY2(nearness > farness + 0.1, qPrintable(QString::number(nearness) + u' ' + QString::number(farness)));
    }
}

void TestWordMap::fewerDimensionsAreThePrefix()
{
    const QStringList text {QStringLiteral("a small house by the sea")};
    for (const QString &model : models()) {
        const EmbeddingResponse whole = embed(text, model);
        QCOMPARE(whole.dimensions, WordMap::dimensionsOf(model));
        const EmbeddingResponse cut = embed(text, model, 32);
        const auto prefix = whole.row(0).first(32);
        const double size = std::sqrt(std::inner_product(prefix.begin(), prefix.end(), prefix.begin(), 0.0));
        for (std::size_t i = 0; i < prefix.size(); ++i)
            QVERIFY(std::abs(prefix[i] / size - cut.row(0)[i]) < 1e-5);
    }
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

QTEST_GUILESS_MAIN(TestWordMap)
#include "tst_wordmap.moc"
