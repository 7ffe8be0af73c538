// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../replywatch.h"
#include "fakeserver.h"

#include "api/provider.h"
#include "net/httpclient.h"
#include "providers/registry.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;
using test::problem;
using test::waitFor;
using Kind = Error::Kind;

namespace {

QByteArray line(const char *json)
{
    return QByteArray(json) + '\n';
}

FakeResponse lines(const std::vector<QByteArray> &pieces)
{
    return FakeResponse::chunked("application/x-ndjson", pieces);
}

/// A scripted server and Ollama's provider in front of it.
struct Fixture {
    explicit Fixture(const QString &path = {})
    {
        endpoint.kind = Endpoint::Kind::Native;
        endpoint.native = QStringLiteral("ollama");
        endpoint.baseUrl = server.url(path);
        endpoint.credential = Secret("key-1");
        endpoint.connection.retry.maxRetries = 0;
        provider = makeProvider(endpoint, client);
    }
    [[nodiscard]] QJsonObject body() const { return QJsonDocument::fromJson(server.requests().back().body).object(); }

    FakeServer server;
    HttpClient client;
    Endpoint endpoint;
    std::unique_ptr<Provider> provider;
};

} // namespace

/// Ollama's routes, headers and what it does with its models.
class TestOllamaRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pullFails_data();
    void pullFails();
    void pullCancelled();
    void pullDestroyedInsideItsSlot();
    void removeFails();
    void runningFails();
    void infoFails_data();
    void infoFails();
    void namesAreNeeded();
    void refusalsNameTheParameter_data();
    void refusalsNameTheParameter();
    void target_data();
    void target();
    void headers();
    void pulls();
    void removes();
    void running();
    void publicServiceKeepsItsModels();
    void previewIsWhatIsSent();
};

void TestOllamaRoutes::pullFails_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("told");
    const QByteArray begin = line(R"({"status":"pulling manifest"})");
    QTest::newRow("no such model") << 200 << begin + line(R"({"error":"pull model manifest: file does not exist"})")
                                   << Kind::NotFound << 1;
    QTest::newRow("registry failed") << 200 << begin + line(R"({"error":"max retries exceeded: EOF"})")
                                     << Kind::Provider << 1;
    QTest::newRow("ended early") << 200 << begin << Kind::Protocol << 1;
    QTest::newRow("not JSON") << 200 << line("pulling") << Kind::Protocol << 0;
    QTest::newRow("status 400") << 400 << line(R"({"error":"invalid model name"})") << Kind::InvalidRequest << 0;
    QTest::newRow("status 500") << 500 << line(R"({"error":"disk full"})") << Kind::Provider << 0;
    QTest::newRow("no such route") << 404 << QByteArray("404 page not found") << Kind::NotFound << 0;
}

void TestOllamaRoutes::pullFails()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, text);
    Fixture f;
    f.server.enqueue(FakeResponse::text(status, "application/x-ndjson", text));
    const auto reply = f.provider->modelManager()->pull(QStringLiteral("m"));
    QSignalSpy progress(reply.get(), &PullReply::progressChanged);
    QSignalSpy finished(reply.get(), &Reply::finished);
    QVERIFY(waitFor(*reply));
    QVERIFY(reply->error());
    QTEST(reply->error()->kind, "kind");
    QVERIFY(!reply->error()->message.isEmpty());
    QCOMPARE(reply->error()->httpStatus, status);
    QTEST(static_cast<int>(progress.count()), "told");
    QCOMPARE(finished.count(), 1);
}

void TestOllamaRoutes::pullCancelled()
{
    Fixture f;
    f.server.enqueue(lines({line(R"({"status":"pulling abc","total":100,"completed":1})")}).thenStall());
    const auto reply = f.provider->modelManager()->pull(QStringLiteral("m"));
    QTRY_COMPARE(reply->progress().completed, 1);
    QSignalSpy left(&f.server, &FakeServer::clientLeft);
    reply->cancel();
    QCOMPARE(reply->error()->kind, Kind::Cancelled);
    QVERIFY(left.count() > 0 || left.wait());
    QCOMPARE(reply->progress().total, 100);
}

void TestOllamaRoutes::pullDestroyedInsideItsSlot()
{
    Fixture f;
    f.server.enqueue(lines({line(R"({"status":"a"})") + line(R"({"status":"b"})") + line(R"({"status":"success"})")}));
    auto reply = f.provider->modelManager()->pull(QStringLiteral("m"));
    int told = 0;
    connect(reply.get(), &PullReply::progressChanged, this, [&] {
        ++told;
        reply.reset();
    });
    QTRY_COMPARE(told, 1);
    QTRY_COMPARE(f.server.openConnections(), 0);
    QCOMPARE(told, 1);
}

