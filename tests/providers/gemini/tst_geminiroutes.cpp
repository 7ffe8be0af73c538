// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../replywatch.h"
#include "fakeserver.h"

#include "api/providerdescriptor.h"
#include "net/httpclient.h"
#include "providers/gemini/geminiprovider.h"

#include <QTest>

using namespace diptych;
using test::waitFor;

/// Which route a call takes, and with which headers.
class TestGeminiRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void noModelSendsNothing();
    void missingModelOfInfo();
    void errorsOfAllShapes_data();
    void errorsOfAllShapes();
    void textBesideAnErrorIsKept();
    void target_data();
    void target();
    void listGoesOnToTheNextPage();
    void descriptorMakesAnEndpoint();

private:
    [[nodiscard]] std::unique_ptr<Reply> start(const QString &call);
    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<HttpClient> m_client;
    std::unique_ptr<gemini::GeminiProvider> m_provider;
};

void TestGeminiRoutes::init()
{
    m_provider.reset();
    m_server = std::make_unique<FakeServer>();
    m_client = std::make_unique<HttpClient>();
    Endpoint endpoint = nativeEndpoint(gemini::GeminiProvider::describe());
    endpoint.baseUrl = m_server->url(QStringLiteral("/v1beta"));
    endpoint.credential = Secret("key-1");
    endpoint.connection.retry.maxRetries = 0;
    m_provider = std::make_unique<gemini::GeminiProvider>(endpoint, *m_client);
}

std::unique_ptr<Reply> TestGeminiRoutes::start(const QString &call)
{
    const QString model = call.section(u' ', 1);
    const QString name = call.section(u' ', 0, 0);
    if (name == QLatin1String("info"))
        return m_provider->info(model);
    if (name == QLatin1String("list"))
        return m_provider->listModels();
    if (name == QLatin1String("embed"))
        return m_provider->embed({.model = model, .input = {QStringLiteral("a"), QStringLiteral("b")}});
    if (name == QLatin1String("embed-one"))
        return m_provider->embed({.model = model, .input = {QStringLiteral("a")}});
    if (name == QLatin1String("images"))
        return m_provider->embedImages(
            {.model = model, .input = {{.image = QStringLiteral("data:image/png;base64,AA==")}}});
    return m_provider->chat({.model = model, .stream = name == QLatin1String("stream")});
}

void TestGeminiRoutes::noModelSendsNothing()
{
    for (const char *call : {"chat", "stream", "embed", "images"}) {
        const auto reply = start(QString::fromLatin1(call));
        QVERIFY(waitFor(*reply));
        QCOMPARE(reply->error()->kind, Error::Kind::InvalidRequest);
        QCOMPARE(reply->error()->parameter, QStringLiteral("model"));
    }
    QVERIFY(m_server->requests().empty());
}

void TestGeminiRoutes::missingModelOfInfo()
{
    const auto reply = start(QStringLiteral("info"));
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Error::Kind::Unsupported);
    QVERIFY(m_server->requests().empty());
}

void TestGeminiRoutes::errorsOfAllShapes_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, int status, const char *body, Error::Kind kind, const char *message) {
        QTest::newRow(name) << status << QByteArray(body) << kind << QString::fromLatin1(message);
    };
    row("object", 400, R"({"error":{"code":400,"message":"Bad","status":"INVALID_ARGUMENT"}})",
        Error::Kind::InvalidRequest, "Bad");
    row("list", 404, R"([{"error":{"code":404,"message":"Gone","status":"NOT_FOUND"}}])", Error::Kind::NotFound,
        "Gone");
    row("bad key", 400,
        R"({"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}})",
        Error::Kind::Authentication, "API key not valid.");
    row("quota", 429, R"([{"error":{"code":429,"message":"Slow","status":"RESOURCE_EXHAUSTED"}}])",
        Error::Kind::RateLimited, "Slow");
    row("list in a good answer", 200, R"([{"error":{"code":503,"message":"Busy","status":"UNAVAILABLE"}}])",
        Error::Kind::Provider, "Busy");
}

void TestGeminiRoutes::errorsOfAllShapes()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    m_server->enqueue(FakeResponse::json(status, body));
    const auto reply = start(QStringLiteral("stream m"));
    QVERIFY(waitFor(*reply));
    QTEST(reply->error()->kind, "kind");
    QTEST(reply->error()->message, "message");
}

