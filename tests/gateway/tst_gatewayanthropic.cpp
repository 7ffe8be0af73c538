// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewayfixture.h"

#include <QTest>

using namespace diptych;

namespace {

constexpr auto target = "/v1/messages";
const QByteArray key = "x-api-key: test-key\r\nanthropic-version: 2023-06-01\r\n";

QByteArray bodyOf(const QByteArray &members = {})
{
    const QByteArray more = members.isEmpty() ? QByteArray() : QByteArray("," + members);
    return R"({"model":"talker","max_tokens":2000,"messages":[{"role":"user","content":"Hi"}])" + more + "}";
}

/// A body whose only turn has these blocks.
QByteArray blocksBody(const QByteArray &blocks, const QByteArray &role = "user")
{
    return R"({"model":"talker","max_tokens":2000,"messages":[{"role":")" + role + R"(","content":[)" + blocks + "]}]}";
}

QList<QJsonObject> eventsOf(const RawAnswer &answer)
{
    QList<QJsonObject> events;
    const QByteArray mark = "\ndata: ";
    qsizetype from = 0;
    for (qsizetype end = answer.body.indexOf("\n\n"); end >= 0; end = answer.body.indexOf("\n\n", from)) {
        const QByteArray event = answer.body.mid(from, end - from);
        from = end + 2;
        const qsizetype data = event.indexOf(mark);
        const QJsonObject object = QJsonDocument::fromJson(event.mid(data + mark.size())).object();
        if (event.left(data) == "event: " + object.value(u"type").toString().toUtf8())
            events.push_back(object);
    }
    return events;
}

/// The events as one word each: what begins, the pieces and what ends, with their indices.
QStringList outlineOf(const QList<QJsonObject> &events)
{
    QStringList outline;
    for (const QJsonObject &event : events) {
        const QString type = event.value(u"type").toString();
        const QString index = QString::number(event.value(u"index").toInt());
        if (type == u"content_block_start")
            outline.append(u'+' % index % event.value(u"content_block")[u"type"].toString());
        else if (type == u"content_block_delta")
            outline.append(index % event.value(u"delta")[u"type"].toString());
        else if (type == u"content_block_stop")
            outline.append(u'-' % index);
        else
            outline.append(type);
    }
    return outline;
}

QJsonObject errorOf(const RawAnswer &answer)
{
    return answer.json().value(u"error").toObject();
}

QString typeOf(const QJsonObject &object)
{
    return object.value(u"type").toString();
}

ChatDelta callPiece(int index, const char *id, const char *name, const char *arguments)
{
    return {.toolCalls = {{.index = index,
                .id = QString::fromUtf8(id),
                .name = QString::fromUtf8(name),
                .arguments = QString::fromUtf8(arguments)}}};
}

} // namespace

class TestGatewayAnthropic : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesWrongValues_data();
    void refusesWrongValues();
    void refusesInItsOwnShapeBeforeTheTask_data();
    void refusesInItsOwnShapeBeforeTheTask();
    void tooLargeRequestsAreNamedSo();
    void passesProviderErrorsOn_data();
    void passesProviderErrorsOn();
    void listsModelsOnlyForItsOwnClients();
    void listsModelsInPages_data();
    void listsModelsInPages();
    void countsTokensRoughly();
    void streams();
    void blocksComeOneAfterTheOther();
    void signedThoughtsKeepTheirSignature();
    void emptyAnswersHaveTheirEvents();
    void endsABrokenStreamWithAnErrorEvent();
    void answersInOnePiece();
    void reasonsToStop_data();
    void reasonsToStop();
    void readsTheWholeRequest();
    void readsTurnsWithResults();
    void readsPicturesAndDocuments();
    void readsChoicesOfTools_data();
    void readsChoicesOfTools();
    void readsThinking_data();
    void readsThinking();
};

