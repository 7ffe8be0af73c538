// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "replywatch.h"

#include "api/provider.h"
#include "net/httpclient.h"
#include "providers/registry.h"

#include <QSignalSpy>
#include <QTest>

using namespace diptych;
using test::waitFor;
using EndpointKind = Endpoint::Kind;

/// Which route a call takes on which kind of endpoint.
class TestRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void target_data();
    void target();
    void openAiInfoWithoutRouteIsUnsupported_data();
    void openAiInfoWithoutRouteIsUnsupported();
    void openAiInfoNeedsAName();
    void openAiInfoFromTheList_data();
    void openAiInfoFromTheList();
    void listFallsBack_data();
    void listFallsBack();
    void listFallbackIsCancelledAndDestroyed();
    void deploymentHeaderOfManagedEndpoints();
    void visionEmbeddingsOfVllm();
    void ownListOfLmStudio();
    void completionsOfMistral();
    void modelTypeSpellings_data();
    void modelTypeSpellings();
};

void TestRoutes::target_data()
{
    QTest::addColumn<EndpointKind>("kind");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("call");
    QTest::addColumn<QByteArray>("target");
    const auto row = [](EndpointKind kind, const char *version, const char *call, const char *target) {
        QTest::addRow("%d %s %s", static_cast<int>(kind), version, call)
            << kind << QString::fromLatin1(version) << QString::fromLatin1(call) << QByteArray(target);
    };
    row(EndpointKind::AzureFoundry, "2024-05-01-preview", "info", "GET /base/info?api-version=2024-05-01-preview");
    row(EndpointKind::AzureFoundry, "2025-04-01", "info", "GET /base/info?api-version=2025-04-01&model=a%26b");
    row(EndpointKind::AzureServerless, "2025-04-01", "info", "GET /base/info?api-version=2025-04-01");
    row(EndpointKind::AzureFoundry, "v", "list", "GET /base/info?api-version=v");
    row(EndpointKind::BuiltIn, "", "list", "GET /v1/models");
    row(EndpointKind::AzureServerless, "v", "list", "GET /base/info?api-version=v");
    row(EndpointKind::AzureServerless, "v", "chat", "POST /base/chat/completions?api-version=v");
    row(EndpointKind::AzureManaged, "v", "chat", "POST /base/chat/completions?api-version=v");
    row(EndpointKind::AzureManaged, "v", "info", "GET /base/info?api-version=v");
    row(EndpointKind::AzureFoundry, "v", "images", "POST /base/images/embeddings?api-version=v");
    row(EndpointKind::GitHubModels, "", "chat", "POST /base/chat/completions");
    row(EndpointKind::GitHubModels, "", "embed", "POST /base/embeddings");
    row(EndpointKind::GitHubModels, "", "list", "GET /catalog/models");
    row(EndpointKind::AzureOpenAiV1, "preview", "embed", "POST /base/embeddings?api-version=preview");
    row(EndpointKind::AzureOpenAiV1, "", "list", "GET /base/models");
    row(EndpointKind::AzureOpenAiDeployment, "2024-10-21", "embed", "POST /base/embeddings?api-version=2024-10-21");
    row(EndpointKind::AzureOpenAiDeployment, "2024-10-21", "complete", "POST /base/completions?api-version=2024-10-21");
    row(EndpointKind::AzureCompatible, "v", "chat", "POST /base/chat/completions?api-version=v");
    row(EndpointKind::AzureCompatible, "v", "complete", "POST /base/completions?api-version=v");
    row(EndpointKind::AzureCompatible, "v", "embed", "POST /base/embeddings?api-version=v");
    row(EndpointKind::AzureCompatible, "v", "images", "POST /base/images/embeddings?api-version=v");
    row(EndpointKind::OpenAiCompatible, "", "info", "GET /base/models/a%26b");
    row(EndpointKind::OpenAiCompatible, "", "list", "GET /base/models");
    row(EndpointKind::OpenAiCompatible, "", "chat", "POST /base/chat/completions");
    row(EndpointKind::OpenAiCompatible, "", "complete", "POST /base/completions");
    row(EndpointKind::OpenAiCompatible, "", "embed", "POST /base/embeddings");
    row(EndpointKind::AzureOpenAiV1, "", "chat", "POST /base/chat/completions");
    row(EndpointKind::AzureOpenAiDeployment, "2024-10-21", "chat",
        "POST /base/chat/completions?api-version=2024-10-21");
}

