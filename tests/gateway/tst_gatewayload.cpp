// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewayfixture.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;

namespace {

constexpr auto chatTarget = "/v1/chat/completions";

QByteArray streamBody(const QByteArray &model = "talker")
{
    return R"({"stream":true,"model":")" + model + R"(","messages":[{"role":"user","content":"Hi"}]})";
}

QByteArray wholeRequest(const QByteArray &method, const QByteArray &target, quint16 port, const QByteArray &body)
{
    return method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port)
        + "\r\napi-key: test-key\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

/// Damages a request: bytes are changed, left out, doubled or cut off.
QByteArray mutated(QByteArray bytes, QRandomGenerator &random)
{
    const int changes = random.bounded(1, 6);
    for (int i = 0; i < changes && !bytes.isEmpty(); ++i) {
        const qsizetype at = random.bounded(int(bytes.size()));
        const qsizetype length = random.bounded(1, 20);
        switch (random.bounded(5)) {
        case 0:
            bytes[at] = static_cast<char>(random.bounded(256));
            break;
        case 1:
            bytes.remove(at, length);
            break;
        case 2:
            bytes.insert(at, bytes.mid(at, length));
            break;
        case 3:
            bytes.insert(at, random.bounded(2) == 0 ? "\r\n" : "[{\"");
            break;
        default:
            if (random.bounded(8) == 0)
                bytes.truncate(at);
            break;
        }
    }
    return bytes;
}

} // namespace

class TestGatewayLoad : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void destroysTheReplyWhenTheClientLeaves_data();
    void destroysTheReplyWhenTheClientLeaves();
    void dropsAReaderThatIsTooSlow();
    void servesFiftyStreamsAtOnce();
    void survivesDamagedRequests();
    void takesALargeBody();
    void keepsStrangeCharacters();
    void survivesBeingDestroyedInAStream();
};

void TestGatewayLoad::destroysTheReplyWhenTheClientLeaves_data()
{
    QTest::addColumn<bool>("begun");
    QTest::addColumn<bool>("reset");
    QTest::newRow("before the first piece") << false << false;
    QTest::newRow("in the stream") << true << false;
    QTest::newRow("with a reset") << true << true;
}

void TestGatewayLoad::destroysTheReplyWhenTheClientLeaves()
{
    QFETCH(const bool, begun);
    QFETCH(const bool, reset);
    GatewayFixture fixture;
    QList<GatewayLogEntry> entries;
    QObject::connect(&fixture.gateway(), &Gateway::requestHandled, &fixture.gateway(),
        [&entries](const GatewayLogEntry &entry) { entries.push_back(entry); });
    RawClient client(fixture.port());
    client.request("POST", chatTarget, streamBody());
    QVERIFY(fixture.chat());
    if (begun)
        fixture.chat()->text(QStringLiteral("Hi"));
    if (reset)
        client.socket().abort();
    else
        client.socket().disconnectFromHost();
    QTRY_VERIFY(fixture.provider().chats.front().isNull());
    QCOMPARE(entries.size(), 1);
    QVERIFY(entries[0].clientLeft);
    QCOMPARE(entries[0].status, begun ? 200 : 0);
    QTRY_COMPARE(fixture.gateway().connectionCount(), std::size_t(0));
}

void TestGatewayLoad::dropsAReaderThatIsTooSlow()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.socket().setReadBufferSize(1);
    client.request("POST", chatTarget, streamBody());
    QVERIFY(fixture.chat());
    const QString piece(64 * 1024, u'x');
    for (int i = 0; i < 1000; ++i)
        fixture.chat()->text(piece);
    QTRY_VERIFY(fixture.provider().chats.front().isNull());
    QCOMPARE(fixture.ask("GET", "/health").status, 200);
}

void TestGatewayLoad::servesFiftyStreamsAtOnce()
{
    constexpr int streams = 50;
    GatewayFixture fixture;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < streams; ++i) {
        clients.push_back(std::make_unique<RawClient>(fixture.port()));
        clients.back()->request("POST", chatTarget, streamBody("m" + QByteArray::number(i)));
    }
    QVERIFY(fixture.chat(streams));
    for (int round = 0; round < 20; ++round) {
        for (const auto &chat : fixture.provider().chats)
            chat->text(chat->request().model);
    }
    for (const auto &chat : fixture.provider().chats)
        chat->finishWith();
    for (int i = 0; i < streams; ++i) {
        const RawAnswer answer = clients[static_cast<std::size_t>(i)]->answer();
        QCOMPARE(answer.events().size(), 22);
        QCOMPARE(answer.events().last(), "[DONE]");
        QCOMPARE(choiceOf(chunksOf(answer)[19]).value(u"delta").toObject().value(u"content").toString(),
            QStringLiteral("m%1").arg(i));
    }
}