void TestGatewayAnthropic::refusesWrongValues_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *name, const QByteArray &body, const char *path) {
        QTest::newRow(name) << body << QString::fromUtf8(path);
    };
    const auto with = [&row](const char *name, const QByteArray &members, const char *path) {
        row(name, bodyOf(members), path);
    };
    const auto blocks = [&row](const char *name, const QByteArray &json, const char *path) {
        row(name, blocksBody(json), path);
    };
    row("no JSON", "{", "JSON");
    row("an array", "[]", "JSON");
    row("no model", R"({"max_tokens":5,"messages":[{"role":"user","content":"Hi"}]})", "model");
    row("no limit", R"({"model":"talker","messages":[{"role":"user","content":"Hi"}]})", "max_tokens");
    row("limit is text", R"({"model":"talker","max_tokens":"5","messages":[{"role":"user","content":"Hi"}]})",
        "max_tokens");
    row("limit is zero", R"({"model":"talker","max_tokens":0,"messages":[{"role":"user","content":"Hi"}]})",
        "max_tokens");
    row("no messages", R"({"model":"talker","max_tokens":5})", "messages");
    row("empty messages", R"({"model":"talker","max_tokens":5,"messages":[]})", "messages");
    row("message is text", R"({"model":"talker","max_tokens":5,"messages":["Hi"]})", "messages[0]");
    row("no role", R"({"model":"talker","max_tokens":5,"messages":[{"content":"Hi"}]})", "messages[0].role");
    row("a tool's role", R"({"model":"talker","max_tokens":5,"messages":[{"role":"tool","content":"Hi"}]})",
        "messages[0].role");
    row("no content", R"({"model":"talker","max_tokens":5,"messages":[{"role":"user"}]})", "messages[0].content");
    row("content is a number", R"({"model":"talker","max_tokens":5,"messages":[{"role":"user","content":5}]})",
        "messages[0].content");
    blocks("no blocks", "", "messages[0].content");
    blocks("block is text", R"("Hi")", "messages[0].content[0]");
    blocks("block without type", R"({"text":"Hi"})", "messages[0].content[0].type");
    blocks("strange block", R"({"type":"smell"})", "messages[0].content[0].type");
    blocks("text without text", R"({"type":"text"})", "messages[0].content[0].text");
    blocks("text is a number", R"({"type":"text","text":5})", "messages[0].content[0].text");
    blocks("image without source", R"({"type":"image"})", "messages[0].content[0].source");
    blocks("image from a file", R"({"type":"image","source":{"type":"file","file_id":"f"}})",
        "messages[0].content[0].source.type");
    blocks("image without data", R"({"type":"image","source":{"type":"base64","media_type":"image/png"}})",
        "messages[0].content[0].source.data");
    blocks("image is no Base64", R"({"type":"image","source":{"type":"base64","media_type":"image/png","data":"?"}})",
        "messages[0].content[0].source.data");
    blocks("image without media type", R"({"type":"image","source":{"type":"base64","data":"aaaa"}})",
        "messages[0].content[0].source.media_type");
    blocks("a scanned document", R"({"type":"document","source":{"type":"base64","data":"aaaa"}})",
        "messages[0].content[0].source.type");
    blocks(
        "a call of the user", R"({"type":"tool_use","id":"a","name":"f","input":{}})", "messages[0].content[0].type");
    blocks("result without a call", R"({"type":"tool_result","content":"5"})", "messages[0].content[0].tool_use_id");
    blocks("result is a number", R"({"type":"tool_result","tool_use_id":"a","content":5})",
        "messages[0].content[0].content");
    blocks("result with a strange block", R"({"type":"tool_result","tool_use_id":"a","content":[{"type":"smell"}]})",
        "messages[0].content[0].content[0].type");
    blocks("is_error is text", R"({"type":"tool_result","tool_use_id":"a","is_error":"yes"})",
        "messages[0].content[0].is_error");
    row("call without input", blocksBody(R"({"type":"tool_use","id":"a","name":"f"})", "assistant"),
        "messages[0].content[0].input");
    row("call with text", blocksBody(R"({"type":"tool_use","id":"a","name":"f","input":"{}"})", "assistant"),
        "messages[0].content[0].input");
    row("call without a name", blocksBody(R"({"type":"tool_use","id":"a","input":{}})", "assistant"),
        "messages[0].content[0].name");
    row("thoughts of nothing", blocksBody(R"({"type":"thinking","signature":"s"})", "assistant"),
        "messages[0].content[0].thinking");
    with("system is a number", R"("system":5)", "system");
    with("system is a picture", R"("system":[{"type":"image"}])", "system[0].type");
    with("temperature is text", R"("temperature":"hot")", "temperature");
    with("temperature above one", R"("temperature":1.5)", "temperature");
    with("top_p below zero", R"("top_p":-1)", "top_p");
    with("top_k is text", R"("top_k":"5")", "top_k");
    with("stop is text", R"("stop_sequences":"END")", "stop_sequences");
    with("stop holds a number", R"("stop_sequences":["a",5])", "stop_sequences[1]");
    with("stream is text", R"("stream":"true")", "stream");
    with("metadata is text", R"("metadata":"a")", "metadata");
    with("user is a number", R"("metadata":{"user_id":5})", "metadata.user_id");
    with("tools is text", R"("tools":"a")", "tools");
    with("tool is text", R"("tools":["a"])", "tools[0]");
    with("tool without a schema", R"("tools":[{"name":"f"}])", "tools[0].input_schema");
    with("tool without a name", R"("tools":[{"input_schema":{}}])", "tools[0].name");
    with("tool of the service", R"("tools":[{"type":"bash_20250124","name":"bash"}])", "tools[0].type");
    with("choice is text", R"("tool_choice":"auto")", "tool_choice");
    with("choice without type", R"("tool_choice":{})", "tool_choice.type");
    with("strange choice", R"("tool_choice":{"type":"maybe"})", "tool_choice.type");
    with("choice without tools", R"("tool_choice":{"type":"any"})", "tool_choice");
    with("choice of another tool",
        R"("tools":[{"name":"f","input_schema":{}}],"tool_choice":{"type":"tool","name":"g"})", "tool_choice");
    with("parallel is text", R"("tool_choice":{"type":"auto","disable_parallel_tool_use":"no"})",
        "tool_choice.disable_parallel_tool_use");
    with("thinking is true", R"("thinking":true)", "thinking");
    with("thinking without a type", R"("thinking":{})", "thinking.type");
    with("strange thinking", R"("thinking":{"type":"deep"})", "thinking.type");
    with("thinking without a budget", R"("thinking":{"type":"enabled"})", "thinking.budget_tokens");
    with("small budget", R"("thinking":{"type":"enabled","budget_tokens":5})", "thinking.budget_tokens");
    with("budget above the limit", R"("thinking":{"type":"enabled","budget_tokens":2000})", "thinking.budget_tokens");
    with("effort is a number", R"("output_config":{"effort":5})", "output_config.effort");
    with("strange format", R"("output_config":{"format":{"type":"xml"}})", "output_config.format.type");
    with("format without a schema", R"("output_config":{"format":{"type":"json_schema"}})",
        "output_config.format.schema");
}

