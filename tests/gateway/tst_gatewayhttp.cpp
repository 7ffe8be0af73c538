// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewayfixture.h"

#include <QTest>

using namespace diptych;

namespace {

const QByteArray key = "api-key: test-key\r\n";
constexpr auto chatTarget = "/v1/chat/completions";
constexpr auto chatBody = R"({"model":"talker","messages":[{"role":"user","content":"Hi"}]})";
constexpr auto streamBody = R"({"model":"talker","stream":true,"messages":[{"role":"user","content":"Hi"}]})";

} // namespace

class TestGatewayHttp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listensOnLoopbackOnly();
    void saysWhenThePortIsTaken();
    void refusesBeforeTheBody_data();
    void refusesBeforeTheBody();
    void refusesWithoutKey();
    void refusesALargeBody_data();
    void refusesALargeBody();
    void keepsTheConnection();
    void closesWhenAsked();
    void answersPipelinedRequestsInOrder();
    void holdsBackAClientThatDoesNotRead();
    void saysContinue();
    void leavesOutTheBodyOfHead();
    void streamsToHttp10();
    void timesOut();
    void makesAKey();
    void logs();
    void tellsOfWhatItRefused();
};

void TestGatewayHttp::listensOnLoopbackOnly()
{
    ScriptedProvider provider(Endpoint {});
    for (const char *address : {"0.0.0.0", "::", "192.0.2.1"}) {
        Gateway gateway(provider, {.address = QHostAddress(QString::fromLatin1(address))});
        const Result<void> started = gateway.start();
        QVERIFY(!started);
        QCOMPARE(started.error().kind, Error::Kind::InvalidRequest);
        QVERIFY(!gateway.isRunning());
    }
}

void TestGatewayHttp::saysWhenThePortIsTaken()
{
    GatewayFixture fixture;
    ScriptedProvider provider(Endpoint {});
    Gateway second(provider, {.port = fixture.port()});
    const Result<void> started = second.start();
    QVERIFY(!started);
    QCOMPARE(started.error().kind, Error::Kind::Network);
    QVERIFY(started.error().message.contains(QString::number(fixture.port())));
}

void TestGatewayHttp::refusesBeforeTheBody_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const QByteArray host = "Host: 127.0.0.1:PORT\r\n";
    const QByteArray post = "POST /v1/chat/completions HTTP/1.1\r\n";
    const auto row = [](const char *name, const QByteArray &bytes, int status) {
        QTest::newRow(name) << bytes << status;
    };
    row("noise", "\x16\x03\x01 nothing\r\n\r\n", 400);
    row("length and chunks", post + host + key + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400);
    row("two lengths", post + host + key + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400);
    row("long header", post + host + key + "X: " + QByteArray(70'000, 'x') + "\r\n\r\n", 431);
    row("many headers", post + host + key + QByteArray("X: xxxxxxxxxxxxxx\r\n").repeated(4000) + "\r\n", 431);
    row("long target", "GET /" + QByteArray(70'000, 'x') + " HTTP/1.1\r\n" + host + "\r\n", 431);
    row("no Host", "GET /health HTTP/1.1\r\n\r\n", 403);
    row("foreign Host", "GET /health HTTP/1.1\r\nHost: evil.example:PORT\r\n\r\n", 403);
    row("other port", "GET /health HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n", 403);
    row("foreign page", "GET /v1/models HTTP/1.1\r\n" + host + key + "Origin: https://evil.example\r\n\r\n", 403);
    row("preflight", "OPTIONS /v1/chat/completions HTTP/1.1\r\n" + host + "Origin: http://localhost:3000\r\n\r\n", 405);
    row("wrong key, body to come", post + host + "api-key: no\r\nContent-Length: 100\r\n\r\n", 401);
    row("no such path, body to come", "POST /v1/none HTTP/1.1\r\n" + host + key + "Content-Length: 100\r\n\r\n", 404);
}

void TestGatewayHttp::refusesBeforeTheBody()
{
    QFETCH(QByteArray, bytes);
    QFETCH(const int, status);
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.send(bytes.replace("PORT", QByteArray::number(fixture.port())));
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, status);
    QVERIFY(!answer.json().value(u"error").toObject().value(u"message").toString().isEmpty());
    QCOMPARE(fixture.ask("GET", "/health").status, 200);
}

void TestGatewayHttp::refusesWithoutKey()
{
    GatewayFixture fixture;
    const RawAnswer openAi = fixture.ask("GET", "/v1/models", {}, {});
    QCOMPARE(openAi.status, 401);
    QCOMPARE(openAi.json().value(u"error").toObject().value(u"code").toString(), QStringLiteral("invalid_api_key"));
    const RawAnswer azure = fixture.ask("GET", "/info?api-version=2025-04-01", {}, "Authorization: Bearer nope\r\n");
    QCOMPARE(azure.status, 401);
    QCOMPARE(azure.header("x-ms-error-code"), "401");
    QVERIFY(!azure.body.contains("test-key"));
    for (const char *line : {"api-key: test-key\r\n", "Authorization: Bearer test-key\r\n", "x-api-key: test-key\r\n"})
        QCOMPARE(fixture.ask("GET", "/v1/models", {}, line).status, 200);
    QCOMPARE(fixture.ask("GET", "/health", {}, {}).status, 200);
}

void TestGatewayHttp::refusesALargeBody_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::newRow("length") << QByteArray("Content-Length: 2000\r\n\r\n" + QByteArray(2000, 'x'));
    QTest::newRow("length alone") << QByteArray("Content-Length: 99999999999\r\n\r\n");
    QTest::newRow("chunks") << QByteArray("Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + QByteArray(2000, 'x'));
}

void TestGatewayHttp::refusesALargeBody()
{
    QFETCH(const QByteArray, rest);
    GatewayFixture fixture({.bodyLimit = 1000});
    RawClient client(fixture.port());
    client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(fixture.port()) + "\r\n"
        + key + rest);
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 413);
    QCOMPARE(answer.header("Connection"), "close");
    QVERIFY(client.waitForClose());
    QVERIFY(fixture.provider().chats.empty());
}

