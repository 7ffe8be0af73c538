// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providerfixture.h"
#include "replywatch.h"

#include <QTest>

using namespace diptych;
using test::ProviderFixture;
using test::waitFor;

/// Answers that are far too large, not what was asked for, or nothing at all.
class TestBodyLimits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tooLargeIsCut();
    void largeButNotJson();
    void emptyAnswer_data();
    void emptyAnswer();
    void webPage();
    void afterTheEndMarkNothingCounts();
    void serverThatStaysAfterTheEndMark_data();
    void serverThatStaysAfterTheEndMark();
};

void TestBodyLimits::tooLargeIsCut()
{
    ProviderFixture f(test::wireFormats().front());
    // The pieces share their bytes; "{" first, so that it is taken for JSON.
    std::vector<QByteArray> pieces(17, QByteArray(16 * 1024 * 1024, ' '));
    pieces.insert(pieces.begin(), "{");
    f.server.enqueue(FakeResponse::chunked("application/json", pieces).thenStall());
    const auto reply = f.provider->embed({.input = {QStringLiteral("a")}});
    QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 60000);
    QCOMPARE(reply->error()->kind, Error::Kind::Protocol);
    QCOMPARE(reply->error()->bodySample.size(), 64 * 1024);
    QTRY_COMPARE(f.server.openConnections(), 0);
}

void TestBodyLimits::largeButNotJson()
{
    ProviderFixture f(test::wireFormats().front());
    const std::vector<QByteArray> pieces(13, QByteArray(16 * 1024 * 1024, 'x'));
    f.server.enqueue(FakeResponse::chunked("application/json", pieces));
    const auto reply = f.provider->embed({.input = {QStringLiteral("a")}});
    QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 60000);
    QCOMPARE(reply->error()->kind, Error::Kind::Protocol);
}

void TestBodyLimits::emptyAnswer_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("blank") << QByteArray("\r\n \n");
    QTest::newRow("text") << QByteArray("upstream is asleep");
    QTest::newRow("comments only") << QByteArray(": ping\n\n: ping\n\n");
    QTest::newRow("end mark only") << QByteArray("data: [DONE]\n\n");
}

void TestBodyLimits::emptyAnswer()
{
    QFETCH(const QByteArray, body);
    ProviderFixture f(test::wireFormats().front());
    f.server.enqueue(FakeResponse::chunked("text/event-stream", {body + "\n"}));
    const auto reply = f.ask();
    QVERIFY(waitFor(*reply));
    // An end mark without anything before it is a complete, empty answer.
    const bool isMarked = body.contains("DONE");
    QCOMPARE(reply->error().has_value(), !isMarked);
    if (!isMarked)
        QCOMPARE(reply->error()->kind, Error::Kind::Protocol);
}

void TestBodyLimits::webPage()
{
    ProviderFixture f(test::wireFormats().front());
    f.server.enqueue(FakeResponse::text(200, "text/html", "<!DOCTYPE html><html><body>Sign in</body></html>"));
    const auto reply = f.ask();
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Error::Kind::Protocol);
    QVERIFY(reply->error()->bodySample.contains("Sign in"));
    QVERIFY(reply->response().choices.empty());
}

void TestBodyLimits::afterTheEndMarkNothingCounts()
{
    ProviderFixture f(test::wireFormats().front());
    f.server.enqueue(f.chat(f.format.chatEnd + f.format.chatError + f.format.chatBadJson).thenClose());
    const auto reply = f.ask();
    QVERIFY(waitFor(*reply));
    QCOMPARE(test::problem(*reply), QByteArray());
    QCOMPARE(reply->response().text(), QStringLiteral("Hello"));
}

void TestBodyLimits::serverThatStaysAfterTheEndMark_data()
{
    QTest::addColumn<int>("format");
    for (int i = 0; i < int(test::wireFormats().size()); ++i) {
        const test::WireFormat &format = test::wireFormats().at(std::size_t(i));
        if (format.native != u"gemini") // has no end mark
            QTest::newRow(format.name) << i;
    }
}

void TestBodyLimits::serverThatStaysAfterTheEndMark()
{
    QFETCH(int, format);
    ProviderFixture f(test::wireFormats().at(std::size_t(format)));
    f.server.enqueue(f.goodChat().thenStall());
    const auto reply = f.ask();
    QVERIFY(waitFor(*reply));
    QCOMPARE(test::problem(*reply), QByteArray());
    QTRY_COMPARE(f.server.openConnections(), 0);
}

QTEST_GUILESS_MAIN(TestBodyLimits)
#include "tst_bodylimits.moc"