void TestOllamaRoutes::removeFails()
{
    Fixture f;
    f.server.enqueue(FakeResponse::json(404, R"({"error":"model 'm' not found"})"));
    f.server.enqueue(FakeResponse::json(200, R"({"error":"file is in use"})"));
    const auto reply = f.provider->modelManager()->remove(QStringLiteral("m"));
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Kind::NotFound);
    const auto second = f.provider->modelManager()->remove(QStringLiteral("m"));
    QVERIFY(waitFor(*second));
    QCOMPARE(second->error()->kind, Kind::Provider);
}

void TestOllamaRoutes::runningFails()
{
    Fixture f;
    f.server.enqueue(FakeResponse::json(200, R"({"models":{}})"));
    const auto reply = f.provider->modelManager()->running();
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Kind::Protocol);
    QCOMPARE(reply->error()->parameter, QStringLiteral("models"));
}

void TestOllamaRoutes::infoFails_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("no such model") << QByteArray(R"({"error":"model 'm' not found"})") << Kind::NotFound;
    QTest::newRow("no such route") << QByteArray("404 page not found") << Kind::Unsupported;
    QTest::newRow("no such route, in JSON") << QByteArray(R"({"error":{"message":"Not found"}})") << Kind::Unsupported;
}

void TestOllamaRoutes::infoFails()
{
    QFETCH(const QByteArray, text);
    Fixture f;
    f.server.enqueue(FakeResponse::text(404, "text/plain", text));
    const auto reply = f.provider->info(QStringLiteral("m"));
    QVERIFY(waitFor(*reply));
    QTEST(reply->error()->kind, "kind");
}

void TestOllamaRoutes::namesAreNeeded()
{
    Fixture f;
    const auto info = f.provider->info({});
    const auto pull = f.provider->modelManager()->pull({});
    const auto remove = f.provider->modelManager()->remove({});
    QVERIFY(!info->isFinished() && !pull->isFinished() && !remove->isFinished());
    QVERIFY(waitFor(*info) && waitFor(*pull) && waitFor(*remove));
    QCOMPARE(info->error()->kind, Kind::Unsupported);
    QCOMPARE(pull->error()->kind, Kind::InvalidRequest);
    QCOMPARE(remove->error()->parameter, QStringLiteral("model"));
    QVERIFY(f.server.requests().empty());
}

void TestOllamaRoutes::refusalsNameTheParameter_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("ability");
    QTest::addColumn<QString>("parameter");
    for (const int status : {200, 400}) {
        QTest::addRow("tools %d", status) << status << QByteArray("tools") << QStringLiteral("tools");
        QTest::addRow("thinking %d", status) << status << QByteArray("thinking") << QStringLiteral("reasoning_effort");
        QTest::addRow("chat %d", status) << status << QByteArray("chat") << QString();
    }
}

void TestOllamaRoutes::refusalsNameTheParameter()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, ability);
    Fixture f;
    f.server.enqueue(FakeResponse::text(
        status, "application/x-ndjson", R"({"error":"library/m:latest does not support )" + ability + "\"}\n"));
    const auto reply = f.provider->chat({});
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Kind::Unsupported);
    QTEST(reply->error()->parameter, "parameter");
}

void TestOllamaRoutes::target_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("call");
    QTest::addColumn<QByteArray>("target");
    const auto row = [](const char *base, const char *call, const char *target) {
        QTest::addRow("%s %s", base, call)
            << QString::fromLatin1(base) << QString::fromLatin1(call) << QByteArray(target);
    };
    row("", "chat", "POST /api/chat");
    row("/", "chat", "POST /api/chat");
    row("/api", "chat", "POST /api/chat");
    row("/api/", "chat", "POST /api/chat");
    row("/proxy/ollama", "chat", "POST /proxy/ollama/api/chat");
    row("/myapi", "chat", "POST /myapi/api/chat");
    row("", "complete", "POST /api/generate");
    row("", "embed", "POST /api/embed");
    row("/api", "list", "GET /api/tags");
    row("", "info", "POST /api/show");
    row("", "pull", "POST /api/pull");
    row("/api", "remove", "DELETE /api/delete");
    row("", "running", "GET /api/ps");
}

void TestOllamaRoutes::target()
{
    QFETCH(const QString, base);
    QFETCH(const QString, call);
    Fixture f(base);
    std::unique_ptr<Reply> reply;
    if (call == QLatin1String("chat"))
        reply = f.provider->chat({});
    else if (call == QLatin1String("complete"))
        reply = f.provider->complete({});
    else if (call == QLatin1String("embed"))
        reply = f.provider->embed({});
    else if (call == QLatin1String("list"))
        reply = f.provider->listModels();
    else if (call == QLatin1String("info"))
        reply = f.provider->info(QStringLiteral("m"));
    else if (call == QLatin1String("pull"))
        reply = f.provider->modelManager()->pull(QStringLiteral("m"));
    else if (call == QLatin1String("remove"))
        reply = f.provider->modelManager()->remove(QStringLiteral("m"));
    else
        reply = f.provider->modelManager()->running();
    QVERIFY(waitFor(*reply));
    QCOMPARE(f.server.requests().size(), std::size_t(1));
    QTEST(QByteArray(f.server.requests().front().method + ' ' + f.server.requests().front().target), "target");
}