void TestRoutes::target()
{
    QFETCH(const EndpointKind, kind);
    QFETCH(const QString, version);
    QFETCH(const QString, call);
    FakeServer server;
    HttpClient client;
    Endpoint endpoint;
    endpoint.kind = kind;
    endpoint.baseUrl = server.url(QStringLiteral("/base"));
    endpoint.apiVersion = version;
    const auto provider = makeProvider(endpoint, client);
    std::unique_ptr<Reply> reply;
    if (call == QLatin1String("info"))
        reply = provider->info(QStringLiteral("a&b"));
    else if (call == QLatin1String("list"))
        reply = provider->listModels();
    else if (call == QLatin1String("chat"))
        reply = provider->chat({});
    else if (call == QLatin1String("complete"))
        reply = provider->complete({});
    else if (call == QLatin1String("embed"))
        reply = provider->embed({});
    else
        reply = provider->embedImages({});
    QVERIFY(waitFor(*reply));
    QVERIFY(!server.requests().empty());
    QTEST(QByteArray(server.requests().front().method + ' ' + server.requests().front().target), "target");
}

void TestRoutes::openAiInfoWithoutRouteIsUnsupported_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("404") << 404 << Error::Kind::Unsupported;
    QTest::newRow("405") << 405 << Error::Kind::Unsupported;
    QTest::newRow("401") << 401 << Error::Kind::Authentication;
}

void TestRoutes::openAiInfoWithoutRouteIsUnsupported()
{
    QFETCH(const int, status);
    FakeServer server;
    server.enqueue(FakeResponse::json(status, "{}"));
    HttpClient client;
    Endpoint endpoint;
    endpoint.baseUrl = server.url();
    const auto reply = makeProvider(endpoint, client)->info(QStringLiteral("m"));
    QVERIFY(waitFor(*reply));
    QTEST(reply->error()->kind, "kind");
}

void TestRoutes::openAiInfoNeedsAName()
{
    FakeServer server;
    HttpClient client;
    Endpoint endpoint;
    endpoint.baseUrl = server.url();
    const auto reply = makeProvider(endpoint, client)->info({});
    QVERIFY(!reply->isFinished());
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Error::Kind::Unsupported);
    QVERIFY(server.requests().empty());
}

void TestRoutes::openAiInfoFromTheList_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QString>("name");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("not named") << QByteArray(R"({"data":[{"id":"a"},{"id":"b"}]})") << QString()
                               << Error::Kind::NotFound;
    QTest::newRow("not a list") << QByteArray("{}") << QString() << Error::Kind::Protocol;
    QTest::newRow("named") << QByteArray(R"({"data":[{"id":"a"},{"id":"m"}]})") << QStringLiteral("m") << Error::Kind();
    QTest::newRow("the only one") << QByteArray(R"({"data":[{"id":"a"}]})") << QStringLiteral("a") << Error::Kind();
}

void TestRoutes::openAiInfoFromTheList()
{
    QFETCH(const QByteArray, list);
    QFETCH(const QString, name);
    FakeServer server;
    server.enqueue(FakeResponse::json(404, "{}"));
    server.enqueue(FakeResponse::json(200, list));
    HttpClient client;
    Endpoint endpoint;
    endpoint.baseUrl = server.url();
    const auto reply = makeProvider(endpoint, client)->info(QStringLiteral("m"));
    QVERIFY(waitFor(*reply));
    QCOMPARE(server.requests().back().target, QByteArray("/models"));
    QCOMPARE(reply->error().has_value(), name.isEmpty());
    QCOMPARE(reply->response().name, name);
    if (reply->error())
        QTEST(reply->error()->kind, "kind");
}

