// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpclient.h"
#include "providers/common/endpointrequest.h"
#include "providers/registry.h"

#include <QTest>

using namespace diptych;
using Auth = Endpoint::Auth;

namespace {

Endpoint endpointAt(const char *url)
{
    Endpoint endpoint;
    endpoint.baseUrl = QUrl(QString::fromLatin1(url));
    endpoint.credential = Secret("key-1\n");
    return endpoint;
}

QByteArray headerOf(const Outgoing &outgoing, const char *name)
{
    return headerValue(outgoing.request->headers, name);
}

} // namespace

/// URL, credentials and headers of a call.
class TestEndpointRequest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void url_data();
    void url();
    void credential_data();
    void credential();
    void ownHeadersWin();
    void previewHidesSecrets();
    void previewReportsErrors();
    void azureModelIsDroppedWhereThereIsOne();
    void deploymentDropsModelAndUsage();
};

void TestEndpointRequest::url_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("fromOrigin");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *base, const char *version, const char *path, bool origin,
                         const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(base) << QString::fromUtf8(version) << QString::fromUtf8(path)
                            << origin << QString::fromUtf8(expected);
    };
    row("plain", "https://a.b/v1", "", "/models", false, "https://a.b/v1/models");
    row("no path", "http://localhost:8080", "", "/models", false, "http://localhost:8080/models");
    row("slashes at the end", "https://a.b/v1//", "", "/models", false, "https://a.b/v1/models");
    row("version", "https://a.b/models", "2024-05-01-preview", "/info", false,
        "https://a.b/models/info?api-version=2024-05-01-preview");
    row("query stays", "https://a.b/v1?tenant=x%26y", "", "/models", false, "https://a.b/v1/models?tenant=x%26y");
    row("version replaces", "https://a.b/x?api-version=1", "2", "/info", false, "https://a.b/x/info?api-version=2");
    row("version is escaped", "https://a.b", "a&b=c", "/info", false, "https://a.b/info?api-version=a%26b%3Dc");
    row("fragment goes", "https://a.b/v1#top", "", "/models", false, "https://a.b/v1/models");
    row("escaped base", "https://a.b/a%2Fb", "", "/models", false, "https://a.b/a%2Fb/models");
    row("escaped model", "https://a.b/v1", "", "/models/org/a%3Fb", false, "https://a.b/v1/models/org/a%3Fb");
    row("from the origin", "http://127.0.0.1:1/azure/models", "", "/v1/models", true, "http://127.0.0.1:1/v1/models");
    row("IPv6", "http://[::1]:8080/v1", "", "/models", false, "http://[::1]:8080/v1/models");
}

void TestEndpointRequest::url()
{
    QFETCH(const QString, base);
    QFETCH(const QString, version);
    QFETCH(const QString, path);
    QFETCH(const bool, fromOrigin);
    QFETCH(const QString, expected);
    Endpoint endpoint = endpointAt(qPrintable(base));
    endpoint.apiVersion = version;
    const Outgoing outgoing = makeOutgoing(endpoint, {.method = "GET", .path = path, .isFromOrigin = fromOrigin});
    QCOMPARE(outgoing.request->url.toString(QUrl::FullyEncoded), expected);
}

void TestEndpointRequest::credential_data()
{
    QTest::addColumn<int>("auth");
    QTest::addColumn<QByteArray>("bearer");
    QTest::addColumn<QByteArray>("apiKey");
    const auto row = [](const char *name, Auth auth, const char *bearer, const char *apiKey) {
        QTest::newRow(name) << static_cast<int>(auth) << QByteArray(bearer) << QByteArray(apiKey);
    };
    row("none", Auth::None, "", "");
    row("bearer", Auth::Bearer, "Bearer key-1", "");
    row("api-key", Auth::ApiKey, "", "key-1");
    row("both", Auth::Both, "Bearer key-1", "key-1");
}

void TestEndpointRequest::credential()
{
    QFETCH(const int, auth);
    Endpoint endpoint = endpointAt("https://a.b");
    endpoint.auth = static_cast<Auth>(auth);
    const Outgoing outgoing = makeOutgoing(endpoint, {.path = QStringLiteral("/x")});
    QTEST(headerOf(outgoing, "authorization"), "bearer");
    QTEST(headerOf(outgoing, "api-key"), "apiKey");
    endpoint.credential = {};
    QVERIFY(headerOf(makeOutgoing(endpoint, {.path = QStringLiteral("/x")}), "authorization").isEmpty());
}