void TestOllamaRoutes::headers()
{
    Fixture f;
    const auto streamed = f.provider->chat({});
    QVERIFY(waitFor(*streamed));
    const auto whole = f.provider->chat({.stream = false});
    QVERIFY(waitFor(*whole));
    const auto &requests = f.server.requests();
    QVERIFY(requests[0].header("accept").startsWith("application/x-ndjson"));
    QCOMPARE(requests[1].header("accept"), QByteArray("application/json"));
    QCOMPARE(requests[0].header("authorization"), QByteArray("Bearer key-1"));
    QCOMPARE(requests[0].header("api-key"), QByteArray());
    QCOMPARE(f.body().value(u"stream"), QJsonValue(false));
}

void TestOllamaRoutes::pulls()
{
    Fixture f;
    f.server.enqueue(lines({line(R"({"status":"pulling manifest"})"),
        line(R"({"status":"pulling abc","digest":"sha256:abc","total":100})"),
        line(R"({"status":"pulling abc","digest":"sha256:abc","total":100,"completed":60})"),
        line(R"({"status":"verifying sha256 digest"})"), line(R"({"status":"success"})")}));
    const auto reply = f.provider->modelManager()->pull(QStringLiteral("llama3.2"));
    std::vector<PullProgress> told;
    connect(reply.get(), &PullReply::progressChanged, this,
        [&told](const PullProgress &progress) { told.push_back(progress); });
    QVERIFY(!reply->isFinished());
    QVERIFY(waitFor(*reply));
    QCOMPARE(problem(*reply), QByteArray());
    QCOMPARE(told.size(), std::size_t(5));
    QVERIFY(!told[0].total);
    QCOMPARE(told[1].completed, 0);
    QCOMPARE(told[2], (PullProgress {.status = QStringLiteral("pulling abc"), .completed = 60, .total = 100}));
    QCOMPARE(reply->progress().status, QStringLiteral("success"));
    QCOMPARE(f.body(), (QJsonObject {{QStringLiteral("model"), QStringLiteral("llama3.2")}}));
}

void TestOllamaRoutes::removes()
{
    Fixture f;
    f.server.enqueue(FakeResponse::text(200, "text/plain", {}));
    const auto reply = f.provider->modelManager()->remove(QStringLiteral("llama3.2"));
    QVERIFY(waitFor(*reply));
    QCOMPARE(problem(*reply), QByteArray());
    QCOMPARE(reply->response(), QStringLiteral("llama3.2"));
    QCOMPARE(f.body(), (QJsonObject {{QStringLiteral("model"), QStringLiteral("llama3.2")}}));
}

void TestOllamaRoutes::running()
{
    Fixture f;
    f.server.enqueue(FakeResponse::json(
        200, R"({"models":[{"model":"m","size":7,"size_vram":5,"expires_at":"2024-06-04T14:38:31.83753-07:00"}]})"));
    const auto reply = f.provider->modelManager()->running();
    QVERIFY(waitFor(*reply));
    QCOMPARE(problem(*reply), QByteArray());
    QCOMPARE(reply->response().front().videoMemory, 5);
    QCOMPARE(reply->response().front().expiresAt.toString(Qt::ISODate), QStringLiteral("2024-06-04T21:38:31Z"));
}

void TestOllamaRoutes::publicServiceKeepsItsModels()
{
    HttpClient client;
    Endpoint endpoint;
    endpoint.kind = Endpoint::Kind::Native;
    endpoint.native = QStringLiteral("ollama");
    endpoint.baseUrl = QUrl(QStringLiteral("https://ollama.com"));
    QVERIFY(!makeProvider(endpoint, client)->modelManager());
}

void TestOllamaRoutes::previewIsWhatIsSent()
{
    Fixture f;
    const ChatRequest request {
        .messages = {Message::fromText(Role::User, QStringLiteral("Hi"))}, .sampling = {.maxTokens = 5}};
    const Result<WirePreview> preview = f.provider->preview(request);
    QVERIFY(preview.has_value());
    const auto reply = f.provider->chat(request);
    QVERIFY(waitFor(*reply));
    QCOMPARE(preview->body, f.server.requests().front().body);
    QCOMPARE(preview->url.path(), QStringLiteral("/api/chat"));
    QCOMPARE(preview->changeLog, reply->changeLog());
}

QTEST_GUILESS_MAIN(TestOllamaRoutes)
#include "tst_ollamaroutes.moc"