void TestGatewayAnthropic::refusesWrongValues()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, path);
    GatewayFixture fixture;
    const RawAnswer answer = fixture.ask("POST", target, body, key);
    QCOMPARE(answer.status, 400);
    QCOMPARE(typeOf(answer.json()), QStringLiteral("error"));
    QCOMPARE(typeOf(errorOf(answer)), QStringLiteral("invalid_request_error"));
    const QString message = errorOf(answer).value(u"message").toString();
    QVERIFY2(message.contains(path), qPrintable(message));
    QCOMPARE(answer.json().value(u"request_id").toString().toUtf8(), answer.header("request-id"));
    QVERIFY(!answer.header("request-id").isEmpty());
    QVERIFY(fixture.provider().chats.empty());
}

void TestGatewayAnthropic::refusesInItsOwnShapeBeforeTheTask_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("type");
    const auto row = [](const char *name, const char *method, const char *path, const QByteArray &headers, int status,
                         const char *type) {
        QTest::newRow(name) << QByteArray(method) << QByteArray(path) << headers << status << QString::fromUtf8(type);
    };
    const QByteArray version = "anthropic-version: 2023-06-01\r\n";
    row("no key", "POST", target, {}, 401, "authentication_error");
    row("wrong key", "POST", target, "x-api-key: wrong\r\n", 401, "authentication_error");
    row("no key for the models", "GET", "/v1/models", version, 401, "authentication_error");
    row("page of others", "POST", target, key + "Origin: https://example.org\r\n", 403, "permission_error");
    row("no such path", "POST", "/v1/messages/batches", key, 404, "not_found_error");
    row("no such path by the header", "POST", "/v1/complete", key, 404, "not_found_error");
    row("another method", "GET", target, key, 405, "invalid_request_error");
    row("another method for a model", "DELETE", "/v1/models/talker", key, 405, "invalid_request_error");
    row("no such model", "GET", "/v1/models/none", key, 404, "not_found_error");
}

void TestGatewayAnthropic::refusesInItsOwnShapeBeforeTheTask()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, headers);
    QFETCH(const int, status);
    QFETCH(const QString, type);
    GatewayFixture fixture;
    const RawAnswer answer = fixture.ask(method, path, method == "POST" ? "{}" : "", headers);
    QCOMPARE(answer.status, status);
    QCOMPARE(typeOf(errorOf(answer)), type);
    QVERIFY(!answer.header("request-id").isEmpty());
    QCOMPARE(answer.json().value(u"request_id").toString().toUtf8(), answer.header("request-id"));
}

void TestGatewayAnthropic::tooLargeRequestsAreNamedSo()
{
    GatewayFixture fixture({.bodyLimit = 100});
    const RawAnswer answer = fixture.ask("POST", target, QByteArray(200, ' '), key);
    QCOMPARE(answer.status, 413);
    QCOMPARE(typeOf(errorOf(answer)), QStringLiteral("request_too_large"));
    QCOMPARE(answer.header("request-id").isEmpty(), false);
    const RawAnswer others = fixture.ask("POST", "/v1/chat/completions", QByteArray(200, ' '));
    QCOMPARE(others.status, 413);
    QVERIFY(errorOf(others).contains(u"param")); // OpenAI's
}