void TestEndpointRequest::ownHeadersWin()
{
    Endpoint endpoint = endpointAt("https://a.b");
    endpoint.headers = {{"azureml-model-deployment", "blue"}, {"user-agent", "mine"}};
    const Outgoing outgoing = makeOutgoing(endpoint, {.path = QStringLiteral("/x")});
    QCOMPARE(headerOf(outgoing, "azureml-model-deployment"), QByteArray("blue"));
    QCOMPARE(headerOf(outgoing, "User-Agent"), QByteArray("mine"));
    QCOMPARE(headerOf(outgoing, "Content-Type"), QByteArray("application/json"));
    QVERIFY(
        headerOf(makeOutgoing(endpoint, {.method = "GET", .path = QStringLiteral("/x")}), "Content-Type").isEmpty());
}

void TestEndpointRequest::previewHidesSecrets()
{
    Endpoint endpoint = endpointAt("https://a.b/models");
    endpoint.kind = Endpoint::Kind::AzureFoundry;
    endpoint.auth = Auth::Both;
    endpoint.apiVersion = QStringLiteral("2024-05-01-preview");
    HttpClient client;
    const auto provider = makeProvider(endpoint, client);
    const auto preview =
        provider->preview(ChatRequest {.model = QStringLiteral("m"), .extras = {{QStringLiteral("top_k"), 1}}});
    QVERIFY(preview.has_value());
    QCOMPARE(preview->method, QByteArray("POST"));
    QCOMPARE(
        preview->url.toString(), QStringLiteral("https://a.b/models/chat/completions?api-version=2024-05-01-preview"));
    QCOMPARE(headerValue(preview->headers, "Authorization"), QByteArray("***"));
    QCOMPARE(headerValue(preview->headers, "api-key"), QByteArray("***"));
    QCOMPARE(headerValue(preview->headers, "extra-parameters"), QByteArray("pass-through"));
    QCOMPARE(preview->body, QByteArray(R"({"model":"m","messages":[],"stream":true,"top_k":1})"));
    QCOMPARE(preview->changeLog.size(), std::size_t(5));
}

void TestEndpointRequest::previewReportsErrors()
{
    Endpoint endpoint = endpointAt("https://a.b/v1");
    HttpClient client;
    const auto provider = makeProvider(endpoint, client);
    const auto collision = provider->preview(CompletionRequest {.extras = {{QStringLiteral("prompt"), 1}}});
    QVERIFY(!collision);
    QCOMPARE(collision.error().kind, Error::Kind::InvalidRequest);
    endpoint.adaptation = Adaptation::Strict;
    const auto strict = makeProvider(endpoint, client);
    const auto refused = strict->preview(EmbeddingRequest {.inputType = EmbeddingInputType::Query});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Unsupported);
    QCOMPARE(refused.error().parameter, QStringLiteral("input_type"));
}

void TestEndpointRequest::azureModelIsDroppedWhereThereIsOne()
{
    HttpClient client;
    Endpoint endpoint = endpointAt("https://a.b");
    for (const auto kind : {Endpoint::Kind::AzureServerless, Endpoint::Kind::AzureManaged}) {
        endpoint.kind = kind;
        const auto preview = makeProvider(endpoint, client)->preview(ChatRequest {.model = QStringLiteral("m")});
        QVERIFY(preview.has_value());
        QVERIFY(!preview->body.contains("model"));
        QCOMPARE(preview->changeLog.front().kind, Change::Kind::Dropped);
        QVERIFY(!preview->changeLog.front().reason.isEmpty());
    }
}

void TestEndpointRequest::deploymentDropsModelAndUsage()
{
    HttpClient client;
    Endpoint endpoint = endpointAt("https://a.openai.azure.com/openai/deployments/d");
    endpoint.kind = Endpoint::Kind::AzureOpenAiDeployment;
    endpoint.apiVersion = QStringLiteral("2024-06-01");
    const ChatRequest request {.model = QStringLiteral("m")};
    QVERIFY(!makeProvider(endpoint, client)->preview(request)->body.contains("stream_options"));
    endpoint.apiVersion = QStringLiteral("2024-10-21");
    const QByteArray body = makeProvider(endpoint, client)->preview(request)->body;
    QVERIFY(body.contains("stream_options"));
    QVERIFY(!body.contains("\"model\""));
}

QTEST_GUILESS_MAIN(TestEndpointRequest)
#include "tst_endpointrequest.moc"
