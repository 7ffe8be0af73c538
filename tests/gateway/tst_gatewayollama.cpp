// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewayfixture.h"

#include <QDateTime>
#include <QTest>

#include <cmath>

using namespace diptych;

namespace {

constexpr auto chatTarget = "/api/chat";
constexpr auto generateTarget = "/api/generate";
const QByteArray pixel =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

QByteArray chatBody(const QByteArray &members = {})
{
    const QByteArray more = members.isEmpty() ? QByteArray() : QByteArray("," + members);
    return R"({"model":"talker","messages":[{"role":"user","content":"Hi"}])" + more + "}";
}

QByteArray messagesBody(const QByteArray &messages)
{
    return R"({"model":"talker","messages":[)" + messages + "]}";
}

QList<QJsonObject> linesOf(const RawAnswer &answer)
{
    QList<QJsonObject> lines;
    for (const QByteArray &line : answer.body.split('\n')) {
        if (!line.isEmpty())
            lines.push_back(QJsonDocument::fromJson(line).object());
    }
    return lines;
}

QJsonObject messageOf(const QJsonObject &line)
{
    return line.value(u"message").toObject();
}

QString errorOf(const RawAnswer &answer)
{
    return answer.json().value(u"error").toString();
}

QString textOfLines(const QList<QJsonObject> &lines, QStringView member)
{
    QString text;
    for (const QJsonObject &line : lines)
        text += (line.contains(u"message") ? messageOf(line) : line).value(member).toString();
    return text;
}

bool hasTimes(const QJsonObject &last)
{
    const auto number = [&last](QStringView name) { return last.value(name).toInteger(-1); };
    const qint64 parts = number(u"load_duration") + number(u"prompt_eval_duration") + number(u"eval_duration");
    return number(u"load_duration") >= 0 && number(u"prompt_eval_duration") >= 0 && number(u"eval_duration") > 0
        && number(u"total_duration") > 0 && parts <= number(u"total_duration") + 1;
}

} // namespace

class TestGatewayOllama : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesWrongValues_data();
    void refusesWrongValues();
    void refusesInItsOwnShapeBeforeTheTask_data();
    void refusesInItsOwnShapeBeforeTheTask();
    void passesProviderErrorsOn_data();
    void passesProviderErrorsOn();
    void showsThatItIsThereWithoutAKey();
    void findsModelsWithAndWithoutTheTag();
    void streamsUnlessToldNotTo();
    void answersInOnePiece();
    void emptyAnswersHaveTheirEnd();
    void callsComeWholeHoweverTheirPiecesCame();
    void otherChoicesAreLeftOut();
    void endsABrokenStreamWithAnErrorLine();
    void namesAMissingModelInMidStreamToo();
    void readsTheWholeRequest();
    void resultsFindTheirCalls();
    void picturesBecomeDataUrls();
    void formatsAndThoughtsAreRead_data();
    void formatsAndThoughtsAreRead();
    void generatesWithAChatModel();
    void generatesWithAModelThatContinuesText();
    void gapsAndRawPromptsAreContinued_data();
    void gapsAndRawPromptsAreContinued();
    void nothingToSayLoadsTheModel_data();
    void nothingToSayLoadsTheModel();
    void embedsTexts();
    void embedsOneTextInTheOldForm();
};