void TestRoutes::listFallsBack_data()
{
    QTest::addColumn<EndpointKind>("kind");
    QTest::addColumn<QList<int>>("statuses");
    QTest::addColumn<QString>("defaultModel");
    QTest::addColumn<QStringList>("models");
    QTest::addColumn<QByteArray>("last");
    const QByteArray foundry = "/openai/v1/models";
    const QByteArray compatible = "/base/models?api-version=v";
    const QByteArray info = "/base/info?api-version=v";
    const QString d = QStringLiteral("d");
    const QStringList one {QStringLiteral("m")};
    QTest::newRow("both fail") << EndpointKind::AzureFoundry << QList<int> {404, 404} << QString() << QStringList()
                               << foundry;
    QTest::newRow("wrong key") << EndpointKind::AzureFoundry << QList<int> {401} << d << QStringList() << info;
    QTest::newRow("wrong key for the second")
        << EndpointKind::AzureFoundry << QList<int> {404, 401} << d << QStringList() << foundry;
    QTest::newRow("foundry") << EndpointKind::AzureFoundry << QList<int> {404, 200} << d << one << foundry;
    QTest::newRow("compatible 405") << EndpointKind::AzureCompatible << QList<int> {405, 200} << QString() << one
                                    << compatible;
    QTest::newRow("compatible 410") << EndpointKind::AzureCompatible << QList<int> {410, 404} << d << QStringList {d}
                                    << compatible;
    QTest::newRow("managed container") << EndpointKind::AzureManaged << QList<int> {424} << d << QStringList {d}
                                       << info;
    QTest::newRow("serverless") << EndpointKind::AzureServerless << QList<int> {404} << QString() << QStringList()
                                << info;
}

void TestRoutes::listFallsBack()
{
    QFETCH(const EndpointKind, kind);
    QFETCH(const QList<int>, statuses);
    QFETCH(const QString, defaultModel);
    QFETCH(const QStringList, models);
    FakeServer server;
    for (const int status : statuses)
        server.enqueue(
            FakeResponse::json(status, status == 200 ? R"({"data":[{"id":"m"}]})" : R"({"detail":"Not Found"})"));
    HttpClient client;
    Endpoint endpoint;
    endpoint.kind = kind;
    endpoint.baseUrl = server.url(QStringLiteral("/base"));
    endpoint.apiVersion = QStringLiteral("v");
    endpoint.defaultModel = defaultModel;
    auto provider = makeProvider(endpoint, client);
    const auto reply = provider->listModels();
    provider.reset();
    QSignalSpy finished(reply.get(), &Reply::finished);
    QVERIFY(waitFor(*reply));
    QCOMPARE(finished.count(), 1);
    QTEST(QByteArray(server.requests().back().target), "last");
    QCOMPARE(server.requests().size(), static_cast<std::size_t>(statuses.size()));
    QCOMPARE(reply->earlierAttempts().size(), static_cast<std::size_t>(statuses.size() - 1));
    QCOMPARE(reply->error().has_value(), models.isEmpty());
    QStringList ids;
    for (const ModelDescription &model : reply->response())
        ids.append(model.id);
    QCOMPARE(ids, models);
    const bool isGuess = !models.isEmpty() && statuses.last() != 200;
    QCOMPARE(reply->changeLog().empty(), !isGuess);
}

void TestRoutes::listFallbackIsCancelledAndDestroyed()
{
    FakeServer server;
    HttpClient client;
    Endpoint endpoint;
    endpoint.kind = EndpointKind::AzureCompatible;
    endpoint.baseUrl = server.url();
    const auto provider = makeProvider(endpoint, client);
    for (const bool isDestroyed : {false, true}) {
        const std::size_t before = server.requests().size();
        server.enqueue(FakeResponse::json(404, "{}"));
        server.enqueue(FakeResponse::silence());
        auto reply = provider->listModels();
        QSignalSpy finished(reply.get(), &Reply::finished);
        QTRY_COMPARE(server.requests().size(), before + 2);
        if (isDestroyed) {
            reply.reset();
        } else {
            reply->cancel();
            QCOMPARE(reply->error()->kind, Error::Kind::Cancelled);
            QCOMPARE(reply->exchange().url.path(), QStringLiteral("/models"));
            QCOMPARE(finished.count(), 1);
        }
        QTRY_COMPARE(server.openConnections(), 0);
    }
}

void TestRoutes::deploymentHeaderOfManagedEndpoints()
{
    FakeServer server;
    HttpClient client;
    Endpoint endpoint;
    endpoint.kind = EndpointKind::AzureManaged;
    endpoint.baseUrl = server.url();
    endpoint.headers = {{"azureml-model-deployment", "blue"}};
    const auto reply = makeProvider(endpoint, client)->chat({.model = QStringLiteral("m")});
    QVERIFY(waitFor(*reply));
    QCOMPARE(server.requests().front().header("azureml-model-deployment"), QByteArray("blue"));
    QVERIFY(!server.requests().front().body.contains("model"));
}

