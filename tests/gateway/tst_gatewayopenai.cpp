// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewayfixture.h"

#include <QTest>

using namespace diptych;

namespace {

constexpr auto chatTarget = "/v1/chat/completions";

QByteArray chatBody(const QByteArray &members)
{
    return R"({"model":"talker","messages":[{"role":"user","content":"Hi"}],)" + members + "}";
}

QJsonObject deltaOf(const QJsonObject &chunk)
{
    return choiceOf(chunk).value(u"delta").toObject();
}

} // namespace

class TestGatewayOpenAi : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refuses_data();
    void refuses();
    void listsModels();
    void streams_data();
    void streams();
    void streamsToolCalls();
    void readsAConversationWithTools();
    void givesSeveralAnswers();
    void givesLogprobs();
    void completesWithLogprobs();
    void streamsACompletion();
    void servesDeployments();
};

void TestGatewayOpenAi::refuses_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("param");
    const auto row = [](const char *name, const QByteArray &target, const QByteArray &body, int status,
                         const char *code, const char *param) {
        QTest::newRow(name) << target << body << status << QString::fromUtf8(code) << QString::fromUtf8(param);
    };
    row("no JSON", chatTarget, "{", 400, "invalid_json", "");
    row("no model", chatTarget, R"({"messages":[{"role":"user","content":"Hi"}]})", 400, "invalid_request", "model");
    row("no messages", chatTarget, R"({"model":"talker"})", 400, "invalid_request", "messages");
    row("n", chatTarget, chatBody(R"("n":0)"), 400, "invalid_request", "n");
    row("top_logprobs", chatTarget, chatBody(R"("top_logprobs":21)"), 400, "invalid_request", "top_logprobs");
    row("stream_options", chatTarget, chatBody(R"("stream_options":{"include_usage":1})"), 400, "invalid_request",
        "stream_options.include_usage");
    row("strange part", chatTarget, R"({"model":"m","messages":[{"role":"user","content":[{"type":"smell"}]}]})", 400,
        "unsupported_parameter", "messages[0].content[0].type");
    row("token numbers", "/v1/embeddings", R"({"model":"words","input":[1,2]})", 400, "unsupported_parameter", "input");
    row("no such path", "/v1/no/such", "{}", 404, "unknown_url", "");
    row("another method", "/v1/models", "{}", 405, "method_not_allowed", "");
}

void TestGatewayOpenAi::refuses()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const QString, code);
    QFETCH(const QString, param);
    GatewayFixture fixture;
    const RawAnswer answer = fixture.ask("POST", target, body);
    QCOMPARE(answer.status, status);
    QVERIFY(answer.header("x-ms-error-code").isEmpty());
    const QJsonObject error = answer.json().value(u"error").toObject();
    QCOMPARE(error.value(u"code").toString(), code);
    QCOMPARE(error.value(u"param").isNull(), param.isEmpty());
    QCOMPARE(error.value(u"param").toString(), param);
    QCOMPARE(error.value(u"type").toString(), QStringLiteral("invalid_request_error"));
    QVERIFY(!error.value(u"message").toString().isEmpty());
    QVERIFY(fixture.provider().chats.empty());
}

void TestGatewayOpenAi::listsModels()
{
    GatewayFixture fixture;
    const QJsonObject list = fixture.ask("GET", "/v1/models").json();
    QCOMPARE(list.value(u"object").toString(), QStringLiteral("list"));
    const QJsonArray data = list.value(u"data").toArray();
    QCOMPARE(data.size(), 4);
    QCOMPARE(data[1].toObject().value(u"context_length").toInt(), 5);
    for (const QByteArray path : {"/v1/models/org/images", "/v1/models/org%2Fimages", "/openai/v1/models/org/images"}) {
        const QJsonObject model = fixture.ask("GET", path).json();
        QCOMPARE(model, data[3].toObject());
        QCOMPARE(model.value(u"id").toString(), QStringLiteral("org/images"));
        QCOMPARE(model.value(u"owned_by").toString(), QStringLiteral("org"));
    }
    QCOMPARE(fixture.ask("GET", "/v1/models/none").status, 404);
    fixture.provider().listError =
        Error {.kind = Error::Kind::Provider, .httpStatus = 503, .message = QStringLiteral("No.")};
    const RawAnswer failed = fixture.ask("GET", "/v1/models");
    QCOMPARE(failed.status, 503);
    QCOMPARE(failed.json().value(u"error").toObject().value(u"type").toString(), QStringLiteral("server_error"));
}

void TestGatewayOpenAi::streams_data()
{
    QTest::addColumn<bool>("withUsage");
    QTest::newRow("without usage") << false;
    QTest::newRow("include_usage") << true;
}