void TestGatewayOllama::refusesWrongValues_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *name, const QByteArray &target, const QByteArray &body, const char *path) {
        QTest::newRow(name) << target << body << QString::fromUtf8(path);
    };
    const auto chat = [&row](const char *name, const QByteArray &members, const char *path) {
        row(name, chatTarget, chatBody(members), path);
    };
    const auto message = [&row](const char *name, const QByteArray &json, const char *path) {
        row(name, chatTarget, messagesBody(json), path);
    };
    row("no JSON", chatTarget, "{", "JSON");
    row("an array", chatTarget, "[]", "JSON");
    row("no model", chatTarget, R"({"messages":[{"role":"user","content":"Hi"}]})", "model");
    row("model is a number", chatTarget, R"({"model":5,"messages":[{"role":"user","content":"Hi"}]})", "model");
    row("messages is text", chatTarget, R"({"model":"talker","messages":"Hi"})", "messages");
    message("message is text", R"("Hi")", "messages[0]");
    message("no role", R"({"content":"Hi"})", "messages[0].role");
    message("strange role", R"({"role":"king","content":"Hi"})", "messages[0].role");
    message("content is a list", R"({"role":"user","content":["Hi"]})", "messages[0].content");
    message("images is text", R"({"role":"user","content":"","images":"a"})", "messages[0].images");
    message("image is a number", R"({"role":"user","content":"","images":[5]})", "messages[0].images[0]");
    message("image is no Base64", R"({"role":"user","content":"","images":["?"]})", "messages[0].images[0]");
    message("calls are text", R"({"role":"assistant","tool_calls":"a"})", "messages[0].tool_calls");
    message("call is text", R"({"role":"assistant","tool_calls":["a"]})", "messages[0].tool_calls[0]");
    message("call without function", R"({"role":"assistant","tool_calls":[{}]})", "messages[0].tool_calls[0].function");
    message("arguments are text", R"({"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"{}"}}]})",
        "messages[0].tool_calls[0].function.arguments");
    message("thinking is true", R"({"role":"assistant","content":"","thinking":true})", "messages[0].thinking");
    message("tool_name is a number", R"({"role":"tool","content":"","tool_name":5})", "messages[0].tool_name");
    chat("stream is text", R"("stream":"true")", "stream");
    chat("options is a list", R"("options":[])", "options");
    chat("temperature is text", R"("options":{"temperature":"hot"})", "options.temperature");
    chat("temperature below zero", R"("options":{"temperature":-1})", "options.temperature");
    chat("top_p above one", R"("options":{"top_p":1.5})", "options.top_p");
    chat("half a token", R"("options":{"num_predict":1.5})", "options.num_predict");
    chat("seed is text", R"("options":{"seed":"5"})", "options.seed");
    chat("stop holds a number", R"("options":{"stop":["a",5]})", "options.stop[1]");
    chat("top_k is text", R"("options":{"top_k":"5"})", "options.top_k");
    chat("min_p is text", R"("options":{"min_p":"5"})", "options.min_p");
    chat("penalty is text", R"("options":{"presence_penalty":"5"})", "options.presence_penalty");
    chat("format is xml", R"("format":"xml")", "format");
    chat("format is a number", R"("format":5)", "format");
    chat("think is a number", R"("think":5)", "think");
    chat("think is some level", R"("think":"somewhat")", "think");
    chat("keep_alive is a list", R"("keep_alive":[])", "keep_alive");
    chat("tools is text", R"("tools":"a")", "tools");
    chat("tool is text", R"("tools":["a"])", "tools[0]");
    chat("tool without function", R"("tools":[{"type":"function"}])", "tools[0].function");
    chat("tool without a name", R"("tools":[{"function":{}}])", "tools[0].function.name");
    chat("strange tool", R"("tools":[{"type":"engine","function":{"name":"f"}}])", "tools[0].type");
    chat("logprobs is a number", R"("logprobs":5)", "logprobs");
    chat("too many alternatives", R"("top_logprobs":21)", "top_logprobs");
    row("prompt is a list", generateTarget, R"({"model":"talker","prompt":["Hi"]})", "prompt");
    row("system is a number", generateTarget, R"({"model":"talker","prompt":"Hi","system":5})", "system");
    row("context is text", generateTarget, R"({"model":"talker","prompt":"Hi","context":"a"})", "context");
    row("raw is text", generateTarget, R"({"model":"talker","prompt":"Hi","raw":"a"})", "raw");
    row("pictures to continue", generateTarget, R"({"model":"babbler","prompt":"Hi","images":[")" + pixel + R"("]})",
        "images");
    row("a format to continue in", generateTarget, R"({"model":"babbler","prompt":"Hi","format":"json"})", "format");
    row("no input", "/api/embed", R"({"model":"words"})", "input");
    row("empty input", "/api/embed", R"({"model":"words","input":[]})", "input");
    row("mixed input", "/api/embed", R"({"model":"words","input":["a",1]})", "input[1]");
    row("no dimensions", "/api/embed", R"({"model":"words","input":"a","dimensions":0})", "dimensions");
    row("truncate is text", "/api/embed", R"({"model":"words","input":"a","truncate":"no"})", "truncate");
    row("no prompt", "/api/embeddings", R"({"model":"words"})", "prompt");
    row("show without a model", "/api/show", "{}", "model");
    row("show a number", "/api/show", R"({"model":5})", "model");
}

