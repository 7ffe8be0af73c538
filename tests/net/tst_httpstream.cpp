// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "streamwatcher.h"

#include <QFile>

#include <zlib.h>

using namespace diptych;
using namespace std::chrono_literals;

namespace {

QByteArray compressed(const QByteArray &data, int windowBits)
{
    z_stream stream {};
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
    QByteArray result(qsizetype(deflateBound(&stream, uLong(data.size()))) + 64, Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(data.data()));
    stream.avail_in = uInt(data.size());
    stream.next_out = reinterpret_cast<Bytef *>(result.data());
    stream.avail_out = uInt(result.size());
    deflate(&stream, Z_FINISH);
    result.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return result;
}

constexpr int gzip = 16 + MAX_WBITS;

qint64 residentKilobytes()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf("VmRSS:") + 6;
    return text.mid(at, text.indexOf('k', at) - at).trimmed().toLongLong();
}

} // namespace

class TestHttpStream : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesBadRequests_data();
    void refusesBadRequests();
    void endsOnDeadlines_data();
    void endsOnDeadlines();
    void slowButSteadyServerIsNotTimedOut();
    void reportsBrokenAnswers_data();
    void reportsBrokenAnswers();
    void keepsWhatArrivedBeforeTheCut_data();
    void keepsWhatArrivedBeforeTheCut();
    void reportsWhereNothingListens();
    void readsBodies_data();
    void readsBodies();
    void compressedBodyGrowsInBoundedPieces();
    void longBodyKeepsMemoryFlat();
    void sendsTheRequest();
    void recordsTheExchange();
    void recordsTheNameLookup();
    void keysInTheUrlAreNotRecorded();
    void recordsFramesAndGaps();
};

void TestHttpStream::refusesBadRequests_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char *title, const char *url, const QByteArray &name = "A",
                         const QByteArray &value = "b") {
        QTest::newRow(title) << QUrl(QString::fromLatin1(url)) << name << value;
    };
    row("no scheme", "example.com/v1");
    row("other scheme", "ftp://127.0.0.1/");
    row("file", "file:///etc/passwd");
    row("no host", "http:///v1");
    row("port 0", "http://127.0.0.1:0/");
    row("port too high", "http://127.0.0.1:70000/");
    row("empty", "");
    row("line break in a value", "http://127.0.0.1:9/", "api-key", "secret\r\nHost: evil");
    row("LF in a value", "http://127.0.0.1:9/", "api-key", "secret\n");
    row("NUL in a value", "http://127.0.0.1:9/", "api-key", QByteArray("se\0cret", 7));
    row("line break in a name", "http://127.0.0.1:9/", "A\r\nB", "c");
    row("space in a name", "http://127.0.0.1:9/", "A B", "c");
    row("empty name", "http://127.0.0.1:9/", "", "c");
    row("own length", "http://127.0.0.1:9/", "content-length", "5");
    row("own encoding", "http://127.0.0.1:9/", "Transfer-Encoding", "chunked");
}

void TestHttpStream::refusesBadRequests()
{
    QFETCH(QUrl, url);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    HttpClient client;
    StreamWatcher watcher(client, {.url = url, .headers = {{.name = name, .value = value}}});
    QVERIFY(!watcher.stream->isFinished()); // nothing happens before send() returned
    QVERIFY(watcher.isFinished());
    QCOMPARE(watcher.error().kind, Error::Kind::InvalidRequest);
    QVERIFY(!watcher.error().message.isEmpty());
    QVERIFY(!watcher.error().message.contains(QLatin1String("secret")));
    QCOMPARE(watcher.order, "f");
}