void TestGeminiRoutes::textBesideAnErrorIsKept()
{
    m_server->enqueue(FakeResponse::json(200,
        R"([{"candidates":[{"content":{"parts":[{"text":"So far"}]}}]},{"error":{"code":503,"message":"Busy"}}])"));
    const auto reply = m_provider->chat({.model = QStringLiteral("m")});
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Error::Kind::Provider);
    QCOMPARE(reply->response().text(), QStringLiteral("So far"));
}

void TestGeminiRoutes::target_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("call");
    QTest::addColumn<QByteArray>("target");
    const auto row = [](const char *base, const char *call, const char *target) {
        QTest::addRow("%s %s", base, call)
            << QString::fromLatin1(base) << QString::fromLatin1(call) << QByteArray(target);
    };
    row("/v1beta", "stream m", "POST /v1beta/models/m:streamGenerateContent?alt=sse");
    row("/v1beta", "chat m", "POST /v1beta/models/m:generateContent");
    row("/v1beta", "chat models/m", "POST /v1beta/models/m:generateContent");
    row("/v1beta", "chat tunedModels/m-1", "POST /v1beta/tunedModels/m-1:generateContent");
    row("/v1beta", "chat a&b", "POST /v1beta/models/a%26b:generateContent");
    row("/v1beta", "embed m", "POST /v1beta/models/m:batchEmbedContents");
    row("/v1beta", "embed-one m", "POST /v1beta/models/m:embedContent");
    row("/v1beta", "images m", "POST /v1beta/models/m:embedContent");
    row("/v1beta", "info m", "GET /v1beta/models/m");
    row("/v1beta", "info models/m", "GET /v1beta/models/m");
    row("/v1beta", "list", "GET /v1beta/models?pageSize=1000");
    row("", "chat m", "POST /v1beta/models/m:generateContent");
    row("/", "list", "GET /v1beta/models?pageSize=1000");
    row("/gateway/v1", "chat m", "POST /gateway/v1/models/m:generateContent");
}

void TestGeminiRoutes::target()
{
    QFETCH(const QString, base);
    QFETCH(const QString, call);
    Endpoint endpoint = m_provider->endpoint();
    endpoint.baseUrl = m_server->url(base);
    m_provider = std::make_unique<gemini::GeminiProvider>(endpoint, *m_client);
    const auto reply = start(call);
    QVERIFY(waitFor(*reply));
    QCOMPARE(m_server->requests().size(), std::size_t(1));
    const FakeRequest &request = m_server->requests().front();
    QTEST(QByteArray(request.method + ' ' + request.target), "target");
    QCOMPARE(request.header("x-goog-api-key"), QByteArray("key-1"));
    QVERIFY(request.header("authorization").isEmpty());
    QVERIFY(request.header("api-key").isEmpty());
}

void TestGeminiRoutes::listGoesOnToTheNextPage()
{
    m_server->enqueue(FakeResponse::json(200, R"({"models":[{"name":"models/a"}],"nextPageToken":"x+/="})"));
    m_server->enqueue(FakeResponse::json(200, R"({"models":[{"name":"models/b"}]})"));
    const auto reply = m_provider->listModels();
    QVERIFY(waitFor(*reply));
    QCOMPARE(m_server->requests().back().target, QByteArray("/v1beta/models?pageSize=1000&pageToken=x%2B%2F%3D"));
    QCOMPARE(reply->response().size(), std::size_t(2));
    QCOMPARE(reply->response().back().id, QStringLiteral("b"));
}

void TestGeminiRoutes::descriptorMakesAnEndpoint()
{
    const Endpoint endpoint = nativeEndpoint(gemini::GeminiProvider::describe());
    QCOMPARE(endpoint.provider(), QStringLiteral("gemini"));
    QCOMPARE(endpoint.baseUrl, QUrl(QStringLiteral("https://generativelanguage.googleapis.com/v1beta")));
    QCOMPARE(endpoint.auth, Endpoint::Auth::ApiKey);
}

QTEST_GUILESS_MAIN(TestGeminiRoutes)
#include "tst_geminiroutes.moc"