void TestGatewayOllama::refusesWrongValues()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, body);
    QFETCH(const QString, path);
    GatewayFixture fixture;
    const RawAnswer answer = fixture.ask("POST", target, body);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.json().keys(), QStringList {QStringLiteral("error")});
    QVERIFY2(errorOf(answer).contains(path), qPrintable(errorOf(answer)));
    QVERIFY(fixture.provider().chats.empty() && fixture.provider().completions.empty());
    QVERIFY(fixture.provider().embeddingRequests.empty());
}

void TestGatewayOllama::refusesInItsOwnShapeBeforeTheTask_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("allow");
    const QByteArray key = "api-key: test-key\r\n";
    const auto row = [](const char *name, const char *method, const char *target, const QByteArray &headers, int status,
                         const char *allow = "") {
        QTest::newRow(name) << QByteArray(method) << QByteArray(target) << headers << status << QByteArray(allow);
    };
    row("no key", "GET", "/api/tags", {}, 401);
    row("wrong key", "GET", "/api/tags", "Authorization: Bearer wrong\r\n", 401);
    row("page of others", "GET", "/api/tags", "Origin: https://example.org\r\n", 403);
    row("no such path", "GET", "/api/none", key, 404);
    row("another method", "GET", "/api/chat", key, 405, "POST");
    row("another method again", "POST", "/api/tags", key, 405, "GET");
    row("pull", "POST", "/api/pull", key, 405);
    row("push", "POST", "/api/push", key, 405);
    row("create", "POST", "/api/create", key, 405);
    row("copy", "POST", "/api/copy", key, 405);
    row("delete", "DELETE", "/api/delete", key, 405);
    row("blobs", "GET", "/api/blobs/sha256:0", key, 405);
}

void TestGatewayOllama::refusesInItsOwnShapeBeforeTheTask()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, headers);
    QFETCH(const int, status);
    QFETCH(const QByteArray, allow);
    GatewayFixture fixture;
    const RawAnswer answer = fixture.ask(method, target, method == "POST" ? "{}" : "", headers);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.header("Allow"), allow);
    if (method != "HEAD")
        QVERIFY(!errorOf(answer).isEmpty());
}

void TestGatewayOllama::passesProviderErrorsOn_data()
{
    using Kind = Error::Kind;
    QTest::addColumn<Error>("error");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const Error &error, int status, const char *message) {
        QTest::newRow(name) << error << status << QString::fromUtf8(message);
    };
    const QString no = QStringLiteral("No.");
    row("no such model", {.kind = Kind::NotFound, .message = no}, 404, "model 'talker' not found");
    row("a parameter", {.kind = Kind::Unsupported, .message = no, .parameter = QStringLiteral("tools")}, 400,
        "tools: No.");
    row("a route", {.kind = Kind::Unsupported, .message = no}, 400, "No.");
    row("rate limit", {.kind = Kind::RateLimited, .message = no}, 429, "No.");
    row("overloaded", {.kind = Kind::Provider, .httpStatus = 503, .message = no}, 503, "No.");
    row("network", {.kind = Kind::Network, .message = no}, 502, "No.");
    row("without words", {.kind = Kind::Provider}, 500, "Provider");
}

void TestGatewayOllama::passesProviderErrorsOn()
{
    QFETCH(const Error, error);
    QFETCH(const int, status);
    QFETCH(const QString, message);
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody());
    QVERIFY(fixture.chat());
    fixture.chat()->failWith(error);
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, status);
    QCOMPARE(errorOf(answer), message);
}