void TestHttpStream::endsOnDeadlines_data()
{
    QTest::addColumn<Deadlines>("deadlines");
    QTest::addColumn<FakeResponse>("response");
    QTest::addColumn<QString>("says");
    QTest::addColumn<QByteArray>("order");
    QTest::newRow("never answers") << Deadlines {.firstByte = 60ms} << FakeResponse::silence()
                                   << QStringLiteral("first-byte") << QByteArray("f");
    QTest::newRow("stalls within the headers")
        << Deadlines {.idle = 60ms} << FakeResponse::raw({"HTTP/1.1 200 OK\r\nA: "}).thenStall()
        << QStringLiteral("idle") << QByteArray("f");
    QTest::newRow("stalls within the body") << Deadlines {.idle = 60ms} << FakeResponse::sse({"a", "b"}).thenStall()
                                            << QStringLiteral("idle") << QByteArray("hdf");
    QTest::newRow("one byte in a long time")
        << Deadlines {.idle = 40ms} << FakeResponse::json(200, "{}").byteByByte(3000) << QStringLiteral("first-byte")
        << QByteArray("f");
}

void TestHttpStream::endsOnDeadlines()
{
    QFETCH(Deadlines, deadlines);
    QFETCH(FakeResponse, response);
    QFETCH(QString, says);
    QFETCH(QByteArray, order);
    if (says == QLatin1String("first-byte"))
        deadlines.firstByte = 60ms;
    FakeServer server;
    server.enqueue(response);
    HttpClient client;
    StreamWatcher watcher(client, {.url = server.url(), .connection = {.deadlines = deadlines}});
    QVERIFY(watcher.isFinished());
    QCOMPARE(watcher.error().kind, Error::Kind::Timeout);
    QVERIFY2(watcher.error().message.contains(says), qPrintable(watcher.error().message));
    QCOMPARE(watcher.order, order);
    QTRY_COMPARE(server.openConnections(), 0); // the server is told
}

void TestHttpStream::slowButSteadyServerIsNotTimedOut()
{
    FakeServer server;
    server.enqueue(FakeResponse::json(200, "{}").byteByByte(2)); // over 150 ms in all
    HttpClient client;
    StreamWatcher watcher(client,
        {.url = server.url(), .connection = {.deadlines = {.connect = 100ms, .firstByte = 100ms, .idle = 100ms}}});
    QVERIFY(watcher.isFinished());
    QVERIFY2(!watcher.stream->error(), qPrintable(watcher.error().message));
    QCOMPARE(watcher.body, "{}");
}

