// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "net/connectionpool.h"
#include "streamwatcher.h"

#include <QSignalSpy>
#include <QTcpSocket>

using namespace diptych;
using namespace std::chrono_literals;

/// Connections: when they are shared, replaced, redirected and let go.
class TestHttpClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void staleConnectionIsReplacedOnce_data();
    void staleConnectionIsReplacedOnce();
    void cutAnswerOnKeptConnectionIsNotSentAgain();
    void unaskedBytesSpoilAKeptConnection();
    void idleConnectionsAreClosedInTheEnd();
    void connectionsAreReused_data();
    void connectionsAreReused();
    void redirectsAreFollowedAtHomeOnly_data();
    void redirectsAreFollowedAtHomeOnly();
    void redirectsEnd();
    void destroyingReachesTheServer_data();
    void destroyingReachesTheServer();
    void streamMayDieInItsOwnSlots_data();
    void streamMayDieInItsOwnSlots();
    void clientMayDieFirst();
    void manyStreamsRunAtOnce();
    void lateRequestBodyDoesNotDelayTheAnswer();
};

void TestHttpClient::staleConnectionIsReplacedOnce_data()
{
    QTest::addColumn<FakeResponse>("second");
    QTest::newRow("closed when used again") << FakeResponse().thenClose();
    QTest::newRow("reset when used again") << FakeResponse().thenReset();
}

void TestHttpClient::staleConnectionIsReplacedOnce()
{
    QFETCH(FakeResponse, second);
    FakeServer server;
    server.enqueue(FakeResponse::json(200, "1"));
    server.enqueue(second);
    server.enqueue(FakeResponse::json(200, "2"));
    server.enqueue(second);
    server.enqueue(second);
    HttpClient client;
    const HttpRequest request {.method = "POST", .url = server.url(), .body = "{}"};
    StreamWatcher first(client, request);
    QVERIFY(first.isFinished());
    StreamWatcher replaced(client, request);
    QVERIFY(replaced.isFinished());
    QVERIFY2(!replaced.stream->error(), qPrintable(replaced.error().message));
    QCOMPARE(replaced.body, "2");
    QCOMPARE(replaced.order, "hdf");
    QVERIFY(!replaced.stream->exchange().reusedConnection);
    QCOMPARE(server.connectionCount(), 2);
    QCOMPARE(int(server.requests().size()), 3);

    StreamWatcher hopeless(client, request); // the fresh connection fails too: that is an answer
    QVERIFY(hopeless.isFinished());
    QCOMPARE(hopeless.error().kind, Error::Kind::Network);
    QCOMPARE(int(server.requests().size()), 5);
}

void TestHttpClient::cutAnswerOnKeptConnectionIsNotSentAgain()
{
    FakeServer server;
    server.enqueue(FakeResponse::json(200, "1"));
    server.enqueue(FakeResponse::raw({"H"}).thenClose());
    HttpClient client;
    const HttpRequest request {.method = "POST", .url = server.url(), .body = "{}"};
    StreamWatcher first(client, request);
    QVERIFY(first.isFinished());
    StreamWatcher second(client, request);
    QVERIFY(second.isFinished());
    QVERIFY(second.stream->exchange().reusedConnection);
    QCOMPARE(second.error().kind, Error::Kind::Network);
    QCOMPARE(int(server.requests().size()), 2);
}

void TestHttpClient::unaskedBytesSpoilAKeptConnection()
{
    FakeServer server;
    server.enqueue(FakeResponse::raw({"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1HTTP/1.1 200 OK\r\n\r\nevil"}));
    server.enqueue(FakeResponse::json(200, "2"));
    HttpClient client;
    StreamWatcher first(client, {.url = server.url()});
    QVERIFY(first.isFinished());
    QCOMPARE(first.body, "1");
    StreamWatcher second(client, {.url = server.url()});
    QVERIFY(second.isFinished());
    QCOMPARE(second.body, "2");
    QCOMPARE(server.connectionCount(), 2);
}