void TestGatewayOllama::showsThatItIsThereWithoutAKey()
{
    GatewayFixture fixture;
    const RawAnswer root = fixture.ask("GET", "/", {}, {});
    QCOMPARE(root.status, 200);
    QCOMPARE(root.body, "Ollama is running");
    QVERIFY(root.header("Content-Type").startsWith("text/plain"));
    RawClient client(fixture.port());
    client.send("HEAD / HTTP/1.0\r\nHost: 127.0.0.1:" + QByteArray::number(fixture.port()) + "\r\n\r\n");
    QVERIFY(client.waitForClose());
    QCOMPARE(client.partialAnswer().status, 200);
    QCOMPARE(fixture.ask("POST", "/", "{}").status, 404);
    QCOMPARE(fixture.ask("GET", "/api/version", {}, {}).status, 401);
    QVERIFY(fixture.ask("GET", "/api/version").json().value(u"version").toString().contains(u'.'));
}

void TestGatewayOllama::findsModelsWithAndWithoutTheTag()
{
    GatewayFixture fixture;
    fixture.provider().models.push_back({.id = QStringLiteral("full:latest"), .type = ModelType::Chat});
    const QStringList asked {QStringLiteral("talker"), QStringLiteral("talker:latest"), QStringLiteral("full:latest"),
        QStringLiteral("talker:8b")};
    const QStringList expected {
        QStringLiteral("talker"), QStringLiteral("talker"), QStringLiteral("full:latest"), QStringLiteral("talker:8b")};
    for (qsizetype i = 0; i < asked.size(); ++i) {
        RawClient client(fixture.port());
        client.request("POST", chatTarget,
            R"({"model":")" + asked[i].toUtf8() + R"(","stream":false,"messages":[{"role":"user","content":"Hi"}]})");
        ScriptedChatReply *reply = fixture.chat(static_cast<std::size_t>(i) + 1);
        QVERIFY(reply);
        QCOMPARE(reply->request().model, expected[i]);
        reply->finishWith();
        QCOMPARE(client.answer().json().value(u"model").toString(), asked[i]); // as the client spells it
    }
}

void TestGatewayOllama::streamsUnlessToldNotTo()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody());
    QVERIFY(fixture.chat());
    QVERIFY(fixture.chat()->request().stream);
    fixture.chat()->reasoning(QStringLiteral("Hm."));
    fixture.chat()->text(QStringLiteral("Hel"));
    fixture.chat()->text(QStringLiteral("lo"));
    fixture.chat()->finishWith(QStringLiteral("length"), {.promptTokens = 3, .completionTokens = 2});
    const RawAnswer answer = client.answer();
    QVERIFY(answer.header("Content-Type").startsWith("application/x-ndjson"));
    QVERIFY(answer.body.endsWith('\n'));
    const QList<QJsonObject> lines = linesOf(answer);
    QCOMPARE(lines.size(), 4);
    QCOMPARE(messageOf(lines[0]).value(u"thinking").toString(), QStringLiteral("Hm."));
    QCOMPARE(textOfLines(lines, u"content"), QStringLiteral("Hello"));
    for (const QJsonObject &line : lines) {
        QCOMPARE(messageOf(line).value(u"role").toString(), QStringLiteral("assistant"));
        QVERIFY(QDateTime::fromString(line.value(u"created_at").toString(), Qt::ISODateWithMs).isValid());
        QCOMPARE(line.value(u"done").toBool(), &line == &lines.last());
    }
    const QJsonObject &last = lines.last();
    QCOMPARE(last.value(u"done_reason").toString(), QStringLiteral("length"));
    QCOMPARE(last.value(u"prompt_eval_count").toInt(), 3);
    QCOMPARE(last.value(u"eval_count").toInt(), 2);
    QVERIFY(hasTimes(last));
}

void TestGatewayOllama::answersInOnePiece()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody(R"("stream":false)"));
    QVERIFY(fixture.chat());
    fixture.chat()->reasoning(QStringLiteral("Hm."));
    fixture.chat()->text(QStringLiteral("Hello"));
    fixture.chat()->delta(
        {.toolCalls = {
             {.id = QStringLiteral("a"), .name = QStringLiteral("f"), .arguments = QStringLiteral(R"({"x":1})")}}});
    fixture.chat()->finishWith(QStringLiteral("tool_calls"), {.promptTokens = 3, .completionTokens = 2});
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.header("Content-Type"), "application/json");
    const QJsonObject object = answer.json();
    QCOMPARE(messageOf(object).value(u"content").toString(), QStringLiteral("Hello"));
    QCOMPARE(messageOf(object).value(u"thinking").toString(), QStringLiteral("Hm."));
    const QJsonObject call = messageOf(object).value(u"tool_calls").toArray().first().toObject();
    QCOMPARE(call.value(u"function")[u"arguments"].toObject(), (QJsonObject {{QStringLiteral("x"), 1}}));
    QCOMPARE(object.value(u"done_reason").toString(), QStringLiteral("stop"));
    QVERIFY(object.value(u"done").toBool() && hasTimes(object));
}

