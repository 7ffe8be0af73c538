// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewayfixture.h"

#include <QTest>

using namespace diptych;

namespace {

constexpr auto chatTarget = "/chat/completions?api-version=2024-05-01-preview";
constexpr auto version = "?api-version=2025-04-01";
const QByteArray key = "api-key: test-key\r\n";

/// A chat body with more members, e.g. R"("stream":true)".
QByteArray chatBody(const QByteArray &members = {})
{
    const QByteArray messages = R"("messages":[{"role":"user","content":"Hi"}])";
    return "{" + messages + (members.isEmpty() ? QByteArray() : "," + members) + "}";
}

} // namespace

class TestGatewayAzure : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesWrongValues_data();
    void refusesWrongValues();
    void refusesUnknownRoutes_data();
    void refusesUnknownRoutes();
    void passesProviderErrorsOn_data();
    void passesProviderErrorsOn();
    void extraParameters_data();
    void extraParameters();
    void tellsAboutTheModel();
    void choosesTheFirstFittingModel();
    void answersInOnePiece();
    void streamsWithUsageOnTheLastContentChunk();
    void endsABrokenStreamWithAnError();
    void echoesTheClientsRequestId();
};

void TestGatewayAzure::refusesWrongValues_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *name, const QByteArray &target, const QByteArray &body, int status,
                         const char *path) {
        QTest::newRow(name) << target << body << status << QString::fromUtf8(path);
    };
    const auto chat = [&row](const char *name, const QByteArray &members, int status, const char *path) {
        row(name, chatTarget, chatBody(members), status, path);
    };
    row("no JSON", chatTarget, "messages=Hi", 400, "");
    row("an array", chatTarget, "[]", 400, "");
    row("nested deeply", chatTarget, QByteArray(5000, '['), 400, "");
    row("not UTF-8", chatTarget, "{\"model\":\"\xff\xfe\"}", 400, "");
    row("no messages", chatTarget, "{}", 400, "messages");
    row("empty messages", chatTarget, R"({"messages":[]})", 400, "messages");
    row("messages is text", chatTarget, R"({"messages":"Hi"})", 400, "messages");
    row("message is text", chatTarget, R"({"messages":["Hi"]})", 400, "messages[0]");
    row("no role", chatTarget, R"({"messages":[{"content":"Hi"}]})", 400, "messages[0].role");
    row("strange role", chatTarget, R"({"messages":[{"role":"king","content":"Hi"}]})", 400, "messages[0].role");
    row("no content", chatTarget, R"({"messages":[{"role":"user"}]})", 400, "messages[0].content");
    row("content is a number", chatTarget, R"({"messages":[{"role":"user","content":5}]})", 400, "messages[0].content");
    row("part without text", chatTarget, R"({"messages":[{"role":"user","content":[{"type":"text"}]}]})", 400,
        "messages[0].content[0].text");
    row("strange part", chatTarget, R"({"messages":[{"role":"user","content":[{"type":"smell"}]}]})", 422,
        "messages[0].content[0].type");
    row("tool without call", chatTarget, R"({"messages":[{"role":"tool","content":"5"}]})", 400,
        "messages[0].tool_call_id");
    chat("temperature is text", R"("temperature":"hot")", 400, "temperature");
    chat("temperature below zero", R"("temperature":-1)", 400, "temperature");
    chat("top_p above one", R"("top_p":1.5)", 400, "top_p");
    chat("penalty", R"("presence_penalty":3)", 400, "presence_penalty");
    chat("half a token", R"("max_tokens":1.5)", 400, "max_tokens");
    chat("negative tokens", R"("max_tokens":-1)", 400, "max_tokens");
    chat("too many tokens", R"("max_tokens":99999999999)", 400, "max_tokens");
    chat("stream is text", R"("stream":"true")", 400, "stream");
    chat("seed is text", R"("seed":"5")", 400, "seed");
    chat("seed over 64 bits", R"("seed":1e300)", 400, "seed");
    chat("stop holds a number", R"("stop":["a",5])", 400, "stop[1]");
    chat("tool is text", R"("tools":["a"])", 400, "tools[0]");
    chat("tool name", R"("tools":[{"type":"function","function":{"name":"a b"}}])", 400, "tools[0].function.name");
    chat("choice without tools", R"("tool_choice":"required")", 400, "tool_choice");
    chat("strange choice", R"("tool_choice":"maybe")", 400, "tool_choice");
    chat("format is text", R"("response_format":"json_object")", 400, "response_format");
    chat("strange format", R"("response_format":{"type":"xml"})", 422, "response_format");
    row("no prompt", QByteArray("/completions") + version, "{}", 400, "prompt");
    row("token numbers", QByteArray("/completions") + version, R"({"prompt":[1,2]})", 422, "prompt");
    row("no input", QByteArray("/embeddings") + version, "{}", 400, "input");
    row("empty input", QByteArray("/embeddings") + version, R"({"input":[]})", 400, "input");
    row("mixed input", QByteArray("/embeddings") + version, R"({"input":["a",1]})", 400, "input[1]");
    row("strange encoding", QByteArray("/embeddings") + version, R"({"input":["a"],"encoding_format":"hex"})", 422,
        "encoding_format");
    row("no dimensions", QByteArray("/embeddings") + version, R"({"input":["a"],"dimensions":0})", 400, "dimensions");
    row("image as text", QByteArray("/images/embeddings") + version, R"({"input":["a"]})", 400, "input[0]");
    row("no image", QByteArray("/images/embeddings") + version, R"({"input":[{"text":"a"}]})", 400, "input[0].image");
}

