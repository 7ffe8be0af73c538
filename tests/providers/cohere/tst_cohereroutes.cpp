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
    explicit Fixture(const QString &path = {})
    {
        endpoint.kind = Endpoint::Kind::Native;
        endpoint.native = QStringLiteral("cohere");
        endpoint.baseUrl = server.url(path);
        endpoint.credential = Secret("key-1");
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

/// Which route a call takes, and what stands in its head.
class TestCohereRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noRoute_data();
    void noRoute();
    void badStatus_data();
    void badStatus();
    void nothingCountsAfterTheEnd_data();
    void nothingCountsAfterTheEnd();
    void textBesideAnErrorIsKept_data();
    void textBesideAnErrorIsKept();
    void pagesAreFollowed();
    void target_data();
    void target();
    void headers();
    void previewIsWhatIsSent();
    void descriptor();
};

void TestCohereRoutes::noRoute_data()
{
    QTest::addColumn<QString>("call");
    for (const char *call : {"complete", "info without a name"})
        QTest::newRow(call) << QString::fromLatin1(call);
}

void TestCohereRoutes::noRoute()
{
    QFETCH(const QString, call);
    Fixture f;
    std::unique_ptr<Reply> reply;
    if (call == QLatin1String("complete"))
        reply = f.provider->complete({.prompt = QStringLiteral("Once")});
    else
        reply = f.provider->info({});
    QVERIFY(!reply->isFinished());
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Kind::Unsupported);
    QVERIFY(!reply->error()->message.isEmpty());
    QVERIFY(f.server.requests().empty());
    QCOMPARE(f.provider->preview(CompletionRequest {}).error().kind, Kind::Unsupported);
}

void TestCohereRoutes::badStatus_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Kind>("kind");
    const auto row = [](int status, Kind kind) { QTest::addRow("%d", status) << status << kind; };
    row(400, Kind::InvalidRequest);
    row(401, Kind::Authentication);
    row(403, Kind::Authentication);
    row(404, Kind::NotFound);
    row(422, Kind::InvalidRequest);
    row(429, Kind::RateLimited);
    row(498, Kind::ContentFilter);
    row(499, Kind::Provider);
    row(500, Kind::Provider);
    row(501, Kind::Unsupported);
    row(503, Kind::Provider);
    row(504, Kind::Provider);
}

void TestCohereRoutes::badStatus()
{
    QFETCH(const int, status);
    Fixture f;
    f.server.enqueue(FakeResponse::json(status, R"({"id":"r-1","message":"No."})"));
    const auto reply = f.provider->chat({.model = QStringLiteral("m")});
    QVERIFY(waitFor(*reply));
    QTEST(reply->error()->kind, "kind");
    QCOMPARE(reply->error()->httpStatus, status);
    QCOMPARE(reply->error()->message, QStringLiteral("No."));
}

void TestCohereRoutes::nothingCountsAfterTheEnd_data()
{
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("the connection stays open") << QByteArray("stall");
    QTest::newRow("the connection is closed") << QByteArray("close");
    QTest::newRow("something is not JSON") << QByteArray("{");
}

void TestCohereRoutes::nothingCountsAfterTheEnd()
{
    QFETCH(const QByteArray, after);
    std::vector<QByteArray> events {
        R"({"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"Hi"}}}})",
        R"({"type":"message-end","delta":{"finish_reason":"COMPLETE"}})"};
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

void TestCohereRoutes::textBesideAnErrorIsKept_data()
{
    QTest::addColumn<bool>("isStream");
    QTest::newRow("one body") << false;
    QTest::newRow("stream") << true;
}