void TestHttpClient::idleConnectionsAreClosedInTheEnd()
{
    const FakeServer server;
    const HttpTarget target = targetOf(server.url(), {});
    ConnectionPool pool(60ms);
    for (int i = 0; i < 2; ++i) {
        ConnectionPointer connection(new HttpConnection(target));
        QSignalSpy ready(connection.get(), &HttpConnection::ready);
        connection->open();
        QVERIFY(ready.wait());
        pool.giveBack(std::move(connection));
    }
    HttpTarget other = target;
    other.port = 9;
    QVERIFY(!pool.take(other));
    const ConnectionPointer taken = pool.take(target);
    QVERIFY(taken);
    QTRY_COMPARE(server.openConnections(), 1); // the idle one went
    QVERIFY(taken->isIdle());
    QVERIFY(!pool.take(target));
}

void TestHttpClient::connectionsAreReused_data()
{
    QTest::addColumn<FakeResponse>("first");
    QTest::addColumn<bool>("reused");
    QTest::newRow("length") << FakeResponse::json(200, "1") << true;
    QTest::newRow("chunked") << FakeResponse::chunked("text/plain", {"1"}) << true;
    QTest::newRow("no body") << FakeResponse::raw({"HTTP/1.1 204 No Content\r\n\r\n"}) << true;
    QTest::newRow("error status") << FakeResponse::json(404, "1") << true;
    QTest::newRow("server says close") << FakeResponse::json(200, "1").header("Connection", "close") << false;
    QTest::newRow("server closes") << FakeResponse::json(200, "1").closeAtEnd() << false;
    QTest::newRow("HTTP/1.0") << FakeResponse::raw({"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n1"}) << false;
    QTest::newRow("cut") << FakeResponse::sse({"1"}).thenClose() << false;
}

void TestHttpClient::connectionsAreReused()
{
    QFETCH(FakeResponse, first);
    QFETCH(bool, reused);
    FakeServer server;
    server.enqueue(first);
    server.enqueue(FakeResponse::json(200, "2"));
    server.enqueue(FakeResponse::json(200, "3"));
    HttpClient client;
    StreamWatcher one(client, {.url = server.url()});
    QVERIFY(one.isFinished());
    QVERIFY(!one.stream->exchange().reusedConnection);
    if (!reused)
        QTRY_COMPARE(server.openConnections(), 0);
    StreamWatcher two(client, {.url = server.url()});
    QVERIFY(two.isFinished());
    QCOMPARE(two.body, "2");
    QCOMPARE(two.stream->exchange().reusedConnection, reused);
    QCOMPARE(server.connectionCount(), reused ? 1 : 2);
    QVERIFY(!two.stream->exchange().peerAddress.isEmpty());

    HttpClient other; // another client shares nothing
    StreamWatcher three(other, {.url = server.url()});
    QVERIFY(three.isFinished());
    QVERIFY(!three.stream->exchange().reusedConnection);
}

void TestHttpClient::redirectsAreFollowedAtHomeOnly_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("location"); // HOME is replaced by the server's own address
    QTest::addColumn<QByteArray>("followedAs"); // empty: not followed
    const auto row = [](const char *title, int status, const char *method, const char *location, const char *as) {
        QTest::newRow(title) << status << QByteArray(method) << QByteArray(location) << QByteArray(as);
    };
    row("to another host", 307, "POST", "http://other.invalid/new", "");
    row("to another port", 307, "POST", "http://127.0.0.1:9/new", "");
    row("to another scheme", 308, "GET", "https://127.0.0.1/new", "");
    row("to another host without a scheme", 302, "GET", "//other.invalid/new", "");
    row("to a file", 302, "GET", "file:///etc/passwd", "");
    row("301 on POST", 301, "POST", "/new", "");
    row("302 on POST", 302, "POST", "/new", "");
    row("301 on GET", 301, "GET", "/new", "GET");
    row("302 on HEAD", 302, "HEAD", "/new", "HEAD");
    row("303 on POST", 303, "POST", "/new", "GET");
    row("307 on POST", 307, "POST", "HOME/new", "POST");
    row("308 on POST, relative", 308, "POST", "../new", "POST");
}

