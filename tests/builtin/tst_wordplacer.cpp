// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/builtindata.h"
#include "builtin/wordmap/spelling.h"
#include "builtin/wordmap/wordplacer.h"
#include "builtin/wordmap/wordvectors.h"

#include <QTest>

using namespace diptych;

class TestWordPlacer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void slips_data();
    void slips();
    void unknownWordsArePlacedByTheirSpelling_data();
    void unknownWordsArePlacedByTheirSpelling();
    void formsAreFound_data();
    void formsAreFound();
    void unknownWordsLeanOnKnownOnes_data();
    void unknownWordsLeanOnKnownOnes();
    void rareWordsCountMore();

private:
    [[nodiscard]] QString rowsOf(const WordPlace &place) const
    {
        QStringList words;
        for (int i = 0; i < place.count; ++i) {
            const auto word = m_table->word(place.rows[static_cast<std::size_t>(i)].row);
            words << QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
        }
        return words.join(u'+');
    }

    std::unique_ptr<WordVectors> m_table;
};

void TestWordPlacer::initTestCase()
{
    m_table = WordVectors::fromData(builtinData(QStringLiteral("wordmap.bin")));
    QVERIFY(m_table);
    QVERIFY(m_table->size() >= 60'000);
}

void TestWordPlacer::slips_data()
{
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<bool>("isNear");
    QTest::newRow("same") << QByteArray("letter") << true;
    QTest::newRow("dropped") << QByteArray("leter") << true;
    QTest::newRow("dropped at the end") << QByteArray("lette") << true;
    QTest::newRow("added") << QByteArray("lettter") << true;
    QTest::newRow("added at the end") << QByteArray("letters") << true;
    QTest::newRow("changed") << QByteArray("litter") << true;
    QTest::newRow("swapped") << QByteArray("letetr") << true;
    QTest::newRow("swapped at the end") << QByteArray("lettre") << true;
    QTest::newRow("two changed") << QByteArray("litted") << false;
    QTest::newRow("two dropped") << QByteArray("lett") << false;
    QTest::newRow("swapped over another") << QByteArray("lrttee") << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void TestWordPlacer::slips()
{
    QFETCH(QByteArray, other);
    QFETCH(bool, isNear);
    QCOMPARE(isOneSlipAway("letter", other.toStdString()), isNear);
    QCOMPARE(isOneSlipAway(other.toStdString(), "letter"), isNear);
}

void TestWordPlacer::unknownWordsArePlacedByTheirSpelling_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<bool>("hasLetters");
    QTest::newRow("nonsense") << QStringLiteral("xqztvk") << true;
    QTest::newRow("short") << QStringLiteral("zq") << true;
    QTest::newRow("letters and digits") << QStringLiteral("x86v4") << true;
    QTest::newRow("digits") << QStringLiteral("20060101") << false;
    QTest::newRow("Cyrillic") << QStringLiteral("привет") << false;
    QTest::newRow("Chinese") << QStringLiteral("天气") << false;
    QTest::newRow("very long") << QString(64, u'q') << true;
    QTest::newRow("a lone mark") << QStringLiteral("\u0301") << false;
}

void TestWordPlacer::unknownWordsArePlacedByTheirSpelling()
{
    QFETCH(QString, word);
    QFETCH(bool, hasLetters);
    const WordPlace place = WordPlacer(*m_table).place(word.toStdString());
    QCOMPARE(place.count, 0);
    QCOMPARE(place.spelling > 0, hasLetters);
    QVERIFY(place.look > 0);
    QVERIFY(place.weight > 0 && place.weight <= 1);
    QCOMPARE(place.spelt, word.toStdString());
}

void TestWordPlacer::formsAreFound_data()
{
    QTest::addColumn<QString>("form");
    QTest::addColumn<QString>("base");
    const auto row = [](const char *form, const char *base) {
        QTest::newRow(form) << QString::fromUtf8(form) << QString::fromUtf8(base);
    };
    row("dog", "dog");
    row("violins", "violin");
    row("mice", "mouse");
    row("children", "child");
    row("shrugged", "shrug");
    row("ponies", "pony");
    row("pianist's", "pianist");
    row("walked", "walk");
    row("tries", "try");
    row("dies", "die");
    row("kettle'll", "kettle");
    row("café", "cafe");
    row("naïve", "naive");
    row("ｗａｔｅｒ", "water");
}

void TestWordPlacer::formsAreFound()
{
    QFETCH(QString, form);
    QFETCH(QString, base);
    const WordPlace place = WordPlacer(*m_table).place(form.toStdString());
    QCOMPARE(rowsOf(place), base);
    QCOMPARE(place.rows[0].factor, 1.0F);
    QCOMPARE(place.spelling + place.look, 0.0F);
}

void TestWordPlacer::unknownWordsLeanOnKnownOnes_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("rows");
    const auto row = [](const char *word, const char *rows) {
        QTest::newRow(word) << QString::fromUtf8(word) << QString::fromUtf8(rows);
    };
    row("elephnat", "elephant");
    row("recieve", "receive");
    row("recieved", "received");
    row("definately", "definitely");
    row("embarassing", "embarrassing");
    row("untill", "until");
    row("occurence", "occurrence");
    row("hpapy", "happy");
    row("teapotlike", "teapot");
    row("hyperplanet", "planet");
    row("snowrobot", "snow+robot");
    row("moonkitchens", "moon+kitchen");
}

void TestWordPlacer::unknownWordsLeanOnKnownOnes()
{
    QFETCH(QString, word);
    QFETCH(QString, rows);
    const WordPlace place = WordPlacer(*m_table).place(word.toStdString());
    QCOMPARE(rowsOf(place), rows);
    QVERIFY(place.look > 0);
    QVERIFY(place.weight > 0 && place.weight <= 1);
}

void TestWordPlacer::rareWordsCountMore()
{
    const WordPlacer placer(*m_table);
    const auto weight = [&](const char *word) { return placer.place(word).weight; };
    QVERIFY(weight("the") < 0.1F);
    QVERIFY(weight("of") < 0.1F);
    QVERIFY(weight("water") < weight("kettle"));
    QVERIFY(weight("kettle") > 0.9F);
}

QTEST_GUILESS_MAIN(TestWordPlacer)
#include "tst_wordplacer.moc"
