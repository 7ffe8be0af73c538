// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "net/httpclient.h"
#include "providers/common/endpointrequest.h"
#include "providers/registry.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

/// Requests whose token comes from a command.
class TestTokenCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void withoutATokenNothingIsSent();
    void theTokenIsSentAndNotRecorded();
    void aRefusedTokenIsReplacedOnce_data();
    void aRefusedTokenIsReplacedOnce();
    void cancelledWhileWaiting();
    void destroyedWhileWaiting();
    void destroyedWhenTheTokenComes();
    void whereTheTokenGoes_data();
    void whereTheTokenGoes();
    void anOwnHeaderWins();
    void previewsDoNotRunIt();

private:
    /// Counts its runs in a file; prints what the script says.
    void setScript(const QByteArray &text);
    [[nodiscard]] int runs() const;
    [[nodiscard]] std::unique_ptr<ModelListReply> list();
    [[nodiscard]] QByteArray authorization(int request) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<HttpClient> m_client;
    std::unique_ptr<Provider> m_provider;
    Endpoint m_endpoint;
};

namespace {

const QByteArray models = R"({"object":"list","data":[{"id":"m"}]})";

bool waitFor(Reply &reply)
{
    QSignalSpy finished(&reply, &Reply::finished);
    return reply.isFinished() || finished.wait(20'000);
}

} // namespace

void TestTokenCommand::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<FakeServer>();
    m_client = std::make_unique<HttpClient>();
    m_endpoint = {.id = QStringLiteral("e"),
        .kind = Endpoint::Kind::OpenAiCompatible,
        .baseUrl = m_server->url(QStringLiteral("/v1")),
        .auth = Endpoint::Auth::Bearer,
        .credential = Secret("not-this-one"),
        .tokenScope = QStringLiteral("scope")};
}

void TestTokenCommand::cleanup()
{
    m_provider.reset();
    m_client.reset();
    m_server.reset();
}

