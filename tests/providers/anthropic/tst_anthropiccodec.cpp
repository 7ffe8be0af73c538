// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../codecgolden.h"
#include "../requestvalues.h"

#include "providers/anthropic/anthropiccodec.h"
#include "providers/anthropic/anthropicextras.h"
#include "providers/anthropic/chatdecoder.h"
#include "providers/anthropic/modeldecoder.h"

#include <QTest>

using namespace diptych;

namespace {

Result<BodyEncoder> encode(const QString &, const QJsonObject &request, const EncodingOptions &options)
{
    return anthropic::encodeChatRequest(test::chatRequestOf(request), options);
}

QJsonObject readStream(QByteArrayView first, QByteArrayView second)
{
    return test::readStream<anthropic::ChatDecoder, SseFraming>(first, second);
}

QJsonObject readWhole(const QString &kind, const QByteArray &json)
{
    if (kind == QLatin1String("chat"))
        return test::dumpResult(anthropic::decodeChatResponse(json));
    if (kind == QLatin1String("model"))
        return test::dumpResult(anthropic::decodeModelObject(json));
    const Result<Page<ModelDescription>> page = anthropic::decodeModelList(json);
    if (!page)
        return {{QStringLiteral("error"), test::dump(page.error())}};
    QJsonArray array;
    for (const ModelDescription &model : page->items)
        array.append(test::dump(model));
    QJsonObject object {{QStringLiteral("models"), array}};
    if (!page->next.isEmpty())
        object.insert(u"next", page->next);
    return object;
}

QString kindOf(const QString &path)
{
    return path.section(u'/', -1).section(u'-', 0, 0);
}

} // namespace

/// The Messages API: requests against the bodies and change logs that they become, recorded answers against what they
/// decode to.
class TestAnthropicCodec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void malformed_data();
    void malformed();
    void errorEvents_data();
    void errorEvents();
    void strictRefuses_data();
    void strictRefuses();
    void badPictures_data();
    void badPictures();
    void request_data() { test::addGoldens(QStringLiteral(TEST_DATA_DIR "/requests"), QStringLiteral(".in.json")); }
    void request();
    void stream_data() { test::addGoldens(QStringLiteral(TEST_DATA_DIR "/answers"), QStringLiteral(".sse")); }
    void stream();
    void whole_data() { test::addGoldens(QStringLiteral(TEST_DATA_DIR "/answers"), QStringLiteral(".json")); }
    void whole();
    void thoughtsSurviveTheRoundTrip();
    void knownExtrasAreComplete();
};

void TestAnthropicCodec::malformed_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *kind, const char *json, const char *path) {
        QTest::addRow("%s %s", kind, json)
            << QString::fromLatin1(kind) << QByteArray(json) << QString::fromLatin1(path);
    };
    row("stream", R"([])", "");
    row("stream", R"({"choices":[]})", "type");
    row("stream", R"({"type":7})", "type");
    row("stream", R"({"type":"message_start"})", "message");
    row("stream", R"({"type":"message_start","message":{"id":{}}})", "message.id");
    row("stream", R"({"type":"message_start","message":{"usage":{"input_tokens":"three"}}})", "input_tokens");
    row("stream", R"({"type":"content_block_start","index":"zero","content_block":{}})", "index");
    row("stream", R"({"type":"content_block_start","index":0})", "content_block");
    row("stream", R"({"type":"content_block_start","content_block":{"type":"text","text":[]}})", "content_block.text");
    row("stream", R"({"type":"content_block_delta","index":0})", "delta");
    row("stream", R"({"type":"content_block_delta","delta":{"type":"text_delta","text":1}})", "delta.text");
    row("stream", R"({"type":"content_block_delta","delta":{"type":"thinking_delta","thinking":1}})", "delta.thinking");
    row("stream", R"({"type":"message_delta","delta":{"stop_reason":1}})", "stop_reason");
    row("stream", R"({"type":"message_delta","delta":{},"usage":[]})", "usage");
    row("chat", R"({"type":"message"})", "content");
    row("chat", R"({"type":"message","content":"text"})", "content");
    row("chat", R"({"type":"message","content":["text"]})", "content[]");
    row("chat", R"({"type":"message","content":[{"type":"tool_use","name":1}]})", "content_block.name");
    row("chat", "not JSON", "");
    row("models", R"({"models":[]})", "data");
    row("models", R"({"data":[{"display_name":"M"}]})", "data[].id");
    row("models", "<html>", "");
    row("model", R"({"display_name":"M"})", "id");
}