void TestGatewayAzure::refusesWrongValues()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const QString, path);
    GatewayFixture fixture;
    const RawAnswer answer = fixture.ask("POST", target, body);
    QCOMPARE(answer.status, status);
    const QJsonObject error = answer.json().value(u"error").toObject();
    QCOMPARE(error.value(u"target").toString(), path);
    QVERIFY(!error.value(u"message").toString().isEmpty());
    QCOMPARE(answer.header("x-ms-error-code"), error.value(u"code").toString().toLatin1());
    QCOMPARE(answer.json().value(u"status").toInt(), status);
    QVERIFY(fixture.provider().chats.empty());
    QVERIFY(fixture.provider().embeddingRequests.empty());
}

void TestGatewayAzure::refusesUnknownRoutes_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::newRow("route") << QByteArray("POST") << QByteArray("/no/such/route?api-version=2025-04-01") << 404;
    QTest::newRow("version") << QByteArray("POST") << QByteArray("/chat/completions?api-version=2024-08-01-preview")
                             << 404;
    QTest::newRow("no version") << QByteArray("GET") << QByteArray("/info") << 404;
    QTest::newRow("method") << QByteArray("GET") << QByteArray(chatTarget) << 405;
}

void TestGatewayAzure::refusesUnknownRoutes()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, target);
    QFETCH(const int, status);
    GatewayFixture fixture;
    const RawAnswer answer = fixture.ask(method, target, method == "POST" ? chatBody() : QByteArray());
    QCOMPARE(answer.status, status);
    const QByteArray code = status == 404 ? "404" : "method_not_allowed";
    QCOMPARE(answer.header("x-ms-error-code"), code);
    QCOMPARE(answer.json().value(u"error").toObject().value(u"code").toString().toLatin1(), code);
    QCOMPARE(answer.header("Allow"), status == 405 ? "POST" : "");
}

void TestGatewayAzure::passesProviderErrorsOn_data()
{
    using Kind = Error::Kind;
    QTest::addColumn<Error>("error");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *name, const Error &error, int status, const char *code) {
        QTest::newRow(name) << error << status << QByteArray(code);
    };
    row("unknown model", {.kind = Kind::NotFound, .message = QStringLiteral("No.")}, 404, "model_not_found");
    row("wrong route for the model", {.kind = Kind::Unsupported, .message = QStringLiteral("No.")}, 405,
        "method_not_allowed");
    row("parameter", {.kind = Kind::Unsupported, .message = QStringLiteral("No."), .parameter = QStringLiteral("seed")},
        422, "parameter_not_supported");
    row("strange path",
        {.kind = Kind::Unsupported,
            .message = QStringLiteral("No."),
            .parameter = QStringLiteral("tools[.messages[9].x[")},
        422, "parameter_not_supported");
    row("filter", {.kind = Kind::ContentFilter, .message = QStringLiteral("No.")}, 400, "content_filter");
    row("rate",
        {.kind = Kind::RateLimited, .message = QStringLiteral("No."), .retryAfter = std::chrono::milliseconds(1500)},
        429, "rate_limit_exceeded");
    row("code with a line end",
        {.kind = Kind::Provider,
            .httpStatus = 503,
            .message = QStringLiteral("No."),
            .providerCode = QStringLiteral("bad\r\nSet-Cookie: a=b")},
        503, "badSet-Cookie: a=b");
    row("network", {.kind = Kind::Network, .message = QStringLiteral("No.")}, 502, "Network");
    row("timeout", {.kind = Kind::Timeout, .message = QStringLiteral("No.")}, 504, "Timeout");
}