void TestGatewayLoad::survivesDamagedRequests()
{
    GatewayFixture fixture;
    QSignalSpy handled(&fixture.gateway(), &Gateway::requestHandled);
    const QByteArray tools = R"({"model":"talker","messages":[{"role":"user","content":[{"type":"text","text":"a"}]}],)"
                             R"("tools":[{"type":"function","function":{"name":"f","parameters":{}}}],"n":2,"seed":1})";
    const std::vector<QByteArray> requests {wholeRequest("POST", chatTarget, fixture.port(), tools),
        wholeRequest("POST", "/chat/completions?api-version=2025-04-01", fixture.port(), streamBody()),
        wholeRequest("POST", "/v1/embeddings", fixture.port(), R"({"model":"words","input":["a","b"],"dimensions":4})"),
        wholeRequest("POST", "/v1/completions", fixture.port(), R"({"model":"babbler","prompt":"a","logprobs":2})"),
        "GET /info?api-version=2025-04-01&model=a HTTP/1.1\r\nHost: localhost:" + QByteArray::number(fixture.port())
            + "\r\napi-key: test-key\r\n\r\n"};
    QRandomGenerator random(20260101);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 500; ++i) {
        clients.push_back(std::make_unique<RawClient>(fixture.port()));
        clients.back()->send(mutated(requests[static_cast<std::size_t>(i) % requests.size()], random));
        if (i % 25 != 24)
            continue;
        QCOMPARE(fixture.ask("GET", "/health").status, 200);
        for (const auto &client : clients)
            client->socket().disconnectFromHost();
        clients.clear();
    }
    QVERIFY(handled.count() > 200); // they reached more than the parser's first line
    QTRY_COMPARE(fixture.gateway().connectionCount(), std::size_t(0));
    for (const auto &chat : fixture.provider().chats)
        QVERIFY(chat.isNull());
}

void TestGatewayLoad::takesALargeBody()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    const QByteArray text(1024 * 1024, 'x');
    client.request("POST", chatTarget, R"({"model":"m","messages":[{"role":"user","content":")" + text + R"("}]})");
    QVERIFY(fixture.chat());
    QCOMPARE(fixture.chat()->request().messages.front().text().size(), text.size());
    fixture.chat()->text(fixture.chat()->request().messages.front().text());
    fixture.chat()->finishWith();
    const QJsonObject message = choiceOf(client.answer().json()).value(u"message").toObject();
    QCOMPARE(message.value(u"content").toString().toUtf8(), text);
}

void TestGatewayLoad::keepsStrangeCharacters()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget,
        R"({"stream":true,"model":"m","messages":[{"role":"user","content":"a\u0000b\ud800c\ud83d\ude00"}]})");
    QVERIFY(fixture.chat());
    const QString text = fixture.chat()->request().messages.front().text();
    QCOMPARE(text.size(), 7);
    QCOMPARE(text[1], QChar(u'\0'));
    QVERIFY(text.endsWith(QStringLiteral("😀")));
    fixture.chat()->text(text);
    fixture.chat()->text(QStringLiteral("line\r\nline\n\n\u2028"));
    fixture.chat()->finishWith();
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.events().size(), 4); // no line end got through
    QVERIFY(QString::fromUtf8(answer.body).toUtf8() == answer.body); // valid UTF-8
    const auto contentOf = [](const QJsonObject &chunk) {
        return choiceOf(chunk).value(u"delta").toObject().value(u"content").toString();
    };
    QCOMPARE(contentOf(chunksOf(answer)[0]).left(3), text.left(3));
    QVERIFY(contentOf(chunksOf(answer)[0]).endsWith(QStringLiteral("c😀")));
    QCOMPARE(contentOf(chunksOf(answer)[1]), QStringLiteral("line\r\nline\n\n\u2028"));
}

void TestGatewayLoad::survivesBeingDestroyedInAStream()
{
    auto fixture = std::make_unique<GatewayFixture>();
    RawClient client(fixture->port());
    client.request("POST", chatTarget, streamBody());
    QVERIFY(fixture->chat());
    fixture->chat()->text(QStringLiteral("Hi"));
    const QPointer<ScriptedChatReply> reply = fixture->chat();
    fixture.reset();
    QVERIFY(reply.isNull());
    QVERIFY(client.waitForClose());
}

QTEST_GUILESS_MAIN(TestGatewayLoad)
#include "tst_gatewayload.moc"
