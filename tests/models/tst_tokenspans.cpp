// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tokenspans.h"

#include <QTest>

using namespace diptych;

namespace {

std::vector<TokenLogprob> tokens(const QStringList &texts)
{
    std::vector<TokenLogprob> made;
    for (const QString &text : texts)
        made.push_back({.token = text, .logprob = -0.5});
    return made;
}

/// "0+3 3+2": start and length of every token.
QString dump(const TokenSpans &spans)
{
    QStringList parts;
    for (const TokenSpans::Span &span : spans.spans())
        parts.append(QStringLiteral("%1+%2").arg(span.start).arg(span.length));
    return parts.join(u' ');
}

} // namespace

class TestTokenSpans : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void append_data();
    void append();
    void characterSpreadOverTokens();
    void edited_data();
    void edited();
    void lookUp();
    void inTheMiddle();
};

void TestTokenSpans::append_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("pieces");
    QTest::addColumn<QString>("expected");
    const auto list = [](const char *words) { return QString::fromUtf8(words).split(u'|'); };
    QTest::newRow("plain") << "the cat" << list("the| cat") << "10+3 13+4";
    QTest::newRow("repeated") << "a a a" << list("a| a| a") << "10+1 11+2 13+2";
    QTest::newRow("emoji is two units") << QStringLiteral("😀x") << list("😀|x") << "10+2 12+1";
    QTest::newRow("cut stop text") << "one" << list("one|</s>") << "10+3";
    QTest::newRow("text without token") << "one two" << list("two") << "14+3";
    QTest::newRow("nothing fits") << "abc" << list("x|y") << "";
    QTest::newRow("no tokens") << "abc" << QStringList() << "";
}

void TestTokenSpans::append()
{
    QFETCH(QString, text);
    QFETCH(QStringList, pieces);
    TokenSpans spans;
    spans.append(10, text, tokens(pieces));
    QTEST(dump(spans), "expected");
}

void TestTokenSpans::characterSpreadOverTokens()
{
    const QByteArray emoji = QStringLiteral("😀").toUtf8();
    const std::vector<TokenLogprob> split {{.token = QStringLiteral("a"), .bytes = "a"},
        {.token = QStringLiteral("?"), .bytes = emoji.left(2)}, {.token = QStringLiteral("?"), .bytes = emoji.mid(2)},
        {.token = QStringLiteral("b"), .bytes = "b"}};
    TokenSpans spans;
    spans.append(0, QStringLiteral("a😀b"), split);
    QCOMPARE(dump(spans), QStringLiteral("0+1 1+0 1+2 3+1"));
    QCOMPARE(spans.at(1)->token.bytes, emoji.mid(2));
}

void TestTokenSpans::edited_data()
{
    QTest::addColumn<int>("position");
    QTest::addColumn<int>("removed");
    QTest::addColumn<int>("added");
    QTest::addColumn<QString>("expected");
    QTest::newRow("typed in front") << 0 << 0 << 2 << "7+3 10+2 12+4";
    QTest::newRow("typed behind") << 14 << 0 << 2 << "5+3 8+2 10+4";
    QTest::newRow("typed between two") << 8 << 0 << 1 << "5+3 9+2 11+4";
    QTest::newRow("typed inside") << 9 << 0 << 1 << "5+3 11+4";
    QTest::newRow("removed in front") << 0 << 5 << 0 << "0+3 3+2 5+4";
    QTest::newRow("removed one") << 8 << 2 << 0 << "5+3 8+4";
    QTest::newRow("removed across") << 7 << 4 << 0 << "";
    QTest::newRow("replaced all") << 0 << 20 << 20 << "";
}

void TestTokenSpans::edited()
{
    QFETCH(int, position);
    QFETCH(int, removed);
    QFETCH(int, added);
    TokenSpans spans;
    spans.append(5, QStringLiteral("one, two"), tokens({QStringLiteral("one"), QStringLiteral(", ")}));
    spans.append(10, QStringLiteral("more"), tokens({QStringLiteral("more")}));
    QCOMPARE(dump(spans), QStringLiteral("5+3 8+2 10+4"));
    spans.edited(position, removed, added);
    QTEST(dump(spans), "expected");
}

void TestTokenSpans::lookUp()
{
    TokenSpans spans;
    QVERIFY(!spans.at(0));
    spans.append(5, QStringLiteral("ab cd"), tokens({QStringLiteral("ab"), QStringLiteral(" cd")}));
    QVERIFY(!spans.at(4));
    QCOMPARE(spans.at(5)->token.token, QStringLiteral("ab"));
    QCOMPARE(spans.at(7)->token.token, QStringLiteral(" cd"));
    QVERIFY(!spans.at(10));
    QCOMPARE(spans.between(6, 8).size(), 2U);
    QCOMPARE(spans.between(0, 5).size(), 0U);
}

void TestTokenSpans::inTheMiddle()
{
    TokenSpans spans;
    spans.append(0, QStringLiteral("ab"), tokens({QStringLiteral("a"), QStringLiteral("b")}));
    spans.append(10, QStringLiteral("z"), tokens({QStringLiteral("z")}));
    spans.append(5, QStringLiteral("m"), tokens({QStringLiteral("m")}));
    QCOMPARE(dump(spans), QStringLiteral("0+1 1+1 5+1 10+1"));
    // An echoed prompt brings its tokens once more.
    spans.append(0, QStringLiteral("ab"), tokens({QStringLiteral("ab")}));
    QCOMPARE(dump(spans), QStringLiteral("0+2 5+1 10+1"));
}

QTEST_GUILESS_MAIN(TestTokenSpans)
#include "tst_tokenspans.moc"