void TestGatewayAzure::passesProviderErrorsOn()
{
    QFETCH(const Error, error);
    QFETCH(const int, status);
    QFETCH(const QByteArray, code);
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody(R"("stream":true,"model":"talker")"));
    QVERIFY(fixture.chat());
    fixture.chat()->failWith(error);
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.header("x-ms-error-code"), code);
    QCOMPARE(answer.header("Retry-After"), error.retryAfter ? "2" : "");
    QVERIFY(answer.header("Set-Cookie").isEmpty());
    QCOMPARE(answer.json().value(u"error").toObject().value(u"message").toString(), QStringLiteral("No."));
}

void TestGatewayAzure::extraParameters_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("status"); // 0: the model is asked
    QTest::addColumn<bool>("passed");
    QTest::newRow("unset") << QByteArray() << 400 << false;
    QTest::newRow("error") << QByteArray("extra-parameters: error\r\n") << 400 << false;
    QTest::newRow("drop") << QByteArray("extra-parameters: drop\r\n") << 0 << false;
    QTest::newRow("ignore") << QByteArray("extra-parameters: ignore\r\n") << 0 << false;
    QTest::newRow("pass-through") << QByteArray("extra-parameters: pass-through\r\n") << 0 << true;
    QTest::newRow("nonsense") << QByteArray("extra-parameters: maybe\r\n") << 400 << false;
}

void TestGatewayAzure::extraParameters()
{
    QFETCH(const QByteArray, header);
    QFETCH(const int, status);
    QFETCH(const bool, passed);
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody(R"("model":"talker","safe_prompt":true,"n":2)"), key + header);
    if (status != 0) {
        const RawAnswer answer = client.answer();
        QCOMPARE(answer.status, status);
        const bool isRefusal = !header.contains("maybe");
        QCOMPARE(
            answer.json().value(u"detail").toString().contains(u"['n', 'safe_prompt'] are not allowed"), isRefusal);
        QVERIFY(fixture.provider().chats.empty());
        return;
    }
    QVERIFY(fixture.chat());
    const ChatRequest request = fixture.chat()->request();
    QCOMPARE(request.extras.value(u"safe_prompt").toBool(), passed);
    QCOMPARE(request.extras.size(), passed ? 1 : 0);
    QCOMPARE(request.sampling.n.value_or(0), passed ? 2 : 0);
}

void TestGatewayAzure::tellsAboutTheModel()
{
    GatewayFixture fixture;
    fixture.provider().modelInfo = {.name = QStringLiteral("talker"),
        .type = ModelType::Chat,
        .provider = QStringLiteral("us"),
        .contextLength = 4096};
    const QByteArray target = QByteArray("/models/info") + version;
    const RawAnswer answer = fixture.ask("GET", target);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("Content-Type"), "application/json");
    QCOMPARE(answer.json(),
        (QJsonObject {{QStringLiteral("model_name"), QStringLiteral("talker")},
            {QStringLiteral("model_type"), QStringLiteral("chat-completion")},
            {QStringLiteral("model_provider_name"), QStringLiteral("us")}, {QStringLiteral("context_length"), 4096}}));
    fixture.provider().infoError = Error {.kind = Error::Kind::NotFound, .message = QStringLiteral("No.")};
    QCOMPARE(fixture.ask("GET", target).status, 404);
}

void TestGatewayAzure::choosesTheFirstFittingModel()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody());
    QVERIFY(fixture.chat());
    QCOMPARE(fixture.chat()->request().model, QStringLiteral("talker"));
    fixture.provider().models.clear();
    QCOMPARE(fixture.ask("POST", chatTarget, chatBody()).status, 405);
}