void TestGatewayOllama::emptyAnswersHaveTheirEnd()
{
    for (const QByteArray stream : {"true", "false"}) {
        GatewayFixture fixture;
        RawClient client(fixture.port());
        client.request("POST", chatTarget, chatBody("\"stream\":" + stream));
        QVERIFY(fixture.chat());
        fixture.chat()->finishWith();
        const QList<QJsonObject> lines = linesOf(client.answer());
        QCOMPARE(lines.size(), 1);
        QCOMPARE(messageOf(lines[0]).value(u"content"), QJsonValue(QString()));
        QCOMPARE(lines[0].value(u"done_reason").toString(), QStringLiteral("stop"));
        QVERIFY(lines[0].value(u"prompt_eval_count").toInt() > 0); // estimated
        QVERIFY(hasTimes(lines[0]));
    }
}

void TestGatewayOllama::callsComeWholeHoweverTheirPiecesCame()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody());
    QVERIFY(fixture.chat());
    const auto piece = [&fixture](int index, const char *id, const char *name, const char *arguments) {
        fixture.chat()->delta({.toolCalls = {{.index = index,
                                   .id = QString::fromUtf8(id),
                                   .name = QString::fromUtf8(name),
                                   .arguments = QString::fromUtf8(arguments)}}});
    };
    piece(0, "a", "first", "{\"x\"");
    piece(1, "b", "second", "");
    fixture.chat()->text(QStringLiteral("Wait."));
    piece(0, "", "", ":1}");
    piece(2, "c", "third", "no JSON");
    fixture.chat()->finishWith(QStringLiteral("tool_calls"));
    const QList<QJsonObject> lines = linesOf(client.answer());
    QCOMPARE(lines.size(), 3);
    const QJsonArray calls = messageOf(lines[1]).value(u"tool_calls").toArray();
    QCOMPARE(calls.size(), 3);
    const auto function = [&calls](int index) { return calls[index][u"function"].toObject(); };
    QCOMPARE(calls[0][u"id"].toString(), QStringLiteral("a"));
    QCOMPARE(function(0).value(u"arguments").toObject(), (QJsonObject {{QStringLiteral("x"), 1}}));
    QCOMPARE(function(1).value(u"name").toString(), QStringLiteral("second"));
    QVERIFY(function(1).value(u"arguments").isObject());
    QCOMPARE(function(2).value(u"arguments")[u"arguments"].toString(), QStringLiteral("no JSON"));
    QCOMPARE(lines[2].value(u"done_reason").toString(), QStringLiteral("stop"));
}

void TestGatewayOllama::otherChoicesAreLeftOut()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody(R"("n":2)"));
    QVERIFY(fixture.chat());
    QVERIFY(!fixture.chat()->request().sampling.n && fixture.chat()->request().extras.isEmpty());
    fixture.chat()->delta({.choice = 1, .text = QStringLiteral("other")});
    fixture.chat()->text(QStringLiteral("one"));
    fixture.chat()->finishWith();
    QCOMPARE(textOfLines(linesOf(client.answer()), u"content"), QStringLiteral("one"));
}

void TestGatewayOllama::endsABrokenStreamWithAnErrorLine()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody());
    QVERIFY(fixture.chat());
    fixture.chat()->text(QStringLiteral("Hel"));
    fixture.chat()->failWith({.kind = Error::Kind::Provider, .message = QStringLiteral("The model fell over.")});
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 200);
    const QList<QJsonObject> lines = linesOf(answer);
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[1], (QJsonObject {{QStringLiteral("error"), QStringLiteral("The model fell over.")}}));
    QVERIFY(client.waitForClose());
}