void TestAnthropicCodec::malformed()
{
    QFETCH(const QString, kind);
    QFETCH(const QByteArray, json);
    const QByteArray event = "data: " + json + "\n\n";
    const QJsonObject result = kind == QLatin1String("stream") ? readStream(event, {}) : readWhole(kind, json);
    const QJsonObject error = result[u"error"].toObject();
    QCOMPARE(error[u"kind"].toString(), QStringLiteral("Protocol"));
    QTEST(error[u"parameter"].toString(), "path");
}

void TestAnthropicCodec::errorEvents_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("kind");
    const auto row = [](const char *code, const char *kind) {
        QTest::newRow(code) << QString::fromLatin1(code) << QString::fromLatin1(kind);
    };
    row("invalid_request_error", "InvalidRequest");
    row("authentication_error", "Authentication");
    row("permission_error", "Authentication");
    row("billing_error", "Authentication");
    row("not_found_error", "NotFound");
    row("rate_limit_error", "RateLimited");
    row("timeout_error", "Provider");
    row("api_error", "Provider");
    row("overloaded_error", "Provider");
}

/// An error event without its name on the `event:` line, as some gateways forward it.
void TestAnthropicCodec::errorEvents()
{
    QFETCH(const QString, code);
    const QByteArray json =
        R"({"type":"error","error":{"type":")" + code.toLatin1() + R"(","message":"no"},"request_id":"req_1"})";
    anthropic::ChatDecoder decoder;
    const auto result = decoder.decodeChunk(json);
    QVERIFY(!result);
    QTEST(kindName(result.error().kind), "kind");
    QCOMPARE(result.error().message, QStringLiteral("no"));
    QCOMPARE(result.error().providerCode, code);
    QCOMPARE(result.error().requestId, QStringLiteral("req_1"));
    QVERIFY(!decoder.isComplete());
}

