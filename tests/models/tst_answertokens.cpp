// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/answertokens.h"

#include <QTest>

using namespace diptych;

class TestAnswerTokens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void placesAreBytes_data();
    void placesAreBytes();
    void arriveAsTheTextDoes();
    void splitCharactersArePlacedAtTheEnd();
    void givenTextHasNone();
    void aNewAnswerBeginsAnew();
};

static std::vector<TokenLogprob> tokens(const QStringList &list)
{
    std::vector<TokenLogprob> result;
    for (const QString &token : list)
        result.push_back({.token = token, .logprob = -1});
    return result;
}

void TestAnswerTokens::placesAreBytes_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("ASCII") << QStringLiteral("plain");
    QTest::newRow("mixed") << QStringLiteral("aé漢😀z");
    QTest::newRow("lone halves") << QString(QChar(0xDE00)) + QStringLiteral("a") + QChar(0xD83D) + u'b';
}

void TestAnswerTokens::placesAreBytes()
{
    QFETCH(QString, text);
    for (qsizetype place = 0; place <= text.size(); ++place) {
        if (place < text.size() && place > 0 && text[place].isLowSurrogate() && text[place - 1].isHighSurrogate())
            continue;
        if (text.isValidUtf16())
            QCOMPARE(byteOffset(text, place), qsizetype(text.left(place).toUtf8().size()));
        QCOMPARE(placeOfByte(text, byteOffset(text, place)), place);
    }
    QCOMPARE(placeOfByte(text, 1'000'000), text.size());
    QCOMPARE(byteOffset(text, 1'000'000), byteOffset(text, text.size()));
}

void TestAnswerTokens::arriveAsTheTextDoes()
{
    AnswerTokens answer;
    answer.update(QStringLiteral("Hel"), 0, tokens({QStringLiteral("Hel")}), false);
    // Some providers send the text before its tokens, some after.
    answer.update(QStringLiteral("Hello wor"), 0, tokens({QStringLiteral("Hel")}), false);
    answer.update(QStringLiteral("Hello world"), 0,
        tokens({QStringLiteral("Hel"), QStringLiteral("lo"), QStringLiteral(" world")}), false);
    const auto &spans = answer.spans().spans();
    QCOMPARE(spans.size(), std::size_t(3));
    QCOMPARE(spans[1].start, qsizetype(3));
    QCOMPARE(spans[2].end(), qsizetype(11));
}

void TestAnswerTokens::splitCharactersArePlacedAtTheEnd()
{
    const TokenLogprob first {.token = QStringLiteral("\\xf0\\x9f"), .logprob = -1, .bytes = "\xf0\x9f"};
    const TokenLogprob second {.token = QStringLiteral("\\x98\\x80"), .logprob = -2, .bytes = "\x98\x80"};
    AnswerTokens answer;
    answer.update({}, 0, {first}, false);
    answer.update(QStringLiteral("😀"), 0, {first, second}, false);
    answer.update(QStringLiteral("😀"), 0, {first, second}, true);
    const TokenSpans::Span *span = answer.spans().at(0);
    QVERIFY(span);
    QCOMPARE(*span->token.logprob, -2.0);
    QCOMPARE(span->length, qsizetype(2));
}

void TestAnswerTokens::givenTextHasNone()
{
    AnswerTokens answer;
    answer.update(QStringLiteral("the the end"), 4, tokens({QStringLiteral("the"), QStringLiteral(" end")}), true);
    QVERIFY(!answer.spans().at(0));
    QVERIFY(answer.spans().at(4));
    QCOMPARE(answer.spans().spans().size(), std::size_t(2));
}

void TestAnswerTokens::aNewAnswerBeginsAnew()
{
    AnswerTokens answer;
    answer.update(QStringLiteral("old text"), 0, tokens({QStringLiteral("old"), QStringLiteral(" text")}), true);
    answer.update(QStringLiteral("n"), 0, tokens({QStringLiteral("n")}), false);
    QCOMPARE(answer.spans().spans().size(), std::size_t(1));
    answer.update({}, 0, {}, false);
    QVERIFY(answer.spans().isEmpty());
}

QTEST_APPLESS_MAIN(TestAnswerTokens)
#include "tst_answertokens.moc"