void TestGatewayOllama::namesAMissingModelInMidStreamToo()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", generateTarget, R"({"model":"babbler","prompt":"Once"})");
    QVERIFY(fixture.completion());
    fixture.completion()->text(QStringLiteral("upon"));
    fixture.completion()->failWith({.kind = Error::Kind::NotFound, .message = QStringLiteral("Gone.")});
    QCOMPARE(linesOf(client.answer()).last().value(u"error").toString(), QStringLiteral("model 'babbler' not found"));
}

void TestGatewayOllama::readsTheWholeRequest()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget,
        chatBody(R"("options":{"temperature":0.5,"top_p":0.9,"num_predict":7,"stop":"END","seed":3,"top_k":40,
            "frequency_penalty":0.1,"presence_penalty":0.2,"mirage":1},"keep_alive":"5m","truncate":true,
            "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"}}}],
            "logprobs":true,"top_logprobs":2,"novelty":"x")"));
    QVERIFY(fixture.chat());
    const ChatRequest &request = fixture.chat()->request();
    const SamplingParameters sampling {.temperature = 0.5,
        .topP = 0.9,
        .maxTokens = 7,
        .frequencyPenalty = 0.1,
        .presencePenalty = 0.2,
        .seed = 3,
        .stop = QStringList {QStringLiteral("END")}};
    QVERIFY(request.sampling == sampling);
    QCOMPARE(request.extras,
        (QJsonObject {{QStringLiteral("top_k"), 40}, {QStringLiteral("mirage"), 1},
            {QStringLiteral("novelty"), QStringLiteral("x")}}));
    QVERIFY(request.extrasMode == ExtrasMode::PassThrough);
    QCOMPARE(request.tools.size(), std::size_t(1));
    QCOMPARE(request.tools[0].description, QStringLiteral("d"));
    QVERIFY(request.logprobs.value_or(false));
    QCOMPARE(request.topLogprobs.value_or(0), 2);
}

void TestGatewayOllama::resultsFindTheirCalls()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, messagesBody(R"({"role":"user","content":"Weather?"},
        {"role":"assistant","content":"","thinking":"Two.","tool_calls":[
            {"function":{"name":"rain","arguments":{"city":"Porto"}}},{"id":"own","function":{"name":"sun"}},
            {"function":{"name":"wind","arguments":{}}}]},
        {"role":"tool","content":"no","tool_name":"sun"},{"role":"tool","content":"yes","name":"rain"},
        {"role":"tool","content":"some"},{"role":"tool","content":"?","tool_call_id":"stray"})"));
    QVERIFY(fixture.chat());
    const std::vector<Message> &messages = fixture.chat()->request().messages;
    QCOMPARE(messages.size(), std::size_t(6));
    const std::vector<ToolCall> &calls = messages[1].toolCalls;
    QCOMPARE(calls.size(), std::size_t(3));
    QCOMPARE(messages[1].reasoning, QStringLiteral("Two."));
    QVERIFY(messages[1].content.empty());
    QCOMPARE(calls[0].arguments, QStringLiteral(R"({"city":"Porto"})"));
    QCOMPARE(calls[1].arguments, QStringLiteral("{}"));
    QVERIFY(!calls[0].id.isEmpty() && calls[0].id != calls[2].id);
    QCOMPARE(messages[2].toolCallId, QStringLiteral("own"));
    QCOMPARE(messages[3].toolCallId, calls[0].id);
    QCOMPARE(messages[4].toolCallId, calls[2].id);
    QCOMPARE(messages[5].toolCallId, QStringLiteral("stray"));
}

void TestGatewayOllama::picturesBecomeDataUrls()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget,
        messagesBody(R"({"role":"user","content":"What?","images":[")" + pixel
            + R"(","/9j/AAAA","data:image/gif;base64,R0lGODlh"]})"));
    QVERIFY(fixture.chat());
    const std::vector<ContentPart> &content = fixture.chat()->request().messages.front().content;
    QCOMPARE(content.size(), std::size_t(4));
    const auto url = [&content](std::size_t index) { return std::get<ImagePart>(content[index]).url; };
    QCOMPARE(url(1), QString::fromLatin1("data:image/png;base64," + pixel));
    QCOMPARE(url(2), QStringLiteral("data:image/jpeg;base64,/9j/AAAA"));
    QCOMPARE(url(3), QStringLiteral("data:image/gif;base64,R0lGODlh"));
}