void TestAnthropicCodec::strictRefuses_data()
{
    QTest::addColumn<QString>("request");
    QTest::addColumn<QString>("parameter");
    const auto row = [](const char *request, const char *parameter) {
        QTest::newRow(request) << QString::fromLatin1(request) << QString::fromLatin1(parameter);
    };
    row(R"({"seed":7})", "seed");
    row(R"({"frequencyPenalty":1})", "frequency_penalty");
    row(R"({"presencePenalty":1})", "presence_penalty");
    row(R"({"n":2})", "n");
    row(R"({"n":1})", "");
    row(R"({"logprobs":true})", "logprobs");
    row(R"({"logprobs":false})", "");
    row(R"({"topLogprobs":3})", "top_logprobs");
    row(R"({"modalities":["text","audio"]})", "modalities");
    row(R"({"modalities":["text"]})", "");
    row(R"({"responseFormat":{"type":"json_object"}})", "response_format");
    row(R"({"responseFormat":{"type":"text"}})", "");
    row(R"({"responseFormat":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":true}})", "");
    row(R"({"responseFormat":{"type":"json_schema","schema":{},"strict":false}})",
        "response_format.json_schema.strict");
    row(R"({"responseFormat":{"type":"json_schema","schema":{},"description":"d"}})",
        "response_format.json_schema.description");
    row(R"({"reasoningEffort":"minimal"})", "reasoning_effort");
    row(R"({"reasoningEffort":"none"})", "");
    row(R"({"reasoningEffort":"max"})", "");
    row(R"({"temperature":1.5,"topP":0.5,"stop":["x"],"user":"u","parallelToolCalls":false})", "");
    row(R"({"messages":[{"content":[{"audio":"x","format":"wav"}]}]})", "messages[0].content[0].input_audio");
    row(R"({"messages":[{"content":[{"text":"a"},{"audioUrl":"https://x"}]}]})", "messages[0].content[1].audio_url");
    row(R"({"messages":[{"content":[{"image":"https://x/a.png","detail":"low"}]}]})",
        "messages[0].content[0].image_url.detail");
    row(R"({"messages":[{"content":[{"image":"https://x/a.png","detail":"auto"}]}]})", "");
    row(R"({"messages":[{"role":"assistant","content":[{"image":"https://x/a.png"}]}]})",
        "messages[0].content[0].image_url");
    row(R"({"messages":[{"role":"system","content":[{"image":"https://x/a.png"}]}]})", "messages[0].content[0]");
}

/// An empty parameter: nothing is refused, since nothing is lost.
void TestAnthropicCodec::strictRefuses()
{
    QFETCH(const QString, request);
    QFETCH(const QString, parameter);
    const QJsonObject json = QJsonDocument::fromJson(request.toUtf8()).object();
    QVERIFY(!json.isEmpty());
    const Result<BodyEncoder> strict = encode({}, json, {.adaptation = Adaptation::Strict});
    QCOMPARE(strict.has_value(), parameter.isEmpty());
    if (strict)
        return;
    QCOMPARE(strict.error().kind, Error::Kind::Unsupported);
    QCOMPARE(strict.error().parameter, parameter);
    const Result<BodyEncoder> adapted = encode({}, json, {.adaptation = Adaptation::Adapt});
    QVERIFY(adapted.has_value());
    const auto &changes = adapted->changes();
    QVERIFY(std::any_of(changes.begin(), changes.end(), [&parameter](const Change &change) {
        return change.field == parameter && change.kind != Change::Kind::Sent && !change.reason.isEmpty();
    }));
}

void TestAnthropicCodec::badPictures_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("not base64") << QStringLiteral("data:image/png;base64,@@@@");
    QTest::newRow("nothing in it") << QStringLiteral("data:image/png;base64,");
    QTest::newRow("no comma") << QStringLiteral("data:image/png;base64");
    QTest::newRow("no type") << QStringLiteral("data:;base64,AAAA");
    QTest::newRow("bare base64") << QStringLiteral("iVBORw0KGgo=");
    QTest::newRow("a file") << QStringLiteral("file:///etc/passwd");
    QTest::newRow("empty") << QString();
}

void TestAnthropicCodec::badPictures()
{
    QFETCH(const QString, url);
    const ChatRequest request {.messages = {{.content = {TextPart {QStringLiteral("What?")}, ImagePart {url}}}}};
    const Result<BodyEncoder> encoder = anthropic::encodeChatRequest(request, {});
    QVERIFY(!encoder);
    QCOMPARE(encoder.error().kind, Error::Kind::InvalidRequest);
    QCOMPARE(encoder.error().parameter, QStringLiteral("messages[0].content[1].image_url"));
}

void TestAnthropicCodec::request()
{
    QFETCH(const QString, path);
    const QString difference = test::requestDifference(path, encode);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestAnthropicCodec::stream()
{
    QFETCH(const QString, path);
    const QString difference = test::streamDifference(path, readStream);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestAnthropicCodec::whole()
{
    QFETCH(const QString, path);
    const QString difference = test::wholeDifference(path, readWhole(kindOf(path), test::contentOf(path)));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestAnthropicCodec::thoughtsSurviveTheRoundTrip()
{
    const QByteArray answer = test::contentOf(QStringLiteral(TEST_DATA_DIR "/answers/chat-thinking.json"));
    const Result<ChatResponse> response = anthropic::decodeChatResponse(answer);
    QVERIFY(response.has_value());
    const ChatRequest request {.messages = {response->choices.front().message}};
    const Result<BodyEncoder> encoder = anthropic::encodeChatRequest(request, {});
    QVERIFY(encoder.has_value());
    const QJsonArray received = QJsonDocument::fromJson(answer)[u"content"].toArray();
    const QJsonArray sent = QJsonDocument::fromJson(encoder->body())[u"messages"][0][u"content"].toArray();
    QCOMPARE(received[0][u"type"].toString(), QStringLiteral("thinking"));
    QCOMPARE(sent[0], received[0]);
    QCOMPARE(sent[1], received[1]);
    QCOMPARE(sent, received);
}

void TestAnthropicCodec::knownExtrasAreComplete()
{
    QStringList keys;
    for (const KnownExtra &extra : anthropic::knownExtras()) {
        QVERIFY2(!keys.contains(extra.key), qPrintable(extra.key));
        keys.append(extra.key);
        QVERIFY2(!extra.description.isEmpty(), qPrintable(extra.key));
        QVERIFY2(!extra.example.isNull(), qPrintable(extra.key));
    }
    QVERIFY(keys.contains(QStringLiteral("thinking")));
}

QTEST_GUILESS_MAIN(TestAnthropicCodec)
#include "tst_anthropiccodec.moc"