void TestGatewayAnthropic::passesProviderErrorsOn_data()
{
    using Kind = Error::Kind;
    QTest::addColumn<Error>("error");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("type");
    const auto row = [](const char *name, const Error &error, int status, const char *type) {
        QTest::newRow(name) << error << status << QString::fromUtf8(type);
    };
    row("no such model", {.kind = Kind::NotFound, .requestId = QStringLiteral("theirs")}, 404, "not_found_error");
    row("a parameter", {.kind = Kind::Unsupported, .parameter = QStringLiteral("tools")}, 400, "invalid_request_error");
    row("a route", {.kind = Kind::Unsupported}, 400, "invalid_request_error");
    row("filter", {.kind = Kind::ContentFilter}, 400, "invalid_request_error");
    row("rate limit", {.kind = Kind::RateLimited, .retryAfter = std::chrono::milliseconds(1500)}, 429,
        "rate_limit_error");
    row("overloaded", {.kind = Kind::Provider, .httpStatus = 503}, 529, "overloaded_error");
    row("overloaded itself", {.kind = Kind::Provider, .httpStatus = 529}, 529, "overloaded_error");
    row("broken", {.kind = Kind::Provider}, 500, "api_error");
    row("network", {.kind = Kind::Network}, 502, "api_error");
    row("timeout", {.kind = Kind::Timeout}, 504, "timeout_error");
}

void TestGatewayAnthropic::passesProviderErrorsOn()
{
    QFETCH(const Error, error);
    QFETCH(const int, status);
    QFETCH(const QString, type);
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", target, bodyOf(R"("stream":true)"), key);
    QVERIFY(fixture.chat());
    fixture.chat()->failWith(error);
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, status);
    QCOMPARE(typeOf(errorOf(answer)), type);
    QVERIFY(!errorOf(answer).value(u"message").toString().isEmpty());
    QCOMPARE(answer.header("Retry-After"), error.retryAfter ? QByteArray("2") : QByteArray());
    QCOMPARE(answer.json().value(u"request_id").toString().toUtf8(), answer.header("request-id"));
}

void TestGatewayAnthropic::listsModelsOnlyForItsOwnClients()
{
    GatewayFixture fixture;
    fixture.provider().models.front().contextLength = 100;
    const QJsonObject list = fixture.ask("GET", "/v1/models", {}, key).json();
    const QJsonArray data = list.value(u"data").toArray();
    QCOMPARE(data.size(), 1); // the one that chats
    QCOMPARE(data[0][u"id"].toString(), QStringLiteral("talker"));
    QCOMPARE(data[0][u"type"].toString(), QStringLiteral("model"));
    QVERIFY(data[0][u"display_name"].isString() && data[0][u"created_at"].isString());
    QCOMPARE(data[0][u"max_input_tokens"].toInt(), 100);
    QCOMPARE(list.value(u"has_more"), QJsonValue(false));
    QCOMPARE(list.value(u"first_id").toString(), QStringLiteral("talker"));
    QCOMPARE(list.value(u"last_id").toString(), QStringLiteral("talker"));
    QCOMPARE(fixture.ask("GET", "/v1/models/talker", {}, key).json(), data[0].toObject());
    QVERIFY(fixture.ask("GET", "/v1/models").json().contains(u"object")); // OpenAI's
    fixture.provider().models.clear();
    QVERIFY(fixture.ask("GET", "/v1/models", {}, key).json().value(u"first_id").isNull());
}

void TestGatewayAnthropic::listsModelsInPages_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("ids");
    QTest::addColumn<bool>("hasMore");
    const auto row = [](const char *query, const char *ids, bool hasMore) {
        QTest::newRow(query) << QByteArray(query) << QString::fromUtf8(ids) << hasMore;
    };
    row("limit=2", "talker,b", true);
    row("limit=0", "talker", true);
    row("limit=many", "talker,b,c/d,e", false);
    row("after_id=b", "c/d,e", false);
    row("after_id=b&limit=1", "c/d", true);
    row("after_id=c%2Fd", "e", false);
    row("after_id=none", "", false);
    row("before_id=c%2Fd", "talker,b", false);
    row("before_id=c%2Fd&limit=1", "b", true);
}

void TestGatewayAnthropic::listsModelsInPages()
{
    QFETCH(const QByteArray, query);
    QFETCH(const QString, ids);
    QFETCH(const bool, hasMore);
    GatewayFixture fixture;
    for (const char *id : {"b", "c/d", "e"})
        fixture.provider().models.push_back({.id = QString::fromUtf8(id), .type = ModelType::Chat});
    const QJsonObject list = fixture.ask("GET", "/v1/models?" + query, {}, key).json();
    QStringList found;
    for (const QJsonValue &model : list.value(u"data").toArray())
        found.append(model[u"id"].toString());
    QCOMPARE(found.join(u','), ids);
    QCOMPARE(list.value(u"has_more").toBool(), hasMore);
}

