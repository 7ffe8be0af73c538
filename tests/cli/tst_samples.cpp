// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "clifixture.h"
#include "net/httpclient.h"
#include "providers/registry.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace diptych;

/// What the samples of the Azure AI Inference clients show, where nothing else tests it; the table is in HACKING.md.
class TestSamples : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_cli = std::make_unique<CliFixture>(); }
    void deploymentsHaveTheirOwnRoute_data();
    void deploymentsHaveTheirOwnRoute();
    void tokensAndDeploymentHeadersOfAStream();
    void extrasArePassedThrough();
    void audioGoesByUrl();
    void generatedSchemasAreFollowed();
    void base64IsTheSameVector();
    void imagesAreEmbedded_data();
    void imagesAreEmbedded();
    void imagesAndTextsExclude();
    void defaultsOfTheEndpointAreSent();
    void infoTellsTheType_data();
    void infoTellsTheType();

private:
    std::unique_ptr<CliFixture> m_cli;
};

namespace {

const QByteArray embedding =
    R"({"object":"list","model":"m","data":[{"index":0,"embedding":[1,2]}],"usage":{"prompt_tokens":1}})";
const QByteArray pixel = QByteArray::fromBase64(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

} // namespace

void TestSamples::deploymentsHaveTheirOwnRoute_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QByteArray>("route");
    QTest::newRow("chat") << QStringLiteral("chat --no-stream hello") << QByteArray("/chat/completions");
    QTest::newRow("stream") << QStringLiteral("chat hello") << QByteArray("/chat/completions");
    QTest::newRow("embeddings") << QStringLiteral("embed hello") << QByteArray("/embeddings");
}

void TestSamples::deploymentsHaveTheirOwnRoute()
{
    QFETCH(const QString, line);
    QFETCH(const QByteArray, route);
    const QByteArray path = "/openai/deployments/d1" + route;
    if (line == u"chat hello") {
        m_cli->server.route(path,
            FakeResponse::sse(
                {R"({"choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":"stop"}]})", "[DONE]"}));
    } else {
        m_cli->server.route(path, FakeResponse::json(200, route == "/embeddings" ? embedding : chatAnswer("hi")));
    }
    const CliFixture::Outcome outcome = CliFixture::run(QString(line % u" --key-env K"),
        m_cli->at(QStringLiteral("/openai/deployments/d1")), {}, {{QStringLiteral("K"), QStringLiteral("s3cret")}});
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const FakeRequest &request = m_cli->server.requests().at(0);
    QCOMPARE(request.target, QByteArray(path + "?api-version=2024-10-21"));
    QCOMPARE(request.header("api-key"), QByteArray("s3cret"));
}

void TestSamples::tokensAndDeploymentHeadersOfAStream()
{
    m_cli->server.enqueue(
        FakeResponse::sse({R"({"choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":"stop"}]})", "[DONE]"}));
    const CliFixture::Outcome outcome = CliFixture::run(QStringLiteral("chat -q --kind azure --token-command"),
        QStringList {QStringLiteral("echo token-for-{scope}"), QStringLiteral("--token-scope"),
            QStringLiteral("https://ml.azure.com/.default"), QStringLiteral("--header"),
            QStringLiteral("azureml-model-deployment: blue"), QStringLiteral("hello")}
            + m_cli->at(QString()));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QCOMPARE(outcome.out, QByteArray("hi\n"));
    const FakeRequest &request = m_cli->server.requests().at(0);
    QCOMPARE(request.header("Authorization"), QByteArray("Bearer token-for-https://ml.azure.com/.default"));
    QCOMPARE(request.header("azureml-model-deployment"), QByteArray("blue"));
    QCOMPARE(request.header("api-key"), QByteArray());
}

