// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../replywatch.h"
#include "fakeserver.h"

#include "api/provider.h"
#include "net/httpclient.h"
#include "providers/registry.h"

#include <QTest>

using namespace diptych;
using test::problem;
using test::waitFor;
using Kind = Error::Kind;

namespace {

/// A scripted server and the provider in front of it.
struct Fixture {
    explicit Fixture(const QString &path = {}, const QString &version = {})
    {
        endpoint.kind = Endpoint::Kind::Native;
        endpoint.native = QStringLiteral("anthropic");
        endpoint.auth = Endpoint::Auth::ApiKey;
        endpoint.baseUrl = server.url(path);
        endpoint.credential = Secret("key-1");
        endpoint.apiVersion = version;
        endpoint.connection.retry.maxRetries = 0;
        provider = makeProvider(endpoint, client);
    }
    [[nodiscard]] QByteArray line() const
    {
        return server.requests().empty() ? QByteArray()
                                         : server.requests().back().method + ' ' + server.requests().back().target;
    }

    FakeServer server;
    HttpClient client;
    Endpoint endpoint;
    std::unique_ptr<Provider> provider;
};

} // namespace

/// Which route a call of the Messages API takes, and what stands in its head.
class TestAnthropicRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noRoute_data();
    void noRoute();
    void badStatus_data();
    void badStatus();
    void offendingParameter_data();
    void offendingParameter();
    void nothingCountsAfterTheEnd_data();
    void nothingCountsAfterTheEnd();
    void brokenPages_data();
    void brokenPages();
    void destroyedBetweenPages();
    void pagesAreFollowed();
    void target_data();
    void target();
    void headers_data();
    void headers();
    void previewIsWhatIsSent();
    void descriptor();
};

void TestAnthropicRoutes::noRoute_data()
{
    QTest::addColumn<QString>("call");
    for (const char *call : {"complete", "embed", "images", "info without a name"})
        QTest::newRow(call) << QString::fromLatin1(call);
}

void TestAnthropicRoutes::noRoute()
{
    QFETCH(const QString, call);
    Fixture f;
    std::unique_ptr<Reply> reply;
    if (call == QLatin1String("complete"))
        reply = f.provider->complete({.prompt = QStringLiteral("Once")});
    else if (call == QLatin1String("embed"))
        reply = f.provider->embed({.input = {QStringLiteral("a")}});
    else if (call == QLatin1String("images"))
        reply = f.provider->embedImages({});
    else
        reply = f.provider->info({});
    QVERIFY(!reply->isFinished());
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Kind::Unsupported);
    QVERIFY(!reply->error()->message.isEmpty());
    QVERIFY(f.server.requests().empty());
    QCOMPARE(f.provider->preview(CompletionRequest {}).error().kind, Kind::Unsupported);
    QCOMPARE(f.provider->preview(EmbeddingRequest {}).error().kind, Kind::Unsupported);
}

void TestAnthropicRoutes::badStatus_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("invalid") << 400 << QByteArray("invalid_request_error") << Kind::InvalidRequest;
    QTest::newRow("key") << 401 << QByteArray("authentication_error") << Kind::Authentication;
    QTest::newRow("permission") << 403 << QByteArray("permission_error") << Kind::Authentication;
    QTest::newRow("model") << 404 << QByteArray("not_found_error") << Kind::NotFound;
    QTest::newRow("large") << 413 << QByteArray("request_too_large") << Kind::InvalidRequest;
    QTest::newRow("rate") << 429 << QByteArray("rate_limit_error") << Kind::RateLimited;
    QTest::newRow("api") << 500 << QByteArray("api_error") << Kind::Provider;
    QTest::newRow("overloaded") << 529 << QByteArray("overloaded_error") << Kind::Provider;
}

void TestAnthropicRoutes::badStatus()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, type);
    Fixture f;
    f.server.enqueue(FakeResponse::json(
        status, R"({"type":"error","error":{"type":")" + type + R"(","message":"No."},"request_id":"req_9"})")
                         .header("retry-after", "7"));
    const auto reply = f.provider->chat({.model = QStringLiteral("m")});
    QVERIFY(waitFor(*reply));
    QTEST(reply->error()->kind, "kind");
    QCOMPARE(reply->error()->httpStatus, status);
    QCOMPARE(reply->error()->providerCode, QString::fromLatin1(type));
    QCOMPARE(reply->error()->message, QStringLiteral("No."));
    QCOMPARE(reply->error()->requestId, QStringLiteral("req_9"));
    QCOMPARE(reply->error()->retryAfter, std::chrono::milliseconds(7000));
}

