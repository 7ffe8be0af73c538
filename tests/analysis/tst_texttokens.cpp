// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "alignmentsamples.h"

#include "analysis/texttokens.h"

#include <QTest>

using namespace diptych;

class TestTextTokens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isCutInto_data();
    void isCutInto();
    void growsToTheSame_data();
    void growsToTheSame();
    void whatIsStableStays();
    void otherTextBeginsAnew();
    void workIsForTheEndOnly();
};

static QStringList list(std::initializer_list<const char *> tokens)
{
    QStringList result;
    for (const char *token : tokens)
        result.append(QString::fromUtf8(token));
    return result;
}

static QStringList tokensOf(const TextTokens &text)
{
    QStringList list;
    for (const TextToken &token : text.tokens())
        list.append((token.isLine ? QStringLiteral("|") : QString()) + text.view(token).toString());
    return list;
}

void TestTextTokens::isCutInto_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("tokens");
    QTest::newRow("empty") << QString() << QStringList();
    QTest::newRow("space only") << QStringLiteral(" \t\r\n\u00A0") << QStringList();
    QTest::newRow("prose") << QStringLiteral("Don't stop, x_1=42!")
                           << list({"Don't", "stop", ",", "x_1", "=", "42", "!"});
    QTest::newRow("apostrophes that quote") << QStringLiteral("'a' it’s") << list({"'", "a", "'", "it’s"});
    QTest::newRow("accents are part") << QStringLiteral("e\u0301te\u0301 größe") << list({"e\u0301te\u0301", "größe"});
    QTest::newRow("scripts without spaces") << QStringLiteral("漢字かな ABC") << list({"漢", "字", "か", "な", "ABC"});
    QTest::newRow("pairs stay together") << QStringLiteral("a😀😀") << list({"a", "😀", "😀"});
    QTest::newRow("half a pair") << QString(u"a" + QString(QChar(0xD83D)) + u"b")
                                 << QStringList {QStringLiteral("a"), QString(QChar(0xD83D)), QStringLiteral("b")};
    QTest::newRow("NUL") << QString(u"a" + QString(QChar(0)) + u"b")
                         << QStringList {QStringLiteral("a"), QString(QChar(0)), QStringLiteral("b")};
    QTest::newRow("code by lines") << QStringLiteral("see\n```py\nx = 1  \n\n    y = 2\n```\ndone now")
                                   << list({"see", "|```py", "|x = 1", "|    y = 2", "|```", "done", "now"});
    QTest::newRow("a fence in a fence") << QStringLiteral("~~~~\n```\na b\n~~~\n~~~~\na b")
                                        << list({"|~~~~", "|```", "|a b", "|~~~", "|~~~~", "a", "b"});
    QTest::newRow("no fence") << QStringLiteral("```a` b") << list({"`", "`", "`", "a", "`", "b"});
    QTest::newRow("indented too far") << QStringLiteral("    ```\na b") << list({"`", "`", "`", "a", "b"});
}

void TestTextTokens::isCutInto()
{
    QFETCH(QString, text);
    QFETCH(QStringList, tokens);
    QCOMPARE(tokensOf(TextTokens(text)), tokens);
}

void TestTextTokens::growsToTheSame_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 0; seed < 12; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestTextTokens::growsToTheSame()
{
    QFETCH(unsigned, seed);
    const QString text = sampleText(seed, 60);
    TextTokens growing;
    for (qsizetype size = 0; size <= text.size(); ++size) {
        growing.update(text.left(size), false);
        TextTokens atOnce;
        atOnce.update(text.left(size), false);
        QCOMPARE(tokensOf(growing), tokensOf(atOnce));
    }
    growing.update(text, true);
    QCOMPARE(growing.tokens(), TextTokens(text).tokens());
    QCOMPARE(growing.stableCount(), qsizetype(growing.tokens().size()));
    QCOMPARE(growing.revision(), 0);
}

void TestTextTokens::whatIsStableStays()
{
    for (unsigned seed = 0; seed < 12; ++seed) {
        const QString text = sampleText(seed, 80);
        const TextTokens whole(text);
        TextTokens growing;
        for (qsizetype size = 0; size <= text.size(); ++size) {
            growing.update(text.left(size), false);
            for (qsizetype i = 0; i < growing.stableCount(); ++i) {
                const auto at = static_cast<std::size_t>(i);
                QVERIFY2(growing.tokens()[at] == whole.tokens()[at], qPrintable(tokensOf(growing)[i]));
            }
        }
    }
}

void TestTextTokens::otherTextBeginsAnew()
{
    TextTokens text;
    text.update(QStringLiteral("one two"), false);
    text.update(QStringLiteral("one"), false);
    QCOMPARE(tokensOf(text), list({"one"}));
    QCOMPARE(text.revision(), 1);
    text.update(QStringLiteral("two three"), true);
    QCOMPARE(tokensOf(text), list({"two", "three"}));
    text.update(QStringLiteral("two three four"), false);
    QCOMPARE(text.revision(), 3);
    QVERIFY(!text.isFinished());
}

void TestTextTokens::workIsForTheEndOnly()
{
    // One line of a megabyte, as a model may write it: what is behind stays where it is.
    QString text = QStringLiteral("word ").repeated(200'000);
    TextTokens tokens;
    tokens.update(text, false);
    QVERIFY(tokens.stableCount() > 199'990);
    text += QStringLiteral("and");
    tokens.update(text, false);
    QCOMPARE(tokens.tokens().size(), std::size_t(200'001));
    QCOMPARE(tokens.view(tokens.tokens().back()).toString(), QStringLiteral("and"));
}

QTEST_APPLESS_MAIN(TestTextTokens)
#include "tst_texttokens.moc"