void TestSamples::extrasArePassedThrough()
{
    m_cli->server.enqueue(FakeResponse::json(200, chatAnswer("hi")));
    const CliFixture::Outcome outcome = CliFixture::run(
        QStringLiteral("chat --no-stream --kind azure --extra safe_prompt=true hello"), m_cli->at(QString()));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QCOMPARE(m_cli->server.requests().at(0).header("extra-parameters"), QByteArray("pass-through"));
    QCOMPARE(m_cli->sent(0)[u"safe_prompt"].toBool(), true);
}

void TestSamples::audioGoesByUrl()
{
    m_cli->server.enqueue(FakeResponse::json(200, chatAnswer("hi")));
    const CliFixture::Outcome outcome = CliFixture::run(
        QStringLiteral("chat --no-stream --kind azure --audio https://a.example/b.mp3 hello"), m_cli->at(QString()));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const QJsonValue part = m_cli->sent(0)[u"messages"].toArray().at(0)[u"content"].toArray().at(1);
    QCOMPARE(part[u"type"].toString(), QStringLiteral("audio_url"));
    QCOMPARE(part[u"audio_url"][u"url"].toString(), QStringLiteral("https://a.example/b.mp3"));
}

void TestSamples::generatedSchemasAreFollowed()
{
    // As generators write it: definitions apart, titles everywhere.
    const QString schema = m_cli->write(QStringLiteral("recipe.json"),
        R"({"$defs":{"Step":{"title":"Step","type":"object","properties":{"text":{"title":"Text","type":"string"}},)"
        R"("required":["text"],"additionalProperties":false}},"title":"Recipe","type":"object","properties":{)"
        R"("name":{"title":"Name","type":"string"},"steps":{"title":"Steps","type":"array",)"
        R"("items":{"$ref":"#/$defs/Step"}}},"required":["name","steps"],"additionalProperties":false})");
    const CliFixture::Outcome outcome = CliFixture::run(
        QStringLiteral("chat -q --no-stream --response-format"), {schema, QStringLiteral("How is a cake made?")});
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const QJsonObject recipe = QJsonDocument::fromJson(outcome.out).object();
    QVERIFY2(recipe[u"name"].isString() && recipe[u"steps"].isArray(), outcome.out.constData());
    const QJsonArray steps = recipe[u"steps"].toArray();
    for (const QJsonValue &step : steps)
        QVERIFY(step[u"text"].isString());
}

void TestSamples::base64IsTheSameVector()
{
    const CliFixture::Outcome plain = CliFixture::run(QStringLiteral("embed --format float cat"));
    const CliFixture::Outcome packed =
        CliFixture::run(QStringLiteral("embed --format base64 cat --har"), {m_cli->path(QStringLiteral("a.har"))});
    QCOMPARE(packed.code, 0);
    QVERIFY(m_cli->read(QStringLiteral("a.har")).contains("base64"));
    const QJsonArray a = jsonLines(plain.out).at(0)[u"embedding"].toArray();
    const QJsonArray b = jsonLines(packed.out).at(0)[u"embedding"].toArray();
    QVERIFY(!a.isEmpty());
    QCOMPARE(a.size(), b.size());
    for (qsizetype i = 0; i < a.size(); ++i)
        QVERIFY(std::abs(a.at(i).toDouble() - b.at(i).toDouble()) < 1e-5);
}

void TestSamples::imagesAreEmbedded_data()
{
    QTest::addColumn<bool>("isBuiltIn");
    QTest::newRow("palette") << true;
    QTest::newRow("Azure") << false;
}

void TestSamples::imagesAreEmbedded()
{
    QFETCH(const bool, isBuiltIn);
    m_cli->server.enqueue(FakeResponse::json(
        200, R"({"model":"m","data":[{"index":0,"embedding":[1,2]},{"index":1,"embedding":[3,4]}],"usage":{}})"));
    const QString image = m_cli->write(QStringLiteral("dot.png"), pixel);
    QStringList options {QStringLiteral("--image"), image, QStringLiteral("--image"), image};
    if (!isBuiltIn)
        options += m_cli->at(QString()) + QStringList {QStringLiteral("--kind"), QStringLiteral("azure")};
    const CliFixture::Outcome outcome = CliFixture::run(QStringLiteral("embed"), options);
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const std::vector<QJsonObject> lines = jsonLines(outcome.out);
    QCOMPARE(lines.size(), std::size_t(2));
    QCOMPARE(lines[1][u"text"].toString(), image);
    QVERIFY(!lines[1][u"embedding"].toArray().isEmpty());
    if (isBuiltIn)
        return;
    QCOMPARE(m_cli->server.requests().at(0).path(), QByteArray("/images/embeddings"));
    const QJsonArray input = m_cli->sent(0)[u"input"].toArray();
    QCOMPARE(input.size(), 2);
    QVERIFY(input.at(0)[u"image"].toString().startsWith(u"data:image/png;base64,iVBOR"));
}

void TestSamples::imagesAndTextsExclude()
{
    const CliFixture::Outcome outcome =
        CliFixture::run(QStringLiteral("embed cat --image https://a.example/b.png"), m_cli->at(QString()));
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.contains("--image"), outcome.err.constData());
}