void TestGatewayOllama::formatsAndThoughtsAreRead_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<int>("format");
    QTest::addColumn<QString>("effort");
    using Type = ResponseFormat::Type;
    const auto row = [](const QByteArray &members, int format, const char *effort) {
        QTest::newRow(members.constData()) << members << format << QString::fromUtf8(effort);
    };
    row(R"("format":"json")", int(Type::JsonObject), "");
    row(R"("format":{"type":"object"})", int(Type::JsonSchema), "");
    row(R"("format":"")", -1, "");
    row(R"("format":null,"think":null,"options":null,"tools":null)", -1, "");
    row(R"("think":true)", -1, "medium");
    row(R"("think":false)", -1, "none");
    row(R"("think":"high")", -1, "high");
    row(R"("options":{"num_predict":-1})", -1, "");
}

void TestGatewayOllama::formatsAndThoughtsAreRead()
{
    QFETCH(const QByteArray, members);
    QFETCH(const int, format);
    QFETCH(const QString, effort);
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", chatTarget, chatBody(members));
    QVERIFY(fixture.chat());
    const ChatRequest &request = fixture.chat()->request();
    QCOMPARE(request.responseFormat ? int(request.responseFormat->type) : -1, format);
    QCOMPARE(request.reasoningEffort.value_or(QString()), effort);
    QVERIFY(!request.sampling.maxTokens && request.extras.isEmpty());
}

void TestGatewayOllama::generatesWithAChatModel()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", generateTarget,
        R"({"model":"talker:latest","prompt":"Hi","system":"Be brief.","template":"x","context":[1],"images":[")"
            + pixel + R"("],"think":true})");
    QVERIFY(fixture.chat());
    const ChatRequest &request = fixture.chat()->request();
    QCOMPARE(request.model, QStringLiteral("talker"));
    QCOMPARE(request.messages.size(), std::size_t(2));
    QVERIFY(request.messages[0] == Message::fromText(Role::System, QStringLiteral("Be brief.")));
    QCOMPARE(request.messages[1].content.size(), std::size_t(2));
    QVERIFY(request.extras.isEmpty());
    fixture.chat()->reasoning(QStringLiteral("Hm."));
    fixture.chat()->text(QStringLiteral("Hello"));
    fixture.chat()->finishWith();
    const QList<QJsonObject> lines = linesOf(client.answer());
    QCOMPARE(textOfLines(lines, u"response"), QStringLiteral("Hello"));
    QCOMPARE(textOfLines(lines, u"thinking"), QStringLiteral("Hm."));
    QVERIFY(!lines.first().contains(u"message") && !lines.last().contains(u"context"));
    QVERIFY(hasTimes(lines.last()));
}

void TestGatewayOllama::generatesWithAModelThatContinuesText()
{
    GatewayFixture fixture;
    for (const bool stream : {true, false}) {
        RawClient client(fixture.port());
        client.request("POST", generateTarget,
            R"({"model":"babbler:latest","prompt":"Once","system":"s","options":{"num_predict":4},"stream":)"
                + QByteArray(stream ? "true}" : "false}"));
        ScriptedCompletionReply *reply = fixture.completion(stream ? 1 : 2);
        QVERIFY(reply);
        QCOMPARE(reply->request().model, QStringLiteral("babbler"));
        QCOMPARE(reply->request().prompt, QStringLiteral("Once"));
        QCOMPARE(reply->request().sampling.maxTokens.value_or(0), 4);
        QCOMPARE(reply->request().extras, (QJsonObject {{QStringLiteral("system"), QStringLiteral("s")}}));
        reply->text(QStringLiteral(" upon"));
        reply->text(QStringLiteral(" a time"));
        reply->finishWith(QStringLiteral("length"));
        const QList<QJsonObject> lines = linesOf(client.answer());
        QCOMPARE(lines.size(), stream ? 3 : 1);
        QCOMPARE(textOfLines(lines, u"response"), QStringLiteral(" upon a time"));
        QCOMPARE(lines.last().value(u"done_reason").toString(), QStringLiteral("length"));
        QVERIFY(hasTimes(lines.last()));
    }
}