void TestGatewayOpenAi::streams()
{
    QFETCH(const bool, withUsage);
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget,
        chatBody(withUsage ? R"("stream":true,"stream_options":{"include_usage":true})" : R"("stream":true)"));
    QVERIFY(fixture.chat());
    fixture.chat()->text(QStringLiteral("Hi"));
    fixture.chat()->finishWith(QStringLiteral("stop"), {.promptTokens = 3, .completionTokens = 2});
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.events().last(), "[DONE]");
    const QList<QJsonObject> chunks = chunksOf(answer);
    QCOMPARE(chunks.size(), withUsage ? 3 : 2);
    QCOMPARE(deltaOf(chunks[0]).value(u"content").toString(), QStringLiteral("Hi"));
    QCOMPARE(choiceOf(chunks[1]).value(u"finish_reason").toString(), QStringLiteral("stop"));
    QCOMPARE(chunks[0].contains(u"usage"), withUsage);
    QVERIFY(!withUsage || chunks[0].value(u"usage").isNull());
    if (withUsage) {
        QVERIFY(chunks[2].value(u"choices").toArray().isEmpty() && chunks[2].contains(u"choices"));
        QCOMPARE(chunks[2].value(u"usage").toObject().value(u"total_tokens").toInt(), 5);
    }
}

void TestGatewayOpenAi::streamsToolCalls()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget,
        chatBody(
            R"("stream":true,"tools":[{"type":"function","function":{"name":"add","parameters":{"type":"object"}}}],)"
            R"("tool_choice":{"type":"function","function":{"name":"add"}})"));
    QVERIFY(fixture.chat());
    QCOMPARE(fixture.chat()->request().tools.front().name, QStringLiteral("add"));
    QCOMPARE(fixture.chat()->request().toolChoice->name, QStringLiteral("add"));
    const QString id = QStringLiteral("call_1");
    fixture.chat()->delta({.toolCalls = {{.id = id, .name = QStringLiteral("add")}}});
    fixture.chat()->delta({.toolCalls = {{.arguments = QStringLiteral("{\"a\":")}}});
    fixture.chat()->delta({.toolCalls = {{.arguments = QStringLiteral("1}")}}});
    fixture.chat()->finishWith(QStringLiteral("tool_calls"));
    const QList<QJsonObject> chunks = chunksOf(client.answer());
    QCOMPARE(chunks.size(), 4);
    QString arguments;
    for (qsizetype i = 0; i < 3; ++i) {
        const QJsonObject call = deltaOf(chunks[i]).value(u"tool_calls").toArray().first().toObject();
        QCOMPARE(call.value(u"index"), QJsonValue(0));
        QCOMPARE(call.value(u"id").toString(), i == 0 ? id : QString());
        arguments += call.value(u"function").toObject().value(u"arguments").toString();
    }
    QCOMPARE(arguments, QStringLiteral("{\"a\":1}"));
    QCOMPARE(choiceOf(chunks.back()).value(u"finish_reason").toString(), QStringLiteral("tool_calls"));
}

void TestGatewayOpenAi::readsAConversationWithTools()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget,
        R"({"model":"talker","messages":[{"role":"developer","content":[{"type":"text","text":"Be"},{"type":"text","text":" brief"}]},
            {"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA==","detail":"low"}}]},
            {"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{"}}]},
            {"role":"tool","tool_call_id":"c","content":"5"}],"max_completion_tokens":9,"metadata":{"a":"b"}})");
    QVERIFY(fixture.chat());
    const ChatRequest request = fixture.chat()->request();
    QCOMPARE(request.messages.size(), std::size_t(4));
    QCOMPARE(request.messages[0].role, Role::Developer);
    QCOMPARE(request.messages[0].text(), QStringLiteral("Be brief"));
    QCOMPARE(std::get<ImagePart>(request.messages[1].content.front()).detail, QStringLiteral("low"));
    QCOMPARE(request.messages[2].toolCalls.front().arguments, QStringLiteral("{"));
    QCOMPARE(request.messages[3].toolCallId, QStringLiteral("c"));
    QCOMPARE(request.maxCompletionTokens.value_or(0), 9);
    QVERIFY(request.extras.contains(u"metadata"));
    QCOMPARE(request.extrasMode, std::optional(ExtrasMode::PassThrough));
    fixture.chat()->delta({.toolCalls = {{.id = QStringLiteral("d"), .name = QStringLiteral("f")}}});
    fixture.chat()->finishWith(QStringLiteral("tool_calls"));
    const QJsonObject message = choiceOf(client.answer().json()).value(u"message").toObject();
    QVERIFY(message.value(u"content").isNull());
    QCOMPARE(message.value(u"tool_calls").toArray().first().toObject().value(u"type").toString(),
        QStringLiteral("function"));
}