void TestSamples::defaultsOfTheEndpointAreSent()
{
    m_cli->server.route("/chat/completions", FakeResponse::json(200, chatAnswer("hi")));
    m_cli->server.route("/embeddings", FakeResponse::json(200, embedding));
    m_cli->server.route("/images/embeddings", FakeResponse::json(200, embedding));
    HttpClient http;
    Endpoint endpoint {.kind = Endpoint::Kind::AzureCompatible, .baseUrl = m_cli->server.url(QString())};
    endpoint.apiVersion = QStringLiteral("v");
    endpoint.extras = {{QStringLiteral("a"), 1}, {QStringLiteral("b"), 1}};
    const std::unique_ptr<Provider> provider = makeProvider(endpoint, http);
    const QJsonObject own {{QStringLiteral("b"), 2}};
    ChatRequest chat {.messages = {Message::fromText(Role::User, QStringLiteral("x"))}, .stream = false, .extras = own};
    const std::unique_ptr<Reply> replies[] = {provider->chat(chat),
        provider->embed({.input = {QStringLiteral("x")}, .extras = own}),
        provider->embedImages({.input = {{.image = QStringLiteral("data:image/png;base64,AA==")}}, .extras = own})};
    for (const std::unique_ptr<Reply> &reply : replies) {
        QTRY_VERIFY(reply->isFinished());
        QVERIFY2(!reply->error(), reply->error() ? qPrintable(reply->error()->message) : "");
    }
    QCOMPARE(m_cli->server.requests().size(), std::size_t(3));
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(m_cli->sent(i)[u"a"].toInt(), 1);
        QCOMPARE(m_cli->sent(i)[u"b"].toInt(), 2);
    }
}

void TestSamples::infoTellsTheType_data()
{
    QTest::addColumn<QByteArray>("spelling");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("chat-completion") << QByteArray("chat-completion") << QByteArray("chat");
    QTest::newRow("chat_completions") << QByteArray("chat_completions") << QByteArray("chat");
    QTest::newRow("embeddings") << QByteArray("embeddings") << QByteArray("embeddings");
    QTest::newRow("text_embeddings") << QByteArray("text_embeddings") << QByteArray("embeddings");
    QTest::newRow("image_embeddings") << QByteArray("image_embeddings") << QByteArray("image");
}

void TestSamples::infoTellsTheType()
{
    QFETCH(const QByteArray, spelling);
    QFETCH(const QByteArray, type);
    m_cli->server.route("/info",
        FakeResponse::json(200, R"({"model_name":"m","model_provider_name":"p","model_type":")" + spelling + R"("})"));
    const CliFixture::Outcome outcome = CliFixture::run(QStringLiteral("info --kind azure"), m_cli->at(QString()));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const QList<QByteArray> lines = outcome.out.split('\n');
    QVERIFY2(lines.at(1).startsWith("type") && lines.at(1).contains(type), outcome.out.constData());
}

QTEST_GUILESS_MAIN(TestSamples)
#include "tst_samples.moc"