void TestGatewayOllama::gapsAndRawPromptsAreContinued_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::newRow("a gap") << QByteArray(R"("suffix":"end")");
    QTest::newRow("raw") << QByteArray(R"("raw":true)");
}

void TestGatewayOllama::gapsAndRawPromptsAreContinued()
{
    QFETCH(const QByteArray, members);
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", generateTarget, R"({"model":"talker","prompt":"begin",)" + members + "}");
    QVERIFY(fixture.completion());
    QCOMPARE(fixture.completion()->request().suffix.has_value(), members.contains("suffix"));
    QVERIFY(fixture.completion()->request().extras.isEmpty());
}

void TestGatewayOllama::nothingToSayLoadsTheModel_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const char *target, const char *body, const char *reason) {
        QTest::newRow(name) << QByteArray(target) << QByteArray(body) << QString::fromUtf8(reason);
    };
    row("no prompt", generateTarget, R"({"model":"talker"})", "load");
    row("empty prompt", generateTarget, R"({"model":"talker","prompt":"","keep_alive":-1})", "load");
    row("unload", generateTarget, R"({"model":"talker","keep_alive":0})", "unload");
    row("no messages", chatTarget, R"({"model":"talker","messages":[]})", "load");
    row("unload by chat", chatTarget, R"({"model":"talker","messages":[],"keep_alive":"0"})", "unload");
}

void TestGatewayOllama::nothingToSayLoadsTheModel()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, body);
    QFETCH(const QString, reason);
    GatewayFixture fixture;
    const QJsonObject answer = fixture.ask("POST", target, body).json();
    QCOMPARE(answer.value(u"model").toString(), QStringLiteral("talker"));
    QVERIFY(answer.value(u"done").toBool());
    QCOMPARE(answer.value(u"done_reason").toString(), reason);
    QCOMPARE(answer.contains(u"message"), target == chatTarget);
    fixture.provider().infoError = Error {.kind = Error::Kind::NotFound};
    const RawAnswer missing = fixture.ask("POST", target, body);
    QCOMPARE(missing.status, 404);
    QCOMPARE(errorOf(missing), QStringLiteral("model 'talker' not found"));
}

void TestGatewayOllama::embedsTexts()
{
    GatewayFixture fixture;
    for (const QByteArray input : {R"("a")", R"(["a","b"])"}) {
        const QJsonObject answer = fixture
                                       .ask("POST", "/api/embed",
                                           R"({"model":"words:latest","truncate":true,"dimensions":4,"input":)" + input
                                               + R"(,"options":{"num_ctx":5},"keep_alive":0})")
                                       .json();
        QCOMPARE(answer.value(u"model").toString(), QStringLiteral("words:latest"));
        const QJsonArray rows = answer.value(u"embeddings").toArray();
        QCOMPARE(rows.size(), input.startsWith('[') ? 2 : 1);
        double sum = 0;
        for (const QJsonValue &value : rows[0].toArray())
            sum += value.toDouble() * value.toDouble();
        QVERIFY(std::abs(sum - 1) < 1e-5);
        QVERIFY(answer.value(u"total_duration").toInteger() > 0);
        QVERIFY(answer.value(u"prompt_eval_count").toInteger() > 0);
    }
    const EmbeddingRequest &request = fixture.provider().embeddingRequests.back();
    QCOMPARE(request.model, QStringLiteral("words"));
    QCOMPARE(request.dimensions.value_or(0), 4);
    QVERIFY(request.extras.isEmpty());
}

void TestGatewayOllama::embedsOneTextInTheOldForm()
{
    GatewayFixture fixture;
    const QJsonObject answer = fixture.ask("POST", "/api/embeddings", R"({"model":"words","prompt":"a"})").json();
    QCOMPARE(answer.keys(), QStringList {QStringLiteral("embedding")});
    QCOMPARE(answer.value(u"embedding").toArray().size(), 8);
    QCOMPARE(fixture.provider().embeddingRequests.back().input, QStringList {QStringLiteral("a")});
}

QTEST_GUILESS_MAIN(TestGatewayOllama)
#include "tst_gatewayollama.moc"