void TestHttpClient::redirectsAreFollowedAtHomeOnly()
{
    QFETCH(int, status);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, location);
    QFETCH(QByteArray, followedAs);
    FakeServer server;
    const QByteArray home = server.url(QString()).toEncoded();
    server.route("/old/path",
        FakeResponse::text(status, "text/plain", "").header("Location", QByteArray(location).replace("HOME", home)));
    server.route("/new",
        [](const FakeRequest &request) { return FakeResponse::json(200, request.method == "HEAD" ? "" : "new"); });
    HttpClient client;
    StreamWatcher watcher(client,
        {.method = method,
            .url = server.url(QStringLiteral("/old/path")),
            .headers = {{.name = "api-key", .value = "secret"}, {.name = "Content-Type", .value = "text/plain"}},
            .body = method == "POST" ? "body" : ""});
    QVERIFY(watcher.isFinished());
    QCOMPARE(server.connectionCount(), 1);
    if (followedAs.isEmpty()) {
        QCOMPARE(watcher.error().kind, Error::Kind::Network);
        QCOMPARE(watcher.error().httpStatus, status);
        const QUrl target = server.url(QStringLiteral("/old/path")).resolved(QUrl(QString::fromLatin1(location)));
        QVERIFY2(watcher.error().message.contains(target.toString()), qPrintable(watcher.error().message));
        QCOMPARE(watcher.order, "f");
        QCOMPARE(int(server.requests().size()), 1);
        return;
    }
    QVERIFY2(!watcher.stream->error(), qPrintable(watcher.error().message));
    QCOMPARE(watcher.stream->status(), 200);
    const FakeRequest &followed = server.requests().at(1);
    QCOMPARE(followed.method, followedAs);
    QCOMPARE(followed.body, followedAs == "POST" ? "body" : "");
    QCOMPARE(followed.header("api-key"), "secret");
    QCOMPARE(watcher.stream->exchange().url, server.url(QStringLiteral("/new")));
}

void TestHttpClient::redirectsEnd()
{
    FakeServer server;
    server.route("/", FakeResponse::text(307, "text/plain", "round and round").header("Location", "/"));
    HttpClient client;
    StreamWatcher watcher(client, {.url = server.url()});
    QVERIFY(watcher.isFinished());
    QCOMPARE(watcher.error().kind, Error::Kind::Network);
    QCOMPARE(int(server.requests().size()), 6);
}

void TestHttpClient::destroyingReachesTheServer_data()
{
    QTest::addColumn<FakeResponse>("response");
    QTest::newRow("while waiting") << FakeResponse::silence();
    QTest::newRow("in mid-stream") << FakeResponse::sse({"a", "b"}).thenStall();
}

void TestHttpClient::destroyingReachesTheServer()
{
    QFETCH(FakeResponse, response);
    FakeServer server;
    server.enqueue(response);
    QSignalSpy requestReceived(&server, &FakeServer::requestReceived);
    QSignalSpy clientLeft(&server, &FakeServer::clientLeft);
    HttpClient client;
    StreamWatcher watcher(client, {.url = server.url()});
    QVERIFY(requestReceived.wait());
    if (response.steps().size() > 1)
        QTRY_COMPARE(watcher.order, "hd");
    QCOMPARE(server.openConnections(), 1);
    watcher.stream.reset();
    QTRY_COMPARE_WITH_TIMEOUT(clientLeft.count(), 1, 50); // the promise: within 50 ms
    QVERIFY(!watcher.order.endsWith('f'));
}