void TestRoutes::visionEmbeddingsOfVllm()
{
    FakeServer server;
    server.enqueue(FakeResponse::json(200, R"({"data":[{"index":0,"embedding":[1,2]}]})"));
    HttpClient client;
    Endpoint endpoint;
    endpoint.baseUrl = server.url();
    endpoint.variant = QStringLiteral("vllm");
    const auto reply = makeProvider(endpoint, client)->embedImages({.input = {{.image = QStringLiteral("data:,x")}}});
    QVERIFY(waitFor(*reply));
    QCOMPARE(server.requests().front().target, QByteArray("/embeddings"));
    QCOMPARE(reply->response().dimensions, 2);
}

void TestRoutes::ownListOfLmStudio()
{
    FakeServer server;
    HttpClient client;
    Endpoint endpoint;
    endpoint.baseUrl = server.url(QStringLiteral("/v1"));
    endpoint.variant = QStringLiteral("lmstudio");
    server.enqueue(FakeResponse::json(200, R"({"data":[{"id":"m","type":"vlm","quantization":"Q4_K_M"}]})"));
    const auto own = makeProvider(endpoint, client)->listModels();
    QVERIFY(waitFor(*own));
    QCOMPARE(server.requests().back().target, QByteArray("/api/v0/models"));
    QCOMPARE(own->response().front().facts.quantization, QStringLiteral("Q4_K_M"));
    server.enqueue(FakeResponse::json(404, "{}"));
    server.enqueue(FakeResponse::json(200, R"({"data":[{"id":"m"}]})"));
    const auto common = makeProvider(endpoint, client)->listModels();
    QVERIFY(waitFor(*common));
    QCOMPARE(server.requests().back().target, QByteArray("/v1/models"));
    QCOMPARE(common->response().size(), std::size_t(1));
}

void TestRoutes::completionsOfMistral()
{
    FakeServer server;
    server.enqueue(FakeResponse::sse({R"({"choices":[{"index":0,"delta":{"role":"assistant","content":"re"}}]})",
        R"({"choices":[{"index":0,"delta":{"content":"turn"},"finish_reason":"stop"}]})", "[DONE]"}));
    HttpClient client;
    Endpoint endpoint;
    endpoint.baseUrl = server.url(QStringLiteral("/v1"));
    endpoint.variant = QStringLiteral("mistral");
    const auto reply = makeProvider(endpoint, client)->complete({.prompt = QStringLiteral("def f():")});
    QVERIFY(waitFor(*reply));
    QCOMPARE(server.requests().front().target, QByteArray("/v1/fim/completions"));
    QCOMPARE(reply->response().text(), QStringLiteral("return"));
}

void TestRoutes::modelTypeSpellings_data()
{
    QTest::addColumn<QString>("spelling");
    QTest::addColumn<int>("type");
    const auto row = [](const char *spelling, ModelType type) {
        QTest::newRow(spelling) << QString::fromLatin1(spelling) << static_cast<int>(type);
    };
    for (const char *name :
        {"chat-completion", "chat-completions", "chat_completion", "chat", "completion", "Chat Completions"})
        row(name, ModelType::Chat);
    for (const char *name : {"embeddings", "embedding", "text_embedding", "text-embeddings"})
        row(name, ModelType::TextEmbeddings);
    for (const char *name : {"image-embeddings", "image_embedding", "IMAGE embeddings"})
        row(name, ModelType::ImageEmbeddings);
    row("text-generation", ModelType::Completion);
    row("image_generation", ModelType::ImageGeneration);
    row("audio-generation", ModelType::AudioGeneration);
    row("hologram", ModelType::Unknown);
}

void TestRoutes::modelTypeSpellings()
{
    QFETCH(const QString, spelling);
    QFETCH(const int, type);
    FakeServer server;
    // Chunked, with a null where the provider would be.
    server.enqueue(FakeResponse::chunked("application/json",
        {R"({"model_name":"m","model_provider_name":null,"model_type":")" + spelling.toLatin1() + "\"}"}));
    HttpClient client;
    Endpoint endpoint;
    endpoint.kind = EndpointKind::AzureServerless;
    endpoint.baseUrl = server.url();
    const auto reply = makeProvider(endpoint, client)->info({});
    QVERIFY(waitFor(*reply));
    QCOMPARE(static_cast<int>(reply->response().type), type);
    QCOMPARE(reply->response().rawType, spelling);
}

QTEST_GUILESS_MAIN(TestRoutes)
#include "tst_routes.moc"
