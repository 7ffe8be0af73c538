// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/http/httprequestparser.h"

#include <QTest>

using namespace diptych;

namespace {

using State = HttpRequestParser::State;
constexpr qint64 limit = 1000;

} // namespace

class TestHttpRequestParser : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refuses_data();
    void refuses();
    void refusesAnEndlessHead();
    void readsHoweverTheBytesAreCut();
    void leavesTheNextRequest();
    void readsAChunkedBody();
    void keepsNullBytes();
};

void TestHttpRequestParser::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("no HTTP") << QByteArray("hello\r\n\r\n") << 400;
    QTest::newRow("TLS hello") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15) << 400;
    QTest::newRow("HTTP/2 preface") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 400;
    QTest::newRow("length and chunks") << QByteArray(
        "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                                       << 400;
    QTest::newRow("chunks and length") << QByteArray(
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n")
                                       << 400;
    QTest::newRow("two lengths") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd")
                                 << 400;
    QTest::newRow("negative length") << QByteArray("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n") << 400;
    QTest::newRow("length with letters") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 1x\r\n\r\n") << 400;
    QTest::newRow("space before the colon") << QByteArray("GET / HTTP/1.1\r\nHost : x\r\n\r\n") << 400;
    QTest::newRow("bad chunk size") << QByteArray("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n")
                                    << 400;
    QTest::newRow("body over the limit") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n") << 413;
    QTest::newRow("chunked body over the limit")
        << QByteArray("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + QByteArray(1001, 'x')) << 413;
    QTest::newRow("endless chunk line") << QByteArray("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;"
        + QByteArray(70'000, 'x')) << 400;
    QTest::newRow("head over the limit") << QByteArray("GET / HTTP/1.1\r\nX: " + QByteArray(70'000, 'x') + "\r\n\r\n")
                                         << 431;
}

void TestHttpRequestParser::refuses()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    HttpRequestParser parser(limit);
    parser.feed(bytes);
    QCOMPARE(parser.state(), State::Failed);
    QCOMPARE(parser.errorStatus(), status);
    QVERIFY(!parser.errorText().isEmpty());
    QCOMPARE(parser.feed("GET / HTTP/1.1\r\n\r\n"), 0); // it stays failed
}

void TestHttpRequestParser::refusesAnEndlessHead()
{
    HttpRequestParser parser(limit);
    QByteArray pending = "GET / HTTP/1.1\r\n";
    while (parser.state() == State::Head) {
        pending += "X-Filler: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n";
        pending.remove(0, parser.feed(pending));
        QVERIFY(pending.size() < 2 * static_cast<qsizetype>(HttpRequestParser::headLimit));
    }
    QCOMPARE(parser.errorStatus(), 431);
}

void TestHttpRequestParser::readsHoweverTheBytesAreCut()
{
    const QByteArray bytes = "POST /v1/chat/completions?a=b%20c HTTP/1.1\r\nHost: localhost:1\r\nContent-Length: 5\r\n"
                             "api-key: k\r\n\r\nhello";
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        HttpRequestParser parser(limit);
        QByteArray pending = bytes.left(cut);
        pending.remove(0, parser.feed(pending));
        pending += bytes.mid(cut);
        parser.feed(pending);
        QCOMPARE(parser.state(), State::Complete);
        const HttpServerRequest request = parser.takeRequest();
        QCOMPARE(request.method, "POST");
        QCOMPARE(request.path(), "/v1/chat/completions");
        QCOMPARE(request.query().queryItemValue(QStringLiteral("a"), QUrl::FullyDecoded), QStringLiteral("b c"));
        QCOMPARE(request.header("API-Key"), "k");
        QCOMPARE(request.body, "hello");
        QVERIFY(request.keepAlive);
    }
}

void TestHttpRequestParser::leavesTheNextRequest()
{
    HttpRequestParser parser(limit);
    const QByteArray bytes = "POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiGET /b HTTP/1.0\r\n\r\n";
    const qsizetype taken = parser.feed(bytes);
    QCOMPARE(parser.takeRequest().body, "hi");
    parser.feed(bytes.mid(taken));
    QCOMPARE(parser.state(), State::Complete);
    const HttpServerRequest second = parser.takeRequest();
    QCOMPARE(second.target, "/b");
    QVERIFY(second.http10);
    QVERIFY(!second.keepAlive);
}

void TestHttpRequestParser::readsAChunkedBody()
{
    HttpRequestParser parser(limit);
    QByteArray pending = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";
    pending.remove(0, parser.feed(pending));
    QCOMPARE(parser.state(), State::Body);
    pending += "2\r\nde\r\n0\r\n\r\n";
    QCOMPARE(parser.feed(pending), pending.size());
    QCOMPARE(parser.state(), State::Complete);
    QCOMPARE(parser.takeRequest().body, "abcde");
}

void TestHttpRequestParser::keepsNullBytes()
{
    HttpRequestParser parser(limit);
    parser.feed(QByteArray("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\na\0b", 43));
    QCOMPARE(parser.takeRequest().body, QByteArray("a\0b", 3));
}

QTEST_GUILESS_MAIN(TestHttpRequestParser)
#include "tst_httprequestparser.moc"
