// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/repeats.h"

#include <QTest>

using namespace diptych;

class TestRepeats : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingHasNoSpread();
    void normalising_data();
    void normalising();
    void meaningIsKept_data();
    void meaningIsKept();
    void groupsOfEqualTexts();
    void agreement();
    void whereTextsPart_data();
    void whereTextsPart();
    void spreads();
};

void TestRepeats::nothingHasNoSpread()
{
    QVERIFY(equalTexts({}).empty());
    QVERIFY(!agreementOf({}));
    QVERIFY(!agreementOf(equalTexts({QStringLiteral("alone")})));
    QVERIFY(!spreadOf({}));
}

void TestRepeats::normalising_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::newRow("case") << QStringLiteral("Paris") << QStringLiteral("PARIS");
    QTest::newRow("final sigma") << QStringLiteral("οδός") << QStringLiteral("ΟΔΌΣ");
    QTest::newRow("space") << QStringLiteral(" a\n\tb ") << QStringLiteral("a b");
    QTest::newRow("full stop") << QStringLiteral("It is Paris.") << QStringLiteral("It is Paris");
    QTest::newRow("emphasis") << QStringLiteral("It is **Paris**!") << QStringLiteral("it is paris");
    QTest::newRow("quotation marks") << QStringLiteral("„Paris“") << QStringLiteral("“Paris”");
    QTest::newRow("lonely marks") << QStringLiteral("a : b") << QStringLiteral("a b");
    QTest::newRow("full width") << QStringLiteral("４２") << QStringLiteral("42");
    QTest::newRow("composition") << QStringLiteral("e\u0301") << QStringLiteral("\u00e9");
}

void TestRepeats::normalising()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QCOMPARE(normalisedText(first), normalisedText(second));
}

void TestRepeats::meaningIsKept_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::newRow("decimal point") << QStringLiteral("1.5") << QStringLiteral("15");
    QTest::newRow("leading point") << QStringLiteral(".5") << QStringLiteral("5");
    QTest::newRow("sign") << QStringLiteral("-5") << QStringLiteral("5");
    QTest::newRow("product") << QStringLiteral("2*3") << QStringLiteral("23");
    QTest::newRow("words") << QStringLiteral("a b") << QStringLiteral("ab");
    QTest::newRow("accent") << QStringLiteral("cote") << QStringLiteral("côte");
}

void TestRepeats::meaningIsKept()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QVERIFY(normalisedText(first) != normalisedText(second));
}

void TestRepeats::groupsOfEqualTexts()
{
    const QStringList texts {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("b"),
        QStringLiteral("c"), QStringLiteral("d")};
    QCOMPARE(equalTexts(texts), (std::vector<EqualTexts> {{1, 3}, {2, 4}, {0}, {5}}));
}

void TestRepeats::agreement()
{
    // 3 + 1 of 4: 3·2 of 4·3 pairs.
    const std::vector<EqualTexts> groups {{0, 1, 3}, {2}};
    QCOMPARE(*agreementOf(groups), 0.5);
    const std::vector<EqualTexts> one {{0, 1, 2}};
    QCOMPARE(*agreementOf(one), 1.0);
    const std::vector<EqualTexts> none {{0}, {1}};
    QCOMPARE(*agreementOf(none), 0.0);
}

void TestRepeats::whereTextsPart_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<int>("place");
    QTest::newRow("equal") << QStringLiteral("same") << QStringLiteral("same") << -1;
    QTest::newRow("both empty") << QString() << QString() << -1;
    QTest::newRow("one empty") << QString() << QStringLiteral("a") << 0;
    QTest::newRow("in the middle") << QStringLiteral("abc") << QStringLiteral("abd") << 2;
    QTest::newRow("one goes on") << QStringLiteral("abc") << QStringLiteral("ab") << 2;
    QTest::newRow("halves of a character") << QStringLiteral("a\U0001F600") << QStringLiteral("a\U0001F601") << 1;
}

void TestRepeats::whereTextsPart()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(int, place);
    QCOMPARE(firstDifference(first, second), qsizetype(place));
    QCOMPARE(firstDifference(second, first), qsizetype(place));
}

void TestRepeats::spreads()
{
    QCOMPARE(*spreadOf({3}), (Spread {3, 3, 3, 1}));
    QCOMPARE(*spreadOf({9, 1, 4}), (Spread {4, 1, 9, 3}));
    QCOMPARE(*spreadOf({9, 1, 4, 2}), (Spread {3, 1, 9, 4}));
}

QTEST_GUILESS_MAIN(TestRepeats)
#include "tst_repeats.moc"