void TestGatewayHttp::keepsTheConnection()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    for (std::size_t round = 1; round <= 3; ++round) {
        client.request("POST", chatTarget, streamBody);
        QVERIFY(fixture.chat(round));
        fixture.chat(round)->text(QString::number(round));
        fixture.chat(round)->finishWith();
        const RawAnswer answer = client.answer();
        QCOMPARE(answer.events().last(), "[DONE]");
        QCOMPARE(choiceOf(chunksOf(answer).front()).value(u"delta").toObject().value(u"content").toString(),
            QString::number(round));
        QTRY_VERIFY(fixture.provider().chats[round - 1].isNull()); // an answered request leaves nothing behind
        client.request("POST", chatTarget, "{}");
        QCOMPARE(client.answer().status, 400);
    }
    QCOMPARE(fixture.gateway().connectionCount(), std::size_t(1));
}

void TestGatewayHttp::closesWhenAsked()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("GET", "/v1/models", {}, key + "Connection: close\r\n");
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.header("Connection"), "close");
    QVERIFY(answer.isComplete);
    QVERIFY(client.waitForClose());
    QTRY_COMPARE(fixture.gateway().connectionCount(), std::size_t(0));
}

void TestGatewayHttp::answersPipelinedRequestsInOrder()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody);
    client.request("GET", "/v1/models/words");
    client.request("GET", "/v1/models/none");
    QVERIFY(fixture.chat());
    fixture.chat()->text(QStringLiteral("first"));
    fixture.chat()->finishWith();
    QCOMPARE(choiceOf(client.answer().json()).value(u"message").toObject().value(u"content").toString(),
        QStringLiteral("first"));
    QCOMPARE(client.answer().json().value(u"id").toString(), QStringLiteral("words"));
    QCOMPARE(client.answer().status, 404);
}

void TestGatewayHttp::holdsBackAClientThatDoesNotRead()
{
    GatewayFixture fixture({.writeLimit = 10'000});
    fixture.provider().models.front().id = QString(200'000, u'x');
    int lists = 0;
    QObject::connect(&fixture.gateway(), &Gateway::requestHandled, &fixture.gateway(),
        [&lists](const GatewayLogEntry &entry) { lists += entry.path == u"/v1/models" ? 1 : 0; });
    RawClient client(fixture.port());
    client.socket().setReadBufferSize(1);
    constexpr int requests = 200;
    for (int i = 0; i < requests; ++i)
        client.request("GET", "/v1/models");
    // Until nothing happens any more while other clients are served.
    for (int quiet = 0, before = -1; quiet < 5; before = lists) {
        QCOMPARE(fixture.ask("GET", "/health").status, 200);
        quiet = lists == before ? quiet + 1 : 0;
    }
    QVERIFY(lists > 0 && lists < requests);
    client.socket().setReadBufferSize(0);
    for (int i = 0; i < requests; ++i)
        QCOMPARE(client.answer().status, 200);
    QCOMPARE(lists, requests);
}

void TestGatewayHttp::saysContinue()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(fixture.port()) + "\r\n"
        + key + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    QVERIFY(client.socket().waitForBytesWritten() || client.socket().bytesToWrite() == 0);
    QTRY_COMPARE(client.partialAnswer().status, 100);
    client.send("{}");
    (void)client.answer(); // the 100
    QCOMPARE(client.answer().status, 400);
}

void TestGatewayHttp::leavesOutTheBodyOfHead()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("HEAD", "/health", {}, key + "Connection: close\r\n");
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("Content-Length").toInt() > 0);
    QVERIFY(answer.body.isEmpty());
}