void TestHttpClient::streamMayDieInItsOwnSlots_data()
{
    QTest::addColumn<char>("when");
    QTest::addColumn<FakeResponse>("response");
    const FakeResponse good = FakeResponse::sse({"a", "b"});
    QTest::newRow("headers") << 'h' << good;
    QTest::newRow("data") << 'd' << good;
    QTest::newRow("end") << 'f' << good;
    QTest::newRow("failure") << 'f' << FakeResponse::sse({"a"}).thenReset();
    QTest::newRow("failure before an answer") << 'f' << FakeResponse().thenClose();
    QTest::newRow("close-delimited") << 'd' << FakeResponse::raw({"HTTP/1.1 200 OK\r\n\r\nabc"}).thenClose();
}

void TestHttpClient::streamMayDieInItsOwnSlots()
{
    QFETCH(char, when);
    QFETCH(FakeResponse, response);
    FakeServer server;
    server.enqueue(response);
    HttpClient client;
    StreamWatcher watcher(client, {.url = server.url()});
    const auto die = [&watcher] { watcher.stream.reset(); };
    if (when == 'h')
        connect(watcher.stream.get(), &HttpStream::headersReceived, this, die);
    else if (when == 'd')
        connect(watcher.stream.get(), &HttpStream::dataReceived, this, die);
    else
        connect(watcher.stream.get(), &HttpStream::finished, this, die);
    QVERIFY(watcher.isFinished());
    QVERIFY(!watcher.stream);
    QVERIFY(watcher.order.endsWith(when));
    if (when != 'f')
        QTRY_COMPARE(server.openConnections(), 0);
}

void TestHttpClient::clientMayDieFirst()
{
    FakeServer server;
    server.route("/", FakeResponse::json(200, "1"));
    server.route("/endless", FakeResponse::sse({"a"}).thenStall());
    auto client = std::make_unique<HttpClient>();
    StreamWatcher done(*client, {.url = server.url()});
    QVERIFY(done.isFinished()); // leaves an idle connection
    StreamWatcher running(*client, {.url = server.url(QStringLiteral("/endless"))});
    QTRY_COMPARE(running.order, "hd");
    StreamWatcher notStarted(*client, {.url = server.url()});
    client.reset();
    QTRY_COMPARE(server.openConnections(), 0);
    QCOMPARE(running.order, "hd");
    QCOMPARE(notStarted.order, "");
}

void TestHttpClient::manyStreamsRunAtOnce()
{
    constexpr int count = 64;
    FakeServer server;
    server.route("/stream", FakeResponse::sse({"a"}).thenStall());
    server.route("/models", FakeResponse::json(200, "[]"));
    HttpClient client;
    std::vector<std::unique_ptr<StreamWatcher>> watchers;
    for (int i = 0; i < count; ++i)
        watchers.push_back(
            std::make_unique<StreamWatcher>(client, HttpRequest {.url = server.url(QStringLiteral("/stream"))}));
    const auto allStream = [&watchers] {
        return std::all_of(
            watchers.begin(), watchers.end(), [](const auto &watcher) { return watcher->order == "hd"; });
    };
    QTRY_VERIFY(allStream());
    QCOMPARE(server.openConnections(), count);
    StreamWatcher control(client, {.url = server.url(QStringLiteral("/models"))});
    QVERIFY(control.isFinished()); // does not wait for a stream to end
    QCOMPARE(control.body, "[]");
    watchers.clear();
    QTRY_COMPARE(server.openConnections(), 1);
}

void TestHttpClient::lateRequestBodyDoesNotDelayTheAnswer()
{
    // A server that refuses a big body answers before it has read it, and closes.
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&server] {
        QTcpSocket *socket = server.nextPendingConnection();
        socket->setReadBufferSize(1);
        socket->write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
    });
    HttpClient client;
    StreamWatcher watcher(client,
        {.method = "POST",
            .url = QUrl(u"http://127.0.0.1:" + QString::number(server.serverPort())),
            .body = QByteArray(64 * 1024 * 1024, 'x')});
    QVERIFY(watcher.isFinished());
    QCOMPARE(watcher.stream->status(), 413);
    QCOMPARE(watcher.body, "no");
    QVERIFY(!watcher.stream->error());
}

QTEST_GUILESS_MAIN(TestHttpClient)

#include "tst_httpclient.moc"