void TestGatewayAnthropic::countsTokensRoughly()
{
    GatewayFixture fixture;
    const auto count = [&fixture](const QByteArray &body) {
        const RawAnswer answer = fixture.ask("POST", "/v1/messages/count_tokens", body, key);
        return answer.header("x-token-count") == "estimated" ? answer.json().value(u"input_tokens").toInt() : -1;
    };
    const QByteArray plain = R"({"model":"talker","messages":[{"role":"user","content":"12345678"}])";
    QCOMPARE(count(plain + "}"), 2);
    QVERIFY(count(plain + R"(,"system":"Be brief."})") > 2);
    QVERIFY(count(plain + R"(,"tools":[{"name":"f","input_schema":{"type":"object"}}]})") > 2);
    const QByteArray picture = R"({"type":"image","source":{"type":"url","url":"https://a/b.png"}})";
    QVERIFY(count(blocksBody(picture)) > 1000);
    QCOMPARE(fixture.ask("POST", "/v1/messages/count_tokens", R"({"model":"talker"})", key).status, 400);
    fixture.provider().infoError = Error {.kind = Error::Kind::NotFound};
    QCOMPARE(fixture.ask("POST", "/v1/messages/count_tokens", plain + "}", key).status, 404);
    fixture.provider().infoError = Error {.kind = Error::Kind::Unsupported};
    QCOMPARE(count(plain + "}"), 2);
}

void TestGatewayAnthropic::streams()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", target, bodyOf(R"("stream":true)"), key);
    QVERIFY(fixture.chat());
    fixture.chat()->reasoning(QStringLiteral("Hm."));
    fixture.chat()->text(QStringLiteral("Hel"));
    fixture.chat()->text(QStringLiteral("lo"));
    fixture.chat()->finishWith(
        QStringLiteral("stop"), {.promptTokens = 5, .completionTokens = 2, .cachedTokens = 3, .reasoningTokens = 1});
    const RawAnswer answer = client.answer();
    QVERIFY(answer.header("Content-Type").startsWith("text/event-stream"));
    QVERIFY(!answer.header("request-id").isEmpty());
    const QList<QJsonObject> events = eventsOf(answer);
    const QString outline = outlineOf(events).join(u' ');
    QCOMPARE(outline,
        QStringLiteral("message_start ping +0thinking 0thinking_delta -0 +1text 1text_delta 1text_delta -1 "
                       "message_delta message_stop"));
    const QJsonObject message = events[0].value(u"message").toObject();
    QVERIFY(message.value(u"id").toString().startsWith(u"msg_"));
    QCOMPARE(message.value(u"model").toString(), QStringLiteral("talker"));
    QVERIFY(message.value(u"content").toArray().isEmpty() && message.value(u"stop_reason").isNull());
    const QJsonObject end = events[events.size() - 2];
    QCOMPARE(end.value(u"delta")[u"stop_reason"].toString(), QStringLiteral("end_turn"));
    QVERIFY(end.value(u"delta")[u"stop_sequence"].isNull());
    QCOMPARE(end.value(u"usage")[u"input_tokens"].toInt(), 2);
    QCOMPARE(end.value(u"usage")[u"cache_read_input_tokens"].toInt(), 3);
    QCOMPARE(end.value(u"usage")[u"output_tokens"].toInt(), 2);
}

void TestGatewayAnthropic::blocksComeOneAfterTheOther()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", target, bodyOf(R"("stream":true)"), key);
    QVERIFY(fixture.chat());
    fixture.chat()->text(QStringLiteral("Look:"));
    fixture.chat()->delta(callPiece(0, "a", "first", "{\"x\""));
    fixture.chat()->delta(callPiece(1, "b", "second", "{\"y\":"));
    fixture.chat()->text(QStringLiteral("Wait."));
    fixture.chat()->reasoning(QStringLiteral("Hm."));
    fixture.chat()->delta(callPiece(1, "", "", "2}"));
    fixture.chat()->delta(callPiece(0, "", "", ":1}"));
    fixture.chat()->delta(callPiece(2, "c", "third", ""));
    fixture.chat()->finishWith(QStringLiteral("tool_calls"));
    const QList<QJsonObject> events = eventsOf(client.answer());
    const QString outline = outlineOf(events).join(u' ');
    QCOMPARE(outline,
        QStringLiteral("message_start ping +0text 0text_delta -0 +1tool_use 1input_json_delta 1input_json_delta -1 "
                       "+2tool_use 2input_json_delta -2 +3text 3text_delta -3 +4thinking 4thinking_delta -4 "
                       "+5tool_use -5 message_delta message_stop"));
    QStringList arguments {QString(), QString(), QString(), QString(), QString(), QString()};
    for (const QJsonObject &event : events)
        arguments[event.value(u"index").toInt()] += event.value(u"delta")[u"partial_json"].toString();
    QCOMPARE(arguments[1], QStringLiteral(R"({"x":1})"));
    QCOMPARE(arguments[2], QStringLiteral(R"({"y":2})"));
    QCOMPARE(events[events.size() - 2].value(u"delta")[u"stop_reason"].toString(), QStringLiteral("tool_use"));
}