void TestGatewayOpenAi::givesSeveralAnswers()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody(R"("n":2,"stream":true)"));
    QVERIFY(fixture.chat());
    QCOMPARE(fixture.chat()->request().sampling.n.value_or(0), 2);
    fixture.chat()->delta({.choice = 1, .text = QStringLiteral("B")});
    fixture.chat()->delta({.choice = 0, .text = QStringLiteral("A")});
    fixture.chat()->delta({.choice = 1, .finishReason = QStringLiteral("length")});
    fixture.chat()->finishWith();
    QList<int> order;
    for (const QJsonObject &chunk : chunksOf(client.answer()))
        order.push_back(choiceOf(chunk).value(u"index").toInt(-1));
    QCOMPARE(order, (QList<int> {1, 0, 1, 0}));
}

void TestGatewayOpenAi::givesLogprobs()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody(R"("logprobs":true,"top_logprobs":1)"));
    QVERIFY(fixture.chat());
    QCOMPARE(fixture.chat()->request().logprobs, std::optional(true));
    const QString token = QStringLiteral("ä");
    fixture.chat()->delta({.text = token, .logprobs = {{.token = token, .logprob = -0.5, .top = {{token, -0.5}}}}});
    fixture.chat()->finishWith();
    const QJsonObject logprobs = choiceOf(client.answer().json()).value(u"logprobs").toObject();
    const QJsonObject first = logprobs.value(u"content").toArray().first().toObject();
    QCOMPARE(first.value(u"logprob").toDouble(), -0.5);
    QCOMPARE(first.value(u"bytes").toArray(), (QJsonArray {0xC3, 0xA4}));
    QCOMPARE(first.value(u"top_logprobs").toArray().first().toObject().value(u"token").toString(), token);
}

void TestGatewayOpenAi::completesWithLogprobs()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request(
        "POST", "/v1/completions", R"({"model":"babbler","prompt":["😀 a"],"echo":true,"logprobs":2,"best_of":3})");
    QVERIFY(fixture.completion());
    const CompletionRequest request = fixture.completion()->request();
    QCOMPARE(request.prompt, QStringLiteral("😀 a"));
    QCOMPARE(request.bestOf.value_or(0), 3);
    const QString face = QStringLiteral("😀");
    const QString rest = QStringLiteral(" a");
    fixture.completion()->delta({.text = face, .logprobs = {{.token = face}}});
    fixture.completion()->delta({.text = rest, .logprobs = {{.token = rest, .logprob = -1.0, .top = {{rest, -1.0}}}}});
    fixture.completion()->finishWith(QStringLiteral("length"));
    const QJsonObject answer = client.answer().json();
    QCOMPARE(answer.value(u"object").toString(), QStringLiteral("text_completion"));
    QCOMPARE(choiceOf(answer).value(u"text").toString(), QStringLiteral("😀 a"));
    const QJsonObject logprobs = choiceOf(answer).value(u"logprobs").toObject();
    QCOMPARE(logprobs.value(u"tokens").toArray(), (QJsonArray {face, rest}));
    QCOMPARE(logprobs.value(u"token_logprobs").toArray(), (QJsonArray {QJsonValue::Null, -1.0}));
    QCOMPARE(logprobs.value(u"text_offset").toArray(), (QJsonArray {0, 1})); // characters, not UTF-16 units
    QCOMPARE(logprobs.value(u"top_logprobs").toArray()[1].toObject().value(rest).toDouble(), -1.0);
    QVERIFY(answer.value(u"usage").toObject().value(u"estimated").toBool());
}

void TestGatewayOpenAi::streamsACompletion()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", "/v1/completions", R"({"model":"babbler","prompt":"a","stream":true})");
    QVERIFY(fixture.completion());
    fixture.completion()->text(QStringLiteral("b"));
    fixture.completion()->finishWith();
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.events().last(), "[DONE]");
    QCOMPARE(choiceOf(chunksOf(answer).front()).value(u"text").toString(), QStringLiteral("b"));
    QCOMPARE(choiceOf(chunksOf(answer).back()).value(u"finish_reason").toString(), QStringLiteral("stop"));
}

void TestGatewayOpenAi::servesDeployments()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", "/openai/deployments/talker/chat/completions?api-version=2024-10-21",
        chatBody(R"("stream":false)").replace("talker", "other"), "Authorization: Bearer test-key\r\n");
    QVERIFY(fixture.chat());
    QCOMPARE(fixture.chat()->request().model, QStringLiteral("talker")); // the path decides
    const QByteArray embeddings = "/openai/deployments/talker/embeddings?api-version=2024-10-21";
    QCOMPARE(fixture.ask("POST", embeddings, R"({"model":"words","input":["a"]})").status, 200);
    QCOMPARE(fixture.ask("POST", embeddings, R"({"model":"none","input":["a"]})").status, 200);
    QCOMPARE(fixture.provider().embeddingRequests[0].model, QStringLiteral("words")); // the path has no embeddings
    QCOMPARE(fixture.provider().embeddingRequests[1].model, QStringLiteral("talker"));
}

QTEST_GUILESS_MAIN(TestGatewayOpenAi)
#include "tst_gatewayopenai.moc"