void TestGatewayHttp::streamsToHttp10()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    const QByteArray body = streamBody;
    client.send("POST /v1/chat/completions HTTP/1.0\r\nHost: 127.0.0.1:" + QByteArray::number(fixture.port()) + "\r\n"
        + key + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QVERIFY(fixture.chat());
    fixture.chat()->text(QStringLiteral("Hi"));
    fixture.chat()->finishWith();
    const RawAnswer answer = client.answer();
    QVERIFY(answer.isComplete); // the end of the connection is the end of the stream
    QVERIFY(answer.header("Transfer-Encoding").isEmpty());
    QCOMPARE(answer.events().last(), "[DONE]");
}

void TestGatewayHttp::timesOut()
{
    GatewayFixture fixture({.idleTimeout = std::chrono::milliseconds(50)});
    RawClient silent(fixture.port());
    RawClient slow(fixture.port());
    slow.send("POST /v1/chat");
    QVERIFY(silent.waitForClose());
    QCOMPARE(slow.answer().status, 408);
    RawClient patient(fixture.port());
    patient.request("POST", chatTarget, streamBody);
    QVERIFY(fixture.chat());
    QTRY_COMPARE(
        fixture.gateway().connectionCount(), std::size_t(1)); // the others are gone, this one waits for a model
    QVERIFY(fixture.chat());
}

void TestGatewayHttp::makesAKey()
{
    ScriptedProvider provider(Endpoint {});
    const Gateway first(provider);
    const Gateway second(provider);
    QVERIFY(first.key().reveal().size() >= 32);
    QVERIFY(first.key().reveal() != second.key().reveal());
}

void TestGatewayHttp::logs()
{
    GatewayFixture fixture;
    QList<GatewayLogEntry> entries;
    QObject::connect(&fixture.gateway(), &Gateway::requestHandled, &fixture.gateway(),
        [&entries](const GatewayLogEntry &entry) { entries.push_back(entry); });
    RawClient client(fixture.port());
    client.request("POST", "/v1/chat/completions?x=secret", chatBody);
    QVERIFY(fixture.chat());
    fixture.chat()->finishWith();
    QCOMPARE(client.answer().status, 200);
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries[0].method, QStringLiteral("POST"));
    QCOMPARE(entries[0].path, QStringLiteral("/v1/chat/completions"));
    QCOMPARE(entries[0].model, QStringLiteral("talker"));
    QCOMPARE(entries[0].status, 200);
    QVERIFY(!entries[0].clientLeft);
}

void TestGatewayHttp::tellsOfWhatItRefused()
{
    GatewayFixture fixture;
    std::vector<GatewayLogEntry> entries;
    connect(&fixture.gateway(), &Gateway::requestHandled, this,
        [&entries](const GatewayLogEntry &entry) { entries.push_back(entry); });
    const QByteArray body = R"({"model":"talker","messages":7})";
    QCOMPARE(fixture.ask("POST", "/v1/chat/completions", body).status, 400);
    QCOMPARE(fixture.ask("GET", "/v1/models").status, 200);
    RawClient client(fixture.port());
    client.request("POST", "/v1/chat/completions", R"({"model":"talker","messages":[{"role":"user","content":"Hi"}]})");
    ScriptedChatReply *reply = fixture.chat();
    QVERIFY(reply);
    reply->failWith({.kind = Error::Kind::Provider, .httpStatus = 500, .message = QStringLiteral("broken")});
    QCOMPARE(client.answer().status, 500);
    QTRY_COMPARE(entries.size(), std::size_t(3));
    const Exchange &refused = entries[0].refused.value();
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.requestBody, body);
    QCOMPARE(refused.url.path(), QStringLiteral("/v1/chat/completions"));
    QVERIFY(refused.responseBody.contains("messages"));
    QCOMPARE(headerValue(refused.requestHeaders, "api-key"), QByteArray("***"));
    QVERIFY(!entries[1].refused);
    QVERIFY(!entries[2].refused); // the model's own failure is with the model's exchange
    QCOMPARE(entries[2].problem, QStringLiteral("broken"));
}

QTEST_GUILESS_MAIN(TestGatewayHttp)
#include "tst_gatewayhttp.moc"