void TestGatewayAnthropic::signedThoughtsKeepTheirSignature()
{
    const auto opaque = [](const QJsonObject &block) {
        return QJsonArray {
            QJsonObject {{QStringLiteral("provider"), QStringLiteral("anthropic")}, {QStringLiteral("block"), block}}};
    };
    const QJsonObject thoughts {{QStringLiteral("type"), QStringLiteral("thinking")},
        {QStringLiteral("thinking"), QStringLiteral("Hm.")}, {QStringLiteral("signature"), QStringLiteral("s")}};
    const QJsonObject hidden {
        {QStringLiteral("type"), QStringLiteral("redacted_thinking")}, {QStringLiteral("data"), QStringLiteral("d")}};
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", target, bodyOf(R"("stream":true)"), key);
    QVERIFY(fixture.chat());
    fixture.chat()->reasoning(QStringLiteral("Hm."));
    fixture.chat()->delta({.opaque = opaque(thoughts)});
    fixture.chat()->delta({.opaque = opaque(hidden)});
    fixture.chat()->text(QStringLiteral("Hi"));
    fixture.chat()->finishWith();
    const QList<QJsonObject> events = eventsOf(client.answer());
    const QString outline = outlineOf(events).join(u' ');
    QCOMPARE(outline,
        QStringLiteral("message_start ping +0thinking 0thinking_delta 0signature_delta -0 +1redacted_thinking -1 "
                       "+2text 2text_delta -2 message_delta message_stop"));
    RawClient again(fixture.port());
    again.request("POST", target, bodyOf(), key);
    QVERIFY(fixture.chat(2));
    fixture.chat(2)->delta(
        {.text = QStringLiteral("Hi"), .reasoning = QStringLiteral("Hm."), .opaque = opaque(thoughts)});
    fixture.chat(2)->finishWith();
    QCOMPARE(again.answer().json().value(u"content").toArray().first().toObject(), thoughts);
}

void TestGatewayAnthropic::emptyAnswersHaveTheirEvents()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", target, bodyOf(R"("stream":true,"n":2)"), key);
    QVERIFY(fixture.chat());
    fixture.chat()->delta({.choice = 1, .text = QStringLiteral("other")});
    fixture.chat()->finishWith();
    const QString outline = outlineOf(eventsOf(client.answer())).join(u' ');
    QCOMPARE(outline, QStringLiteral("message_start ping message_delta message_stop"));
    client.request("POST", target, bodyOf(), key);
    QVERIFY(fixture.chat(2));
    fixture.chat(2)->finishWith();
    const QJsonObject whole = client.answer().json();
    QVERIFY(whole.value(u"content").isArray() && whole.value(u"content").toArray().isEmpty());
    QCOMPARE(whole.value(u"stop_reason").toString(), QStringLiteral("end_turn"));
}

void TestGatewayAnthropic::endsABrokenStreamWithAnErrorEvent()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", target, bodyOf(R"("stream":true)"), key);
    QVERIFY(fixture.chat());
    fixture.chat()->text(QStringLiteral("Hel"));
    fixture.chat()->failWith({.kind = Error::Kind::Provider, .httpStatus = 503, .message = QStringLiteral("Full.")});
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 200);
    const QJsonObject last = eventsOf(answer).last();
    QCOMPARE(typeOf(last), QStringLiteral("error"));
    QCOMPARE(last.value(u"error")[u"type"].toString(), QStringLiteral("overloaded_error"));
    QCOMPARE(last.value(u"error")[u"message"].toString(), QStringLiteral("Full."));
    QCOMPARE(last.value(u"request_id").toString().toUtf8(), answer.header("request-id"));
    QVERIFY(client.waitForClose());
}

void TestGatewayAnthropic::answersInOnePiece()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", target, bodyOf(), key);
    QVERIFY(fixture.chat());
    QVERIFY(!fixture.chat()->request().stream);
    fixture.chat()->delta({.id = QStringLiteral("msg_1"), .model = QStringLiteral("talker-2")});
    fixture.chat()->reasoning(QStringLiteral("Hm."));
    fixture.chat()->text(QStringLiteral("Hello"));
    fixture.chat()->delta(callPiece(0, "a", "f", R"({"x":1})"));
    fixture.chat()->delta(callPiece(1, "b", "g", "no JSON"));
    fixture.chat()->finishWith(QStringLiteral("stop"), {.promptTokens = 3, .completionTokens = 2});
    const QJsonObject message = client.answer().json();
    QCOMPARE(message.value(u"id").toString(), QStringLiteral("msg_1"));
    QCOMPARE(message.value(u"model").toString(), QStringLiteral("talker-2"));
    QCOMPARE(typeOf(message), QStringLiteral("message"));
    QCOMPARE(message.value(u"role").toString(), QStringLiteral("assistant"));
    const QJsonArray content = message.value(u"content").toArray();
    QCOMPARE(content.size(), 4);
    QCOMPARE(content[0][u"thinking"].toString(), QStringLiteral("Hm."));
    QVERIFY(content[0][u"signature"].isString());
    QCOMPARE(content[1][u"text"].toString(), QStringLiteral("Hello"));
    QCOMPARE(content[2][u"input"].toObject(), (QJsonObject {{QStringLiteral("x"), 1}}));
    QCOMPARE(content[3][u"input"][u"arguments"].toString(), QStringLiteral("no JSON"));
    QCOMPARE(message.value(u"stop_reason").toString(), QStringLiteral("tool_use"));
    QVERIFY(message.value(u"stop_sequence").isNull());
    QCOMPARE(message.value(u"usage")[u"input_tokens"].toInt(), 3);
    QCOMPARE(message.value(u"usage")[u"cache_creation_input_tokens"], QJsonValue(0));
}