void TestCohereRoutes::textBesideAnErrorIsKept()
{
    QFETCH(const bool, isStream);
    Fixture f;
    f.server.enqueue(FakeResponse::json(200,
        R"({"id":"c1","finish_reason":"ERROR","message":{"content":[{"type":"text","text":"So far"}]},)"
        R"("usage":{"tokens":{"input_tokens":3,"output_tokens":2}}})"));
    const auto reply = f.provider->chat({.model = QStringLiteral("m"),
        .messages = {Message::fromText(Role::User, QStringLiteral("Hi"))},
        .stream = isStream});
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Kind::Provider);
    QCOMPARE(reply->response().text(), QStringLiteral("So far"));
    QCOMPARE(reply->response().id, QStringLiteral("c1"));
    QCOMPARE(reply->response().usage->promptTokens, qint64(3));
}

void TestCohereRoutes::pagesAreFollowed()
{
    Fixture f;
    f.server.enqueue(FakeResponse::json(200, R"({"models":[{"name":"a"},{"name":"b&c"}],"next_page_token":"t&1"})"));
    f.server.enqueue(FakeResponse::json(200, R"({"models":[{"name":"d"}],"next_page_token":""})"));
    const auto models = f.provider->listModels();
    QVERIFY(waitFor(*models));
    QCOMPARE(problem(*models), QByteArray());
    QCOMPARE(f.server.requests().size(), std::size_t(2));
    QCOMPARE(f.line(), QByteArray("GET /v1/models?page_size=1000&page_token=t%261"));
    QCOMPARE(models->response().size(), std::size_t(3));
    QCOMPARE(models->response().back().id, QStringLiteral("d"));
}

void TestCohereRoutes::target_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("call");
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const char *path, const char *call, const char *line) {
        QTest::addRow("%s %s", path, call)
            << QString::fromLatin1(path) << QString::fromLatin1(call) << QByteArray(line);
    };
    row("", "chat", "POST /v2/chat");
    row("/v1", "chat", "POST /v2/chat");
    row("/v2/", "chat", "POST /v2/chat");
    row("/proxy/cohere", "chat", "POST /proxy/cohere/v2/chat");
    row("/v2", "embed", "POST /v2/embed");
    row("/proxy/v1", "images", "POST /proxy/v2/embed");
    row("/v2", "list", "GET /v1/models?page_size=1000");
    row("", "info", "GET /v1/models/a%2Fb%26c");
}

void TestCohereRoutes::target()
{
    QFETCH(const QString, path);
    QFETCH(const QString, call);
    Fixture f(path);
    std::unique_ptr<Reply> reply;
    if (call == QLatin1String("info"))
        reply = f.provider->info(QStringLiteral("a/b&c"));
    else if (call == QLatin1String("list"))
        reply = f.provider->listModels();
    else if (call == QLatin1String("embed"))
        reply = f.provider->embed({});
    else if (call == QLatin1String("images"))
        reply = f.provider->embedImages({});
    else
        reply = f.provider->chat({});
    QVERIFY(waitFor(*reply));
    QTEST(f.line(), "line");
}

void TestCohereRoutes::headers()
{
    Fixture f;
    const auto reply = f.provider->chat({.model = QStringLiteral("m")});
    QVERIFY(waitFor(*reply));
    QCOMPARE(f.server.requests().back().header("authorization"), QByteArray("Bearer key-1"));
    QVERIFY(f.server.requests().back().header("api-key").isEmpty());
}

void TestCohereRoutes::previewIsWhatIsSent()
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
    QCOMPARE(headerValue(preview->headers, "authorization"), QByteArray("***"));
}

void TestCohereRoutes::descriptor()
{
    const ProviderDescriptor *descriptor = findDescriptor(providerDescriptors(), QStringLiteral("cohere"));
    QVERIFY(descriptor);
    const Endpoint endpoint = nativeEndpoint(*descriptor);
    QCOMPARE(endpoint.auth, Endpoint::Auth::Bearer);
    QCOMPARE(endpoint.baseUrl, QUrl(QStringLiteral("https://api.cohere.com")));
    QVERIFY(!descriptor->extras.empty());
}

QTEST_GUILESS_MAIN(TestCohereRoutes)
#include "tst_cohereroutes.moc"