void TestGatewayAzure::answersInOnePiece()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody(R"("temperature":0.5,"stop":"x","seed":7)"));
    QVERIFY(fixture.chat());
    const ChatRequest request = fixture.chat()->request();
    QVERIFY(!request.stream);
    QCOMPARE(request.messages.front().text(), QStringLiteral("Hi"));
    QCOMPARE(request.sampling.temperature.value_or(0), 0.5);
    QCOMPARE(request.sampling.stop.value_or(QStringList()), QStringList {QStringLiteral("x")});
    QCOMPARE(request.sampling.seed.value_or(0), 7);
    QVERIFY(!request.sampling.topP && !request.sampling.maxTokens);
    fixture.chat()->reasoning(QStringLiteral("Hm"));
    fixture.chat()->text(QStringLiteral("Hel"));
    fixture.chat()->text(QStringLiteral("lo"));
    fixture.chat()->finishWith(QStringLiteral("length"), {.promptTokens = 3, .completionTokens = 2});
    const QJsonObject object = client.answer().json();
    QCOMPARE(object.value(u"object").toString(), QStringLiteral("chat.completion"));
    QCOMPARE(object.value(u"model").toString(), QStringLiteral("talker"));
    QVERIFY(object.value(u"created").toInteger() > 0 && !object.value(u"id").toString().isEmpty());
    const QJsonObject message = choiceOf(object).value(u"message").toObject();
    QCOMPARE(message.value(u"content").toString(), QStringLiteral("Hello"));
    QCOMPARE(message.value(u"reasoning_content").toString(), QStringLiteral("Hm"));
    QCOMPARE(choiceOf(object).value(u"finish_reason").toString(), QStringLiteral("length"));
    QCOMPARE(object.value(u"usage").toObject().value(u"total_tokens").toInt(), 5);
}

void TestGatewayAzure::streamsWithUsageOnTheLastContentChunk()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody(R"("stream":true)"), key + "Accept: application/json\r\n");
    QVERIFY(fixture.chat());
    fixture.chat()->text(QStringLiteral("Hel"));
    QTRY_COMPARE(client.partialAnswer().events().size(), 1); // each piece goes out at once
    fixture.chat()->text(QStringLiteral("lo"));
    fixture.chat()->finishWith(QStringLiteral("stop"), {.promptTokens = 3, .completionTokens = 2});
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("Content-Type").startsWith("text/event-stream"));
    QCOMPARE(answer.events().last(), "[DONE]");
    const QList<QJsonObject> chunks = chunksOf(answer);
    QCOMPARE(chunks.size(), 3);
    QString text;
    for (const QJsonObject &chunk : chunks) {
        QCOMPARE(chunk.value(u"object").toString(), QStringLiteral("chat.completion.chunk"));
        QCOMPARE(chunk.value(u"id"), chunks.front().value(u"id"));
        QCOMPARE(chunk.contains(u"usage"), &chunk == &chunks.back());
        text += choiceOf(chunk).value(u"delta").toObject().value(u"content").toString();
    }
    QCOMPARE(text, QStringLiteral("Hello"));
    QCOMPARE(
        choiceOf(chunks.front()).value(u"delta").toObject().value(u"role").toString(), QStringLiteral("assistant"));
    QVERIFY(choiceOf(chunks.front()).value(u"finish_reason").isNull());
    QCOMPARE(choiceOf(chunks.back()).value(u"finish_reason").toString(), QStringLiteral("stop"));
    QCOMPARE(chunks.back().value(u"usage").toObject().value(u"total_tokens").toInt(), 5);
}

void TestGatewayAzure::endsABrokenStreamWithAnError()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody(R"("stream":true)"));
    QVERIFY(fixture.chat());
    fixture.chat()->text(QStringLiteral("Hel"));
    fixture.chat()->failWith({.kind = Error::Kind::Network, .message = QStringLiteral("Gone.")});
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.events().contains("[DONE]"));
    QCOMPARE(chunksOf(answer).last().value(u"error").toObject().value(u"message").toString(), QStringLiteral("Gone."));
    QVERIFY(client.waitForClose());
}

void TestGatewayAzure::echoesTheClientsRequestId()
{
    GatewayFixture fixture;
    const RawAnswer answer =
        fixture.ask("GET", QByteArray("/info") + version, {}, key + "x-ms-client-request-id: abc\r\n");
    QCOMPARE(answer.header("x-ms-client-request-id"), "abc");
    QVERIFY(!answer.header("x-request-id").isEmpty());
}

QTEST_GUILESS_MAIN(TestGatewayAzure)
#include "tst_gatewayazure.moc"