void TestGatewayAnthropic::reasonsToStop_data()
{
    QTest::addColumn<QString>("finishReason");
    QTest::addColumn<QString>("sequence");
    QTest::addColumn<QString>("stopReason");
    const auto row = [](const char *finishReason, const char *sequence, const char *stopReason) {
        QTest::addRow("%s%s", finishReason, sequence)
            << QString::fromUtf8(finishReason) << QString::fromUtf8(sequence) << QString::fromUtf8(stopReason);
    };
    row("stop", "", "end_turn");
    row("stop", "END", "stop_sequence");
    row("length", "", "max_tokens");
    row("tool_calls", "", "tool_use");
    row("content_filter", "", "refusal");
    row("pause_turn", "", "pause_turn");
}

void TestGatewayAnthropic::reasonsToStop()
{
    QFETCH(const QString, finishReason);
    QFETCH(const QString, sequence);
    QFETCH(const QString, stopReason);
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", target, bodyOf(R"("stop_sequences":["END","FIN"])"), key);
    QVERIFY(fixture.chat());
    fixture.chat()->delta({.finishReason = finishReason, .stopSequence = sequence});
    fixture.chat()->finishWith({});
    const QJsonObject message = client.answer().json();
    QCOMPARE(message.value(u"stop_reason").toString(), stopReason);
    QCOMPARE(message.value(u"stop_sequence").toString(), sequence);
    QCOMPARE(message.value(u"stop_sequence").isNull(), sequence.isEmpty());
}

void TestGatewayAnthropic::readsTheWholeRequest()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", target,
        bodyOf(R"("system":[{"type":"text","text":"One.","cache_control":{"type":"ephemeral"}},
            {"type":"text","text":"Two."}],"temperature":0.5,"top_p":0.9,"top_k":40,"stop_sequences":["END"],
            "metadata":{"user_id":"u","more":1},"service_tier":"auto","novelty":"x",
            "output_config":{"effort":"high","format":{"type":"json_schema","schema":{"type":"object"}}},
            "tools":[{"name":"f","description":"d","input_schema":{"type":"object"},"cache_control":{"type":"x"}}])"),
        key);
    QVERIFY(fixture.chat());
    const ChatRequest &request = fixture.chat()->request();
    const SamplingParameters sampling {
        .temperature = 0.5, .topP = 0.9, .maxTokens = 2000, .stop = QStringList {QStringLiteral("END")}};
    QVERIFY(request.sampling == sampling);
    QVERIFY(request.messages.front() == Message::fromText(Role::System, QStringLiteral("One.\n\nTwo.")));
    QCOMPARE(request.user.value_or(QString()), QStringLiteral("u"));
    QCOMPARE(request.reasoningEffort.value_or(QString()), QStringLiteral("high"));
    QCOMPARE(request.responseFormat->schema, (QJsonObject {{QStringLiteral("type"), QStringLiteral("object")}}));
    QCOMPARE(request.extras,
        (QJsonObject {{QStringLiteral("top_k"), 40}, {QStringLiteral("novelty"), QStringLiteral("x")}}));
    QVERIFY(request.extrasMode == ExtrasMode::PassThrough);
    QCOMPARE(request.tools.size(), std::size_t(1));
    QCOMPARE(request.tools[0].parameters, (QJsonObject {{QStringLiteral("type"), QStringLiteral("object")}}));
}

void TestGatewayAnthropic::readsTurnsWithResults()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", target, R"({"model":"talker","max_tokens":5,"messages":[
        {"role":"user","content":"Weather?"},
        {"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"s"},
            {"type":"thinking","thinking":"So.","signature":""},{"type":"redacted_thinking","data":"d"},
            {"type":"text","text":"Let me see."},{"type":"tool_use","id":"a","name":"rain","input":{"city":"Porto"}},
            {"type":"tool_use","id":"b","name":"sun","input":{}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"none"},
            {"type":"tool_result","tool_use_id":"b","is_error":true,"content":[{"type":"text","text":"broken"}]},
            {"type":"text","text":"Well?"}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"c"}]}]})",
        key);
    QVERIFY(fixture.chat());
    const std::vector<Message> &messages = fixture.chat()->request().messages;
    QCOMPARE(messages.size(), std::size_t(6));
    QCOMPARE(messages[1].reasoning, QStringLiteral("Hm.So."));
    QCOMPARE(messages[1].text(), QStringLiteral("Let me see."));
    QCOMPARE(messages[1].opaque.size(), 2); // those that can go back
    QCOMPARE(messages[1].toolCalls.size(), std::size_t(2));
    QCOMPARE(messages[1].toolCalls[0].arguments, QStringLiteral(R"({"city":"Porto"})"));
    QVERIFY(messages[2].role == Role::Tool && messages[3].role == Role::Tool && messages[4].role == Role::User);
    QCOMPARE(messages[2].toolCallId, QStringLiteral("a"));
    QCOMPARE(messages[3].text(), QStringLiteral("Error: broken"));
    QCOMPARE(messages[4].text(), QStringLiteral("Well?"));
    QVERIFY(messages[5].role == Role::Tool && messages[5].content.empty());
}

