// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wiretext.h"

#include <QTest>

using namespace diptych;
using namespace std::chrono_literals;

class TestWireText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bytesAreInert_data();
    void bytesAreInert();
    void headKeepsSecretsOut();
    void membersAreFound_data();
    void membersAreFound();
    void brokenJsonEnds();
    void matchesComeInTheOrderOfTheWire();
    void matchesAreBounded();
    void framesAreIndented();
    void attemptsUnderWay();
};

void TestWireText::bytesAreInert_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << QByteArray("a\tb\nc") << QStringLiteral("a\tb\nc");
    QTest::newRow("terminal") << QByteArray("\x1b]0;x\x07") << QStringLiteral("\\u001b]0;x\\u0007");
    QTest::newRow("line end of two") << QByteArray("a\r\nb") << QStringLiteral("a\nb");
    QTest::newRow("carriage return alone") << QByteArray("a\rb") << QStringLiteral("a\\u000db");
    QTest::newRow("C1") << QByteArray("\xc2\x9b"
                                      "1m")
                        << QStringLiteral("\\u009b1m");
    QTest::newRow("bidi") << QByteArray("\xe2\x80\xae\xe2\x81\xa6") << QStringLiteral("\\u202e\\u2066");
    QTest::newRow("not UTF-8") << QByteArray("a\xff\xc3(") << QStringLiteral("a\\xff\\xc3(");
    QTest::newRow("overlong") << QByteArray("\xc0\x80\xe0\x80\x80") << QStringLiteral("\\xc0\\x80\\xe0\\x80\\x80");
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QStringLiteral("\\xed\\xa0\\x80");
    QTest::newRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80") << QStringLiteral("\\xf4\\x90\\x80\\x80");
    QTest::newRow("cut") << QByteArray("\xf0\x9f\x98") << QStringLiteral("\\xf0\\x9f\\x98");
    QTest::newRow("emoji") << QByteArray("\xf0\x9f\x98\x80") << QStringLiteral("😀");
}

void TestWireText::bytesAreInert()
{
    QFETCH(QByteArray, bytes);
    QTEST(inertText(bytes), "text");
}

void TestWireText::headKeepsSecretsOut()
{
    const WirePreview request {.method = "GET",
        .url = QUrl(QStringLiteral("http://u:p@h:1/a%20b?key=leak&x=%22")),
        .headers = {{"Authorization", "leak"}, {"X", "y"}}};
    QCOMPARE(requestHead(request), QByteArray("GET /a%20b?key=***&x=%22\nHost: h:1\nAuthorization: ***\nX: y\n\n"));
    QCOMPARE(requestHead({}), QByteArray());
}

void TestWireText::membersAreFound_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("found");
    const QByteArray json = R"({ "a\"b":1, "options": {"top_k": 40, "stop":["}", "]"]}, "x.y": null,
        "messages":[{"content":"ä"},{"content":{"t":[true]}}] , "last":-1e5})";
    QTest::newRow("number") << json << QStringLiteral("last") << QByteArray("\"last\":-1e5");
    QTest::newRow("nested") << json << QStringLiteral("options.top_k") << QByteArray("\"top_k\": 40");
    QTest::newRow("brackets in texts") << json << QStringLiteral("options.stop") << QByteArray(R"("stop":["}", "]"])");
    QTest::newRow("key with a dot") << json << QStringLiteral("x.y") << QByteArray("\"x.y\": null");
    QTest::newRow("element") << json << QStringLiteral("messages[0].content") << QByteArray("\"content\":\"ä\"");
    QTest::newRow("deep") << json << QStringLiteral("messages[1].content.t[0]") << QByteArray("true");
    QTest::newRow("whole element") << json << QStringLiteral("messages[0]") << QByteArray("{\"content\":\"ä\"}");
    QTest::newRow("not there") << json << QStringLiteral("temperature") << QByteArray();
    QTest::newRow("beyond the end") << json << QStringLiteral("messages[2]") << QByteArray();
    QTest::newRow("not a list") << json << QStringLiteral("options[0]") << QByteArray();
    QTest::newRow("no path") << json << QString() << QByteArray();
    QTest::newRow("no object") << QByteArray("7") << QStringLiteral("a") << QByteArray();
}

void TestWireText::membersAreFound()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, path);
    const ByteRange range = locateMember(json, path);
    QTEST(json.mid(range.offset, range.size), "found");
}

void TestWireText::brokenJsonEnds()
{
    const QByteArray json = R"({"a":{"b":[1,{"c":"\u00e4"},"x"]},"d":tru)";
    for (qsizetype cut = 0; cut <= json.size(); ++cut) {
        for (const char *path : {"a.b[1].c", "d", "a.b[7]", "zz"}) {
            const ByteRange range = locateMember(QByteArrayView(json).first(cut), QString::fromLatin1(path));
            QVERIFY(range.offset >= 0 && range.size >= 0);
        }
    }
}

void TestWireText::matchesComeInTheOrderOfTheWire()
{
    const WirePreview request {.method = "POST", .url = QUrl(QStringLiteral("http://h/Abc")), .body = "abcABC"};
    const Exchange exchange {.responseHeaders = {{"x", "abc"}}, .responseBody = "..aBc"};
    using Part = WireMatch::Part;
    const std::vector<WireMatch> expected {{Part::RequestHead, 6, 3}, {Part::RequestBody, 0, 3},
        {Part::RequestBody, 3, 3}, {Part::ResponseHeaders, 3, 3}, {Part::ResponseBody, 2, 3}};
    QVERIFY(findInWire(request, &exchange, "ABC") == expected);
    QVERIFY(findInWire(request, nullptr, "").empty());
}

void TestWireText::matchesAreBounded()
{
    const Exchange exchange {.responseBody = QByteArray(100'000, 'x')};
    QCOMPARE(findInWire({}, &exchange, "x").size(), maxMatches);
}

void TestWireText::framesAreIndented()
{
    QCOMPARE(prettyFrame("event: a\ndata: {\"b\":1}\n\n"), QByteArray("event: a\ndata: {\n    \"b\": 1\n}\n\n"));
    QCOMPARE(prettyFrame("data: [DONE]\n"), QByteArray("data: [DONE]\n"));
    QCOMPARE(prettyFrame("{\"b\":1}"), QByteArray("{\n    \"b\": 1\n}"));
}

void TestWireText::attemptsUnderWay()
{
    QVERIFY(attemptLines({}).isEmpty());
    const std::vector<Exchange> attempts {{.phases = {.connected = 1ms, .finished = 30s}},
        {.phases = {.sent = 1ms, .firstByte = 2ms, .finished = 3ms}}, {}};
    QCOMPARE(attemptLines(attempts),
        (QStringList {QStringLiteral("1 · no answer · 30.0 s"), QStringLiteral("2 · broke off · 3.0 ms"),
            QStringLiteral("3 · under way")}));
}

QTEST_GUILESS_MAIN(TestWireText)
#include "tst_wiretext.moc"