void TestHttpStream::reportsBrokenAnswers_data()
{
    QTest::addColumn<FakeResponse>("response");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QByteArray>("order");
    const auto raw = [](const char *title, const QByteArray &bytes, Error::Kind kind, const QByteArray &order) {
        QTest::newRow(title) << FakeResponse::raw({bytes}).thenClose() << kind << order;
    };
    const auto bad = Error::Kind::Protocol;
    const QByteArray gzipHead = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n";
    QTest::newRow("closes at once") << FakeResponse().thenClose() << Error::Kind::Network << QByteArray("f");
    QTest::newRow("resets at once") << FakeResponse().thenReset() << Error::Kind::Network << QByteArray("f");
    raw("closes within the headers", "HTTP/1.1 200 OK\r\nA: b\r\n", Error::Kind::Network, "f");
    raw("closes after the headers", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", Error::Kind::Network, "hf");
    raw("not HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", bad, "f");
    raw("not HTTP, no line", QByteArray(100000, 'x'), bad, "f");
    raw("TLS alert", "\x15\x03\x01\x02\x02\x16", bad, "f");
    raw("HTTP/2 preface", QByteArray("\0\0\x12\4\0\0\0\0\0", 9) + "junk\r\n\r\n", bad, "f");
    raw("header of 70 KiB", "HTTP/1.1 200 OK\r\nA: " + QByteArray(70 * 1024, 'a') + "\r\n\r\n", bad, "f");
    raw("headers of 70 KiB", "HTTP/1.1 200 OK\r\n" + QByteArray("A: b\r\n").repeated(12000) + "\r\n", bad, "f");
    raw("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc", bad, "f");
    raw("negative length", "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nabc", bad, "f");
    raw("length and chunked", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
        bad, "f");
    raw("chunked and length", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\nab\r\n",
        bad, "f");
    raw("unknown transfer encoding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", bad, "f");
    raw("bad chunk size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", bad, "hf");
    raw("chunk without its end", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n", bad, "hdf");
    raw("endless chunk header", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;" + QByteArray(200000, 'x'),
        bad, "hf");
    raw("switches protocols", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", bad,
        "f");
    raw("endless 1xx", QByteArray("HTTP/1.1 103 Early Hints\r\n\r\n").repeated(1000), bad, "f");
    raw("unknown compression", "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx", bad, "f");
    raw("not gzip", gzipHead + "this is not gzip", bad, "hf");
    raw("truncated gzip", gzipHead + compressed(QByteArray(1000, 'a'), gzip).chopped(9), bad, "hdf");
}

void TestHttpStream::reportsBrokenAnswers()
{
    QFETCH(FakeResponse, response);
    QFETCH(Error::Kind, kind);
    QFETCH(QByteArray, order);
    FakeServer server;
    server.enqueue(response);
    HttpClient client;
    StreamWatcher watcher(client, {.method = "POST", .url = server.url(), .body = "{}"});
    QVERIFY(watcher.isFinished());
    QCOMPARE(watcher.error().kind, kind);
    QVERIFY(!watcher.error().message.isEmpty());
    QCOMPARE(watcher.order, order);
    QCOMPARE(int(server.requests().size()), 1); // never sent again on a fresh connection
    QVERIFY(watcher.stream->exchange().phases.finished);
}

void TestHttpStream::keepsWhatArrivedBeforeTheCut_data()
{
    QTest::addColumn<FakeResponse>("response");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("chunked, closed") << FakeResponse::sse({"a", "b"}).thenClose()
                                     << QByteArray("data: a\n\ndata: b\n\n");
    QTest::newRow("chunked, reset later")
        << FakeResponse::raw({"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n1\r\nb\r\n", "5"})
               .delayBetween(30)
               .thenReset()
        << QByteArray("ab");
    QTest::newRow("length, closed")
        << FakeResponse::raw({"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc"}).thenClose() << QByteArray("abc");
    QTest::newRow("within a chunk")
        << FakeResponse::raw({"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"}).thenClose()
        << QByteArray("abc");
}

void TestHttpStream::keepsWhatArrivedBeforeTheCut()
{
    QFETCH(FakeResponse, response);
    FakeServer server;
    server.enqueue(response);
    HttpClient client;
    StreamWatcher watcher(client, {.url = server.url()});
    QVERIFY(watcher.isFinished());
    QCOMPARE(watcher.error().kind, Error::Kind::Network);
    QVERIFY2(watcher.error().message.contains(QLatin1String("mid-answer")), qPrintable(watcher.error().message));
    QTEST(watcher.body, "body");
    QTEST(watcher.stream->exchange().responseBody, "body");
}

void TestHttpStream::reportsWhereNothingListens()
{
    QUrl url;
    {
        const FakeServer server; // its port is free again below
        url = server.url();
    }
    HttpClient client;
    StreamWatcher refused(client, {.url = url});
    StreamWatcher unknown(client, {.url = QUrl(QStringLiteral("http://no-such-host.invalid/"))});
    QVERIFY(refused.isFinished());
    QCOMPARE(refused.error().kind, Error::Kind::Network);
    QVERIFY2(refused.error().message.contains(url.authority()), qPrintable(refused.error().message));
    QCOMPARE(refused.error().providerCode, QStringLiteral("ConnectionRefused"));
    QVERIFY(unknown.isFinished());
    QCOMPARE(unknown.error().kind, Error::Kind::Network);
    QVERIFY(unknown.error().message.contains(QLatin1String("no-such-host.invalid")));
    QCOMPARE(unknown.error().providerCode, QStringLiteral("HostNotFound"));
    QVERIFY(!unknown.stream->exchange().phases.resolved);
}

void TestHttpStream::readsBodies_data()
{
    QTest::addColumn<FakeResponse>("response");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *title, const FakeResponse &response, const QByteArray &body,
                         const QByteArray &method = "POST") { QTest::newRow(title) << response << method << body; };
    const QByteArray text = QByteArray("gzip me, please. ").repeated(1000);
    const auto encoded = [](const QByteArray &name, const QByteArray &bytes) {
        return FakeResponse::text(200, "text/plain", bytes).header("Content-Encoding", name);
    };
    row("length", FakeResponse::json(200, "{}"), "{}");
    row("error status is an answer", FakeResponse::json(500, "{\"error\":1}"), "{\"error\":1}");
    row("byte by byte", FakeResponse::json(200, "[1]").byteByByte(), "[1]");
    row("empty", FakeResponse::json(200, ""), "");
    row("chunked", FakeResponse::chunked("text/plain", {"ab", "c", "def"}), "abcdef");
    row("chunked, byte by byte", FakeResponse::chunked("text/plain", {"ab", "c", "def"}).byteByByte(), "abcdef");
    row("chunk extension and trailer",
        FakeResponse::raw({"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: u\r\n\r\n"}),
        "abc");
    row("until the close", FakeResponse::raw({"HTTP/1.1 200 OK\r\n\r\n", "abc"}).thenClose(), "abc");
    row("HTTP/1.0", FakeResponse::raw({"HTTP/1.0 200 OK\r\n\r\nabc"}).thenClose(), "abc");
    row("204", FakeResponse::raw({"HTTP/1.1 204 No Content\r\n\r\n"}), "");
    row("304", FakeResponse::raw({"HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n"}), "");
    row("HEAD", FakeResponse::raw({"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n"}), "", "HEAD");
    row("after 100 and 103",
        FakeResponse::raw({"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                           "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"}),
        "abc");
    row("gzip", encoded("gzip", compressed(text, gzip)), text);
    row("gzip, byte by byte", encoded("GZIP", compressed(text, gzip)).byteByByte(), text);
    row("gzip in two members", encoded("x-gzip", compressed("ab", gzip) + compressed("cd", gzip)), "abcd");
    row("gzip of nothing", encoded("gzip", compressed("", gzip)), "");
    row("gzip, but empty", encoded("gzip", ""), "");
    row("deflate", encoded("deflate", compressed(text, MAX_WBITS)), text);
    row("raw deflate", encoded("deflate", compressed(text, -MAX_WBITS)), text);
    row("identity", encoded("identity", "abc"), "abc");
}

void TestHttpStream::readsBodies()
{
    QFETCH(FakeResponse, response);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    FakeServer server;
    server.enqueue(response);
    HttpClient client;
    StreamWatcher watcher(client, {.method = method, .url = server.url()});
    QVERIFY(watcher.isFinished());
    QVERIFY2(!watcher.stream->error(), qPrintable(watcher.error().message));
    QCOMPARE(watcher.body, body);
    QCOMPARE(watcher.stream->exchange().responseBody, body);
    QCOMPARE(watcher.order, body.isEmpty() ? "hf" : "hdf");
}

void TestHttpStream::compressedBodyGrowsInBoundedPieces()
{
    constexpr qsizetype size = 64 * 1024 * 1024; // of zeros: 64 KiB on the wire
    FakeServer server;
    server.enqueue(FakeResponse::text(200, "text/plain", compressed(QByteArray(size, '\0'), gzip))
                       .header("Content-Encoding", "gzip"));
    HttpClient client;
    StreamWatcher watcher(client, {.url = server.url()});
    watcher.keepData = false;
    QVERIFY(watcher.isFinished());
    QVERIFY(!watcher.stream->error());
    QCOMPARE(watcher.size, size);
    QVERIFY(watcher.largestPiece <= 256 * 1024);
    QCOMPARE(watcher.stream->exchange().responseBody.size(), Exchange::maxRecordedBody);
    QCOMPARE(watcher.stream->exchange().bytesReceived, size);
}

void TestHttpStream::longBodyKeepsMemoryFlat()
{
    constexpr int pieces = 200;
    constexpr qint64 pieceSize = 1024 * 1024;
    // The pieces are one shared buffer, so the server's script takes no room.
    const QByteArray piece(pieceSize, 'x');
    std::vector<QByteArray> script {"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"};
    script.insert(script.end(), pieces, piece);
    FakeServer server;
    server.enqueue(FakeResponse::raw(script).delayBetween(1).thenClose());
    HttpClient client;
    StreamWatcher watcher(client, {.url = server.url()});
    watcher.keepData = false;
    const qint64 before = residentKilobytes();
    QVERIFY(watcher.isFinished(60000));
    QVERIFY2(!watcher.stream->error(), qPrintable(watcher.error().message));
    QCOMPARE(watcher.size, pieces * pieceSize);
    QCOMPARE(watcher.stream->exchange().responseBody.size(), Exchange::maxRecordedBody);
    const qint64 grown = residentKilobytes() - before;
#ifndef __SANITIZE_ADDRESS__ // it keeps freed memory for a while
    QVERIFY2(grown < 60 * 1024, QByteArray::number(grown).constData());
#else
    Q_UNUSED(grown)
#endif
}

void TestHttpStream::sendsTheRequest()
{
    FakeServer server;
    server.enqueue(FakeResponse::json(200, "{}"));
    const QByteArray body(300'000, 'b');
    HttpClient client;
    QUrl url = server.url(QStringLiteral("/a%2Fb/c d?x=1&y=%20z#fragment"));
    url.setUserInfo(QStringLiteral("me:pass"));
    StreamWatcher watcher(
        client, {.method = "POST", .url = url, .headers = {{.name = "api-key", .value = "k\xC3\xA9y"}}, .body = body});
    QVERIFY(watcher.isFinished());
    QVERIFY2(!watcher.stream->error(), qPrintable(watcher.error().message));
    const FakeRequest &request = server.requests().at(0);
    QCOMPARE(request.method, "POST");
    QCOMPARE(request.target, "/a%2Fb/c%20d?x=1&y=%20z");
    QCOMPARE(request.body, body);
    QCOMPARE(request.header("Host"), server.url().authority().toLatin1());
    QCOMPARE(request.header("Content-Length"), "300000");
    QCOMPARE(request.header("Accept-Encoding"), "gzip");
    QCOMPARE(request.header("api-key"), "k\xC3\xA9y");
    QCOMPARE(request.header("Authorization"), "Basic " + QByteArray("me:pass").toBase64());
}

void TestHttpStream::recordsTheExchange()
{
    FakeServer server;
    server.enqueue(FakeResponse::json(429, "{}").header("Set-Cookie", "id=1").delayBefore(5).delayBetween(5));
    HttpClient client;
    QUrl url = server.url(QStringLiteral("/v1"));
    url.setUserInfo(QStringLiteral("me:pass"));
    StreamWatcher watcher(client,
        {.method = "POST",
            .url = url,
            .headers = {{.name = "API-Key", .value = "secret"}},
            .body = "{\"b\":1}",
            .attempt = 2});
    QVERIFY(watcher.isFinished());
    const Exchange &exchange = watcher.stream->exchange();
    QCOMPARE(exchange.status, 429);
    QCOMPARE(exchange.reason, "Error");
    QCOMPARE(exchange.url, server.url(QStringLiteral("/v1")));
    QCOMPARE(exchange.requestBody, "{\"b\":1}");
    QCOMPARE(exchange.attempt, 2);
    QCOMPARE(headerValue(exchange.requestHeaders, "api-key"), "***");
    QCOMPARE(headerValue(exchange.requestHeaders, "authorization"), "***");
    QCOMPARE(headerValue(exchange.requestHeaders, "content-length"), "7");
    QCOMPARE(headerValue(exchange.responseHeaders, "set-cookie"), "***");
    QCOMPARE(headerValue(exchange.responseHeaders, "content-type"), "application/json");
    QCOMPARE(exchange.peerAddress, server.url().authority());
    const PhaseTimes &phases = exchange.phases;
    QVERIFY(phases.dequeued && phases.connected && phases.sent && phases.firstByte && phases.finished);
    QVERIFY(*phases.dequeued <= *phases.connected && *phases.connected <= *phases.sent);
    QVERIFY(*phases.sent < *phases.firstByte && *phases.firstByte < *phases.finished);
    QVERIFY(!phases.resolved && !phases.encrypted && !phases.firstToken); // 127.0.0.1 needs no lookup
    QCOMPARE(exchange.tlsProtocol, QString());
}

void TestHttpStream::recordsTheNameLookup()
{
    FakeServer server;
    server.enqueue(FakeResponse::json(200, "{}"));
    server.enqueue(FakeResponse::json(200, "{}"));
    QUrl url = server.url(QStringLiteral("/v1"));
    url.setHost(QStringLiteral("localhost"));
    HttpClient client;
    StreamWatcher watcher(client, {.url = url});
    QVERIFY(watcher.isFinished());
    const PhaseTimes &phases = watcher.stream->exchange().phases;
    QVERIFY2(phases.resolved && phases.connected, qPrintable(watcher.error().message));
    QVERIFY(*phases.dequeued <= *phases.resolved && *phases.resolved <= *phases.connected);
    StreamWatcher again(client, {.url = url});
    QVERIFY(again.isFinished());
    QVERIFY(again.stream->exchange().reusedConnection && !again.stream->exchange().phases.resolved);
}

void TestHttpStream::keysInTheUrlAreNotRecorded()
{
    FakeServer server;
    server.enqueue(FakeResponse::json(200, "{}"));
    HttpClient client;
    StreamWatcher watcher(client, {.url = server.url(QStringLiteral("/v1?alt=sse&key=s3cret"))});
    QVERIFY(watcher.isFinished());
    QCOMPARE(server.requests().at(0).target, "/v1?alt=sse&key=s3cret");
    QCOMPARE(watcher.stream->exchange().url, server.url(QStringLiteral("/v1?alt=sse&key=***")));
}

void TestHttpStream::recordsFramesAndGaps()
{
    FakeServer server;
    server.enqueue(FakeResponse::chunked("text/plain", {"ab", "c", "d"}).delayBetween(10));
    HttpClient client;
    StreamWatcher watcher(client, {.url = server.url()});
    qint64 offset = 0;
    connect(watcher.stream.get(), &HttpStream::dataReceived, this, [&](const QByteArray &data) {
        for (qsizetype i = 0; i < data.size(); ++i)
            watcher.stream->recordFrame(offset++, 1);
        watcher.stream->recordVisible();
    });
    QVERIFY(watcher.isFinished());
    const Exchange &exchange = watcher.stream->exchange();
    QCOMPARE(exchange.framesReceived, 4);
    QCOMPARE(int(exchange.frames.size()), 4);
    QCOMPARE(exchange.frames[1].offset, 1);
    QCOMPARE(exchange.frames[1].at, exchange.frames[0].at); // the same read
    QVERIFY(exchange.frames[3].at > exchange.frames[2].at);
    QCOMPARE(exchange.gaps.count, 3);
    QCOMPARE(exchange.gaps.total, exchange.frames[3].at - exchange.frames[0].at);
    QVERIFY(exchange.gaps.longest <= exchange.gaps.total);
    QCOMPARE(exchange.phases.firstToken, exchange.frames[1].at);
    QVERIFY(!exchange.frames[0].isVisible && exchange.frames[1].isVisible); // marked after the second of them
    QVERIFY(!exchange.phases.firstText);

    for (qsizetype i = 0; i < Exchange::maxRecordedFrames; ++i)
        watcher.stream->recordFrame(i, 1);
    QCOMPARE(qsizetype(exchange.frames.size()), Exchange::maxRecordedFrames);
    QCOMPARE(exchange.framesReceived, qint64(Exchange::maxRecordedFrames) + 4);
}

QTEST_GUILESS_MAIN(TestHttpStream)

#include "tst_httpstream.moc"