void TestGatewayAnthropic::readsPicturesAndDocuments()
{
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", target, blocksBody(R"({"type":"text","text":"What?"},
            {"type":"image","source":{"type":"base64","media_type":"image/gif","data":"R0lGODlh"}},
            {"type":"image","source":{"type":"url","url":"https://a/b.png"}},
            {"type":"document","title":"T","source":{"type":"text","media_type":"text/plain","data":"D"}},
            {"type":"document","source":{"type":"content","content":[{"type":"text","text":"E"}]}})"),
        key);
    QVERIFY(fixture.chat());
    const std::vector<ContentPart> &content = fixture.chat()->request().messages.front().content;
    const std::vector<ContentPart> expected {TextPart {QStringLiteral("What?")},
        ImagePart {.url = QStringLiteral("data:image/gif;base64,R0lGODlh")},
        ImagePart {.url = QStringLiteral("https://a/b.png")}, TextPart {QStringLiteral("T\n\nD")},
        TextPart {QStringLiteral("E")}};
    QVERIFY(content == expected);
}

void TestGatewayAnthropic::readsChoicesOfTools_data()
{
    QTest::addColumn<QByteArray>("choice");
    QTest::addColumn<ToolChoice::Mode>("mode");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("parallel");
    using Mode = ToolChoice::Mode;
    const auto row = [](const QByteArray &choice, Mode mode, const char *name = "", int parallel = -1) {
        QTest::newRow(choice.constData()) << choice << mode << QString::fromUtf8(name) << parallel;
    };
    row(R"({"type":"auto"})", Mode::Auto);
    row(R"({"type":"any"})", Mode::Required);
    row(R"({"type":"none"})", Mode::None);
    row(R"({"type":"tool","name":"f"})", Mode::Named, "f");
    row(R"({"type":"auto","disable_parallel_tool_use":true})", Mode::Auto, "", 0);
    row(R"({"type":"any","disable_parallel_tool_use":false})", Mode::Required, "", 1);
}

void TestGatewayAnthropic::readsChoicesOfTools()
{
    QFETCH(const QByteArray, choice);
    QFETCH(const ToolChoice::Mode, mode);
    QFETCH(const QString, name);
    QFETCH(const int, parallel);
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", target, bodyOf(R"("tools":[{"name":"f","input_schema":{}}],"tool_choice":)" + choice), key);
    QVERIFY(fixture.chat());
    const ChatRequest &request = fixture.chat()->request();
    const ToolChoice expected {.mode = mode, .name = name};
    QVERIFY(request.toolChoice == expected);
    QCOMPARE(request.parallelToolCalls ? int(*request.parallelToolCalls) : -1, parallel);
}

void TestGatewayAnthropic::readsThinking_data()
{
    QTest::addColumn<QByteArray>("thinking");
    QTest::addColumn<bool>("isExtra");
    QTest::addColumn<QString>("effort");
    QTest::newRow("enabled") << QByteArray(R"({"type":"enabled","budget_tokens":1024})") << true << QString();
    QTest::newRow("adaptive") << QByteArray(R"({"type":"adaptive"})") << true << QString();
    QTest::newRow("disabled") << QByteArray(R"({"type":"disabled"})") << false << QStringLiteral("none");
    QTest::newRow("null") << QByteArray("null") << false << QString();
}

void TestGatewayAnthropic::readsThinking()
{
    QFETCH(const QByteArray, thinking);
    QFETCH(const bool, isExtra);
    QFETCH(const QString, effort);
    GatewayFixture fixture;
    RawClient client(fixture.port());
    client.request("POST", target, bodyOf("\"thinking\":" + thinking), key);
    QVERIFY(fixture.chat());
    const ChatRequest &request = fixture.chat()->request();
    QCOMPARE(request.extras.value(u"thinking").toObject(),
        isExtra ? QJsonDocument::fromJson(thinking).object() : QJsonObject());
    QCOMPARE(request.reasoningEffort.value_or(QString()), effort);
}

QTEST_GUILESS_MAIN(TestGatewayAnthropic)
#include "tst_gatewayanthropic.moc"