void TestAnthropicRoutes::offendingParameter_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<Kind>("kind");
    const auto row = [](const char *message, const char *parameter, Kind kind) {
        QTest::newRow(message) << QByteArray(message) << QString::fromLatin1(parameter) << kind;
    };
    row("max_tokens: Field required", "max_tokens", Kind::InvalidRequest);
    row("messages.1.content.0.text: Field required", "messages[1].content[0].text", Kind::InvalidRequest);
    row("seed: Extra inputs are not permitted", "seed", Kind::Unsupported);
    row("Your credit balance is too low: see billing", "", Kind::InvalidRequest);
}

void TestAnthropicRoutes::offendingParameter()
{
    QFETCH(const QByteArray, message);
    Fixture f;
    f.server.enqueue(FakeResponse::json(
        400, R"({"type":"error","error":{"type":"invalid_request_error","message":")" + message + R"("}})"));
    const auto reply = f.provider->chat({.model = QStringLiteral("m")});
    QVERIFY(waitFor(*reply));
    QTEST(reply->error()->kind, "kind");
    QTEST(reply->error()->parameter, "parameter");
}

void TestAnthropicRoutes::nothingCountsAfterTheEnd_data()
{
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("the connection stays open") << QByteArray("stall");
    QTest::newRow("the connection is closed") << QByteArray("close");
    QTest::newRow("something is not JSON") << QByteArray("{");
}

void TestAnthropicRoutes::nothingCountsAfterTheEnd()
{
    QFETCH(const QByteArray, after);
    std::vector<QByteArray> events {
        R"({"type":"content_block_start","index":0,"content_block":{"type":"text","text":"Hi"}})",
        R"({"type":"message_delta","delta":{"stop_reason":"end_turn"}})", R"({"type":"message_stop"})"};
    if (after == "{")
        events.push_back(after);
    Fixture f;
    FakeResponse response = FakeResponse::sse(events);
    f.server.enqueue(after == "close" ? response.thenClose() : after == "stall" ? response.thenStall() : response);
    const auto reply = f.provider->chat({.model = QStringLiteral("m")});
    QVERIFY(waitFor(*reply));
    QCOMPARE(problem(*reply), QByteArray());
    QCOMPARE(reply->response().text(), QStringLiteral("Hi"));
}

void TestAnthropicRoutes::brokenPages_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("not JSON") << 200 << QByteArray("[") << Kind::Protocol;
    QTest::newRow("no list") << 200 << QByteArray("{}") << Kind::Protocol;
    QTest::newRow("bad status") << 500 << QByteArray("{}") << Kind::Provider;
}

void TestAnthropicRoutes::brokenPages()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    Fixture f;
    f.server.enqueue(FakeResponse::json(200, R"({"data":[{"id":"a"}],"has_more":true,"last_id":"a"})"));
    f.server.enqueue(FakeResponse::json(status, body));
    const auto models = f.provider->listModels();
    QVERIFY(waitFor(*models));
    QTEST(models->error()->kind, "kind");
    QCOMPARE(models->error()->httpStatus, status);
    QCOMPARE(f.server.requests().size(), std::size_t(2));
}

void TestAnthropicRoutes::destroyedBetweenPages()
{
    Fixture f;
    f.server.enqueue(FakeResponse::json(200, R"({"data":[{"id":"a"}],"has_more":true,"last_id":"a"})"));
    f.server.enqueue(FakeResponse::silence());
    auto models = f.provider->listModels();
    int attempts = 0;
    connect(models.get(), &Reply::attemptStarted, this, [&] {
        if (++attempts == 2)
            models.reset();
    });
    QTRY_VERIFY(!models);
    QCOMPARE(f.server.requests().size(), std::size_t(1));
    models = f.provider->listModels();
    QTRY_COMPARE(f.server.requests().size(), std::size_t(2));
    models->cancel();
    QCOMPARE(models->error()->kind, Kind::Cancelled);
    QTRY_COMPARE(f.server.openConnections(), 0);
}