void TestTokenCommand::setScript(const QByteArray &text)
{
    QFile file(m_directory->filePath(QStringLiteral("token")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("#!/bin/sh\nlog=\"$(dirname \"$0\")/log\"\necho run >>\"$log\"\nruns=$(wc -l <\"$log\" | tr -d ' ')\n"
        + text + "\n");
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_endpoint.tokenCommand = QString(file.fileName() + QStringLiteral(" {scope}"));
}

int TestTokenCommand::runs() const
{
    QFile file(m_directory->filePath(QStringLiteral("log")));
    return file.open(QIODevice::ReadOnly) ? int(file.readAll().count('\n')) : 0;
}

std::unique_ptr<ModelListReply> TestTokenCommand::list()
{
    m_provider = makeProvider(m_endpoint, *m_client);
    return m_provider->listModels();
}

QByteArray TestTokenCommand::authorization(int request) const
{
    return m_server->requests().at(std::size_t(request)).header("authorization");
}

void TestTokenCommand::withoutATokenNothingIsSent()
{
    setScript("echo 'Please run az login' >&2; exit 1");
    const auto reply = list();
    QVERIFY(waitFor(*reply));
    QVERIFY(reply->error());
    QCOMPARE(reply->error()->kind, Error::Kind::Authentication);
    QVERIFY2(reply->error()->message.contains(u"az login"), qPrintable(reply->error()->message));
    QCOMPARE(m_server->requests().size(), std::size_t(0));
    QCOMPARE(runs(), 1);
}

void TestTokenCommand::theTokenIsSentAndNotRecorded()
{
    setScript("echo \"tok-$1-s3cret\"");
    m_server->enqueue(FakeResponse::json(200, models));
    m_server->enqueue(FakeResponse::json(200, models));
    for (int round = 0; round < 2; ++round) {
        const auto reply = list();
        QVERIFY(waitFor(*reply));
        QVERIFY2(!reply->error(), qPrintable(reply->error() ? reply->error()->message : QString()));
        QCOMPARE(authorization(round), "Bearer tok-scope-s3cret");
        QCOMPARE(headerValue(reply->exchange().requestHeaders, "authorization"), "***");
    }
    QCOMPARE(runs(), 1);
}

void TestTokenCommand::aRefusedTokenIsReplacedOnce_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<int>("refusals");
    QTest::addColumn<int>("requests");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("revoked") << QByteArray("echo token-$runs") << 1 << 2 << true;
    QTest::newRow("never accepted") << QByteArray("echo token-$runs") << 9 << 2 << false;
    QTest::newRow("the same again") << QByteArray("echo token") << 9 << 1 << false;
    QTest::newRow("none the second time") << QByteArray("[ $runs = 1 ] && echo token || exit 1") << 9 << 1 << false;
}

void TestTokenCommand::aRefusedTokenIsReplacedOnce()
{
    QFETCH(QByteArray, script);
    QFETCH(int, refusals);
    QFETCH(int, requests);
    QFETCH(bool, isGood);
    setScript(script);
    int count = 0;
    m_server->route("/v1/models", [&count, refusals](const FakeRequest &) {
        return ++count <= refusals ? FakeResponse::json(401, "{}") : FakeResponse::json(200, models);
    });
    const auto reply = list();
    QSignalSpy retries(reply.get(), &Reply::retryScheduled);
    QSignalSpy finished(reply.get(), &Reply::finished);
    QVERIFY(waitFor(*reply));
    QCOMPARE(!reply->error(), isGood);
    if (!isGood)
        QCOMPARE(reply->error()->kind, Error::Kind::Authentication);
    QCOMPARE(int(m_server->requests().size()), requests);
    QCOMPARE(retries.size(), requests - 1);
    QCOMPARE(int(reply->earlierAttempts().size()), requests - 1);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(runs(), 2);
    if (requests == 2)
        QVERIFY(authorization(0) != authorization(1));
}

void TestTokenCommand::cancelledWhileWaiting()
{
    setScript("sleep 60");
    const auto reply = list();
    QSignalSpy finished(reply.get(), &Reply::finished);
    QTRY_COMPARE(runs(), 1);
    reply->cancel();
    QVERIFY(!finished.isEmpty() || finished.wait());
    QCOMPARE(reply->error()->kind, Error::Kind::Cancelled);
    QCOMPARE(reply->exchange().status, 0);
}

void TestTokenCommand::destroyedWhileWaiting()
{
    setScript("echo token");
    auto reply = list();
    QSignalSpy finished(reply.get(), &Reply::finished);
    reply.reset();
    const auto second = list(); // gets the token that the first one asked for
    m_server->enqueue(FakeResponse::json(200, models));
    QVERIFY(waitFor(*second));
    QVERIFY(finished.isEmpty());
    QCOMPARE(m_server->requests().size(), std::size_t(1));
}

void TestTokenCommand::destroyedWhenTheTokenComes()
{
    setScript("exit 1");
    auto reply = list();
    int finished = 0;
    connect(reply.get(), &Reply::finished, this, [&] {
        ++finished;
        reply.reset();
    });
    QTRY_COMPARE(finished, 1);
    QVERIFY(!reply);
}

void TestTokenCommand::whereTheTokenGoes_data()
{
    QTest::addColumn<Endpoint::Kind>("kind");
    QTest::addColumn<Endpoint::Auth>("auth");
    QTest::addColumn<QByteArray>("header"); // empty: none is asked for
    using Kind = Endpoint::Kind;
    using Auth = Endpoint::Auth;
    QTest::newRow("none") << Kind::AzureFoundry << Auth::None << QByteArray();
    QTest::newRow("both") << Kind::AzureFoundry << Auth::Both << QByteArray("Authorization");
    QTest::newRow("api-key") << Kind::AzureOpenAiV1 << Auth::ApiKey << QByteArray("Authorization");
    QTest::newRow("native key") << Kind::Native << Auth::ApiKey << QByteArray("x-api-key");
    QTest::newRow("native bearer") << Kind::Native << Auth::Bearer << QByteArray("Authorization");
}

void TestTokenCommand::whereTheTokenGoes()
{
    QFETCH(Endpoint::Kind, kind);
    QFETCH(Endpoint::Auth, auth);
    QFETCH(QByteArray, header);
    m_endpoint.kind = kind;
    m_endpoint.auth = auth;
    m_endpoint.tokenCommand = QStringLiteral("print-token");
    const Outgoing outgoing =
        makeOutgoing(m_endpoint, {.method = "GET", .path = QStringLiteral("/models"), .keyHeader = "x-api-key"});
    QCOMPARE(outgoing.request->token.isEmpty(), header.isEmpty());
    if (!header.isEmpty())
        QCOMPARE(outgoing.request->token.header, header);
    QCOMPARE(outgoing.request->token.prefix, header == "x-api-key" ? QByteArray() : QByteArray("Bearer "));
    for (const HeaderField &field : outgoing.request->headers)
        QVERIFY(!field.value.contains("not-this-one"));
}

void TestTokenCommand::anOwnHeaderWins()
{
    setScript("echo token");
    m_endpoint.headers = {{"authorization", "Basic abc"}};
    m_server->enqueue(FakeResponse::json(200, models));
    const auto reply = list();
    QVERIFY(waitFor(*reply));
    QCOMPARE(authorization(0), "Basic abc");
    QCOMPARE(runs(), 0);
}

void TestTokenCommand::previewsDoNotRunIt()
{
    setScript("echo token");
    m_provider = makeProvider(m_endpoint, *m_client);
    const ChatRequest request {
        .model = QStringLiteral("m"), .messages = {Message::fromText(Role::User, QStringLiteral("hi"))}};
    const Result<WirePreview> preview = m_provider->preview(request);
    QVERIFY(preview);
    QCOMPARE(headerValue(preview->headers, "authorization"), "***");
    QCOMPARE(runs(), 0);
}

QTEST_GUILESS_MAIN(TestTokenCommand)
#include "tst_tokencommand.moc"