void TestAnthropicRoutes::pagesAreFollowed()
{
    Fixture f;
    f.server.enqueue(FakeResponse::json(200, R"({"data":[{"id":"a"},{"id":"b&c"}],"has_more":true,"last_id":"b&c"})"));
    f.server.enqueue(FakeResponse::json(200, R"({"data":[{"id":"d"}],"has_more":false,"last_id":"d"})"));
    const auto models = f.provider->listModels();
    QVERIFY(waitFor(*models));
    QCOMPARE(problem(*models), QByteArray());
    QCOMPARE(f.server.requests().size(), std::size_t(2));
    QCOMPARE(f.line(), QByteArray("GET /v1/models?limit=1000&after_id=b%26c"));
    QCOMPARE(models->response().size(), std::size_t(3));
    QCOMPARE(models->response().back().id, QStringLiteral("d"));
}

void TestAnthropicRoutes::target_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("call");
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const char *path, const char *call, const char *line) {
        QTest::addRow("%s %s", path, call)
            << QString::fromLatin1(path) << QString::fromLatin1(call) << QByteArray(line);
    };
    row("", "chat", "POST /v1/messages");
    row("/v1", "chat", "POST /v1/messages");
    row("/v1/", "chat", "POST /v1/messages");
    row("/proxy/anthropic", "chat", "POST /proxy/anthropic/v1/messages");
    row("/proxy/v1", "list", "GET /proxy/v1/models?limit=1000");
    row("", "list", "GET /v1/models?limit=1000");
    row("", "info", "GET /v1/models/a%2Fb%26c");
    row("/v1", "info", "GET /v1/models/a%2Fb%26c");
}

void TestAnthropicRoutes::target()
{
    QFETCH(const QString, path);
    QFETCH(const QString, call);
    Fixture f(path);
    std::unique_ptr<Reply> reply;
    if (call == QLatin1String("info"))
        reply = f.provider->info(QStringLiteral("a/b&c"));
    else if (call == QLatin1String("list"))
        reply = f.provider->listModels();
    else
        reply = f.provider->chat({});
    QVERIFY(waitFor(*reply));
    QTEST(f.line(), "line");
}

void TestAnthropicRoutes::headers_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("usual") << QString() << QByteArray("2023-06-01");
    QTest::newRow("of the endpoint") << QStringLiteral("2027-01-01") << QByteArray("2027-01-01");
}

void TestAnthropicRoutes::headers()
{
    QFETCH(const QString, version);
    Fixture f({}, version);
    for (const bool isChat : {true, false}) {
        std::unique_ptr<Reply> reply;
        if (isChat)
            reply = f.provider->chat({.model = QStringLiteral("m")});
        else
            reply = f.provider->listModels();
        QVERIFY(waitFor(*reply));
        const FakeRequest &request = f.server.requests().back();
        QTEST(request.header("anthropic-version"), "header");
        QCOMPARE(request.header("x-api-key"), QByteArray("key-1"));
        QVERIFY(request.header("authorization").isEmpty());
        QVERIFY(request.header("api-key").isEmpty());
        QVERIFY(!request.target.contains("api-version"));
    }
}

void TestAnthropicRoutes::previewIsWhatIsSent()
{
    Fixture f;
    const ChatRequest request {
        .model = QStringLiteral("m"), .messages = {Message::fromText(Role::User, QStringLiteral("Hi"))}};
    const Result<WirePreview> preview = f.provider->preview(request);
    QVERIFY(preview.has_value());
    const auto reply = f.provider->chat(request);
    QVERIFY(waitFor(*reply));
    QCOMPARE(preview->body, f.server.requests().back().body);
    QCOMPARE(preview->changeLog, reply->changeLog());
    QCOMPARE(headerValue(preview->headers, "x-api-key"), QByteArray("***"));
}

void TestAnthropicRoutes::descriptor()
{
    const ProviderDescriptor *descriptor = findDescriptor(providerDescriptors(), QStringLiteral("anthropic"));
    QVERIFY(descriptor);
    const Endpoint endpoint = nativeEndpoint(*descriptor);
    QCOMPARE(endpoint.auth, Endpoint::Auth::ApiKey);
    QCOMPARE(endpoint.baseUrl, QUrl(QStringLiteral("https://api.anthropic.com")));
    QCOMPARE(descriptor->keyHeader, QByteArray("x-api-key"));
    QVERIFY(!descriptor->extras.empty());
}

QTEST_GUILESS_MAIN(TestAnthropicRoutes)
#include "tst_anthropicroutes.moc"
