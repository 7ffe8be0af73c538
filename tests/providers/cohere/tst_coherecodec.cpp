// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../codecgolden.h"
#include "../requestvalues.h"

#include "providers/cohere/chatdecoder.h"
#include "providers/cohere/chatencoding.h"
#include "providers/cohere/cohereextras.h"
#include "providers/cohere/embeddingdecoder.h"
#include "providers/cohere/embeddingencoding.h"
#include "providers/cohere/modeldecoder.h"

#include <QTest>

using namespace diptych;

namespace {

Result<BodyEncoder> encode(const QString &kind, const QJsonObject &request, const EncodingOptions &options)
{
    if (kind == QLatin1String("embedding"))
        return cohere::encodeEmbeddingRequest(test::embeddingRequestOf(request), options);
    if (kind == QLatin1String("image"))
        return cohere::encodeImageEmbeddingRequest(test::imageEmbeddingRequestOf(request), options);
    return cohere::encodeChatRequest(test::chatRequestOf(request), options);
}

QJsonObject readStream(QByteArrayView first, QByteArrayView second)
{
    return test::readStream<cohere::ChatDecoder, SseFraming>(first, second);
}

/// The form that was asked for is the second word of an embedding file's name.
EncodingFormat askedFormat(const QString &name)
{
    const QString word = name.section(u'-', 1, 1).section(u'.', 0, 0);
    return encodingFormatFromName(word).value_or(EncodingFormat::Float);
}

QJsonObject readWhole(const QString &name, const QByteArray &json)
{
    const QString kind = name.section(u'-', 0, 0);
    if (kind == QLatin1String("chat"))
        return test::dumpResult(cohere::decodeChatResponse(json));
    if (kind == QLatin1String("embedding"))
        return test::dumpResult(cohere::decodeEmbeddingResponse(json, askedFormat(name)));
    if (kind == QLatin1String("model"))
        return test::dumpResult(cohere::decodeModelObject(json));
    const Result<Page<ModelDescription>> page = cohere::decodeModelList(json);
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

} // namespace

/// Cohere's API: requests against the bodies and change logs that they become, recorded answers against what they
/// decode to.
class TestCohereCodec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void malformed_data();
    void malformed();
    void endedInError_data();
    void endedInError();
    void strictRefuses_data();
    void strictRefuses();
    void tooManyTexts();
    void request_data() { test::addGoldens(QStringLiteral(TEST_DATA_DIR "/requests"), QStringLiteral(".in.json")); }
    void request();
    void stream_data() { test::addGoldens(QStringLiteral(TEST_DATA_DIR "/answers"), QStringLiteral(".sse")); }
    void stream();
    void whole_data() { test::addGoldens(QStringLiteral(TEST_DATA_DIR "/answers"), QStringLiteral(".json")); }
    void whole();
    void plansSurviveTheRoundTrip();
    void knownExtrasAreComplete();
};

void TestCohereCodec::malformed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *name, const char *json, const char *path) {
        QTest::addRow("%s %s", name, json)
            << QString::fromLatin1(name) << QByteArray(json) << QString::fromLatin1(path);
    };
    row("stream", "[]", "");
    row("stream", R"({"choices":[]})", "type");
    row("stream", R"({"type":1})", "type");
    row("stream", R"({"type":"message-start","id":{}})", "id");
    row("stream", R"({"type":"content-delta"})", "delta");
    row("stream", R"({"type":"content-delta","delta":{"message":"x"}})", "delta.message");
    row("stream", R"({"type":"content-delta","delta":{"message":{"content":7}}})", "message.content");
    row("stream", R"({"type":"content-delta","delta":{"message":{"content":{"text":7}}}})", "message.content.text");
    row("stream", R"({"type":"content-delta","delta":{"message":{}},"logprobs":7})", "logprobs");
    row("stream", R"({"type":"tool-plan-delta","delta":{"message":{"tool_plan":7}}})", "delta.message.tool_plan");
    row("stream", R"({"type":"tool-call-start"})", "delta");
    row("stream", R"({"type":"tool-call-start","delta":{"message":{"tool_calls":7}}})", "message.tool_calls");
    row("stream", R"({"type":"tool-call-delta","delta":{"message":{"tool_calls":{}}}})", "message.tool_calls");
    row("stream", R"({"type":"message-end","delta":{"usage":{"tokens":{"input_tokens":"x"}}}})",
        "usage.tokens.input_tokens");
    row("chat", R"({"id":"c"})", "message");
    row("chat", R"({"message":{"tool_calls":["x"]}})", "message.tool_calls[]");
    row("chat", "<html>", "");
    row("embedding-float", R"({"id":"e"})", "embeddings");
    row("embedding-float", R"({"embeddings":{"float":[1]}})", "embeddings[]");
    row("embedding-float", R"({"embeddings":{"float":[["a"]]}})", "embeddings[][]");
    row("embedding-float", R"({"embeddings":{"float":[[]]}})", "embeddings[]");
    row("embedding-float", R"({"embeddings":{"float":[[1,2],[1]]}})", "embeddings[]");
    row("embedding-float", R"({"embeddings":{"float":7}})", "embeddings");
    row("embedding-base64", R"({"embeddings":{"base64":["AAA"]}})", "embeddings[]");
    row("embedding-ubinary", R"({"embeddings":{"ubinary":[[256]]}})", "embeddings[][]");
    row("embedding-binary", R"({"embeddings":{"binary":[[128]]}})", "embeddings[][]");
    row("models", R"({"list":[]})", "models");
    row("models", R"({"data":[{"name":"m"}]})", "data[].id");
    row("models", R"({"models":[{"id":"m"}]})", "models[].name");
    row("model", R"({"id":"m"})", "name");
}

void TestCohereCodec::malformed()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, json);
    const QByteArray event = "data: " + json + "\n\n";
    const QJsonObject result = name == QLatin1String("stream") ? readStream(event, {}) : readWhole(name, json);
    const QJsonObject error = result[u"error"].toObject();
    QCOMPARE(error[u"kind"].toString(), QStringLiteral("Protocol"));
    QTEST(error[u"parameter"].toString(), "path");
}

void TestCohereCodec::endedInError_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<Error::Kind>("kind");
    const auto row = [](const char *json, Error::Kind kind) { QTest::newRow(json) << QByteArray(json) << kind; };
    row(R"({"type":"message-end","delta":{"finish_reason":"ERROR","error":"no"}})", Error::Kind::Provider);
    row(R"({"type":"message-end","delta":{"finish_reason":"ERROR"}})", Error::Kind::Provider);
    row(R"({"type":"message-end","delta":{"finish_reason":"TIMEOUT"}})", Error::Kind::Provider);
    row(R"({"type":"message-end","delta":{"finish_reason":"ERROR_TOXIC"}})", Error::Kind::ContentFilter);
    row(R"({"type":"message-end","delta":{"finish_reason":"COMPLETE","error":"late"}})", Error::Kind::Provider);
    row(R"({"id":"x","message":"internal server error"})", Error::Kind::Provider);
}

void TestCohereCodec::endedInError()
{
    QFETCH(const QByteArray, json);
    cohere::ChatDecoder decoder;
    const auto result = decoder.decodeChunk(json);
    QVERIFY(!result);
    QTEST(result.error().kind, "kind");
    QVERIFY(!result.error().message.isEmpty());
    QVERIFY(!decoder.isComplete());
}

void TestCohereCodec::strictRefuses_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("request");
    QTest::addColumn<QString>("parameter");
    const auto row = [](const char *kind, const char *request, const char *parameter) {
        QTest::addRow("%s %s", kind, request)
            << QString::fromLatin1(kind) << QString::fromLatin1(request) << QString::fromLatin1(parameter);
    };
    row("chat", R"({"n":2})", "n");
    row("chat", R"({"n":1})", "");
    row("chat", R"({"topLogprobs":2})", "top_logprobs");
    row("chat", R"({"logprobs":true})", "");
    row("chat", R"({"user":"u"})", "user");
    row("chat", R"({"parallelToolCalls":false})", "parallel_tool_calls");
    row("chat", R"({"parallelToolCalls":true})", "");
    row("chat", R"({"modalities":["audio"]})", "modalities");
    row("chat", R"({"modalities":["text"]})", "");
    row("chat", R"({"toolChoice":"f"})", "tool_choice");
    row("chat", R"({"toolChoice":"auto"})", "");
    row("chat", R"({"toolChoice":"required"})", "");
    row("chat", R"({"toolChoice":"none"})", "");
    row("chat", R"({"tools":[{"name":"a","strict":true},{"name":"b"}]})", "tools[].function.strict");
    row("chat", R"({"tools":[{"name":"a","strict":true},{"name":"b","strict":true}]})", "");
    row("chat", R"({"reasoningEffort":"high"})", "reasoning_effort");
    row("chat", R"({"reasoningEffort":"none"})", "");
    row("chat", R"({"responseFormat":{"type":"json_schema","schema":{},"description":"d"}})",
        "response_format.json_schema.description");
    row("chat", R"({"responseFormat":{"type":"json_object"},"temperature":1.5,"topP":0.5,"seed":1,"stop":["x"]})", "");
    row("chat", R"({"messages":[{"content":[{"audio":"x","format":"wav"}]}]})", "messages[0].content[0].input_audio");
    row("chat", R"({"messages":[{"content":[{"audioUrl":"https://x"}]}]})", "messages[0].content[0].audio_url");
    row("chat", R"({"messages":[{"role":"system","content":[{"image":"https://x/a.png"}]}]})",
        "messages[0].content[0].image_url");
    row("chat", R"({"messages":[{"content":[{"image":"https://x/a.png","detail":"low"}]}]})", "");
    row("embedding", R"({"input":["a"],"inputType":"text"})", "input_type");
    row("embedding", R"({"input":["a"],"inputType":"query","encodingFormat":"ubinary","dimensions":256})", "");
    row("embedding", R"({"input":["a"]})", "");
    row("image", R"({"input":[{"image":"data:image/png;base64,AA=="}],"inputType":"query"})", "input_type");
    row("image", R"({"input":[{"image":"data:image/png;base64,AA==","text":"t"}],"inputType":"query"})", "");
}

/// An empty parameter: nothing is refused, since nothing is lost.
void TestCohereCodec::strictRefuses()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, request);
    QFETCH(const QString, parameter);
    const QJsonObject json = QJsonDocument::fromJson(request.toUtf8()).object();
    QVERIFY(!json.isEmpty());
    const Result<BodyEncoder> strict = encode(kind, json, {.adaptation = Adaptation::Strict});
    QCOMPARE(strict.has_value(), parameter.isEmpty());
    if (strict)
        return;
    QCOMPARE(strict.error().kind, Error::Kind::Unsupported);
    QCOMPARE(strict.error().parameter, parameter);
    const Result<BodyEncoder> adapted = encode(kind, json, {.adaptation = Adaptation::Adapt});
    QVERIFY(adapted.has_value());
    const auto &changes = adapted->changes();
    QVERIFY(std::any_of(changes.begin(), changes.end(), [&parameter](const Change &change) {
        return change.field == parameter && change.kind != Change::Kind::Sent && !change.reason.isEmpty();
    }));
}

/// In the form that makes a run of embeddings halve its batches.
void TestCohereCodec::tooManyTexts()
{
    EmbeddingRequest request;
    for (int i = 0; i < cohere::maxTexts; ++i)
        request.input.append(QString::number(i));
    QVERIFY(cohere::encodeEmbeddingRequest(request, {}).has_value());
    request.input.append(QStringLiteral("one more"));
    const Result<BodyEncoder> encoder = cohere::encodeEmbeddingRequest(request, {});
    QVERIFY(!encoder);
    QCOMPARE(encoder.error().kind, Error::Kind::InvalidRequest);
    QCOMPARE(encoder.error().parameter, QStringLiteral("input"));
    QVERIFY(encoder.error().message.contains(QLatin1String("96")));
}

void TestCohereCodec::request()
{
    QFETCH(const QString, path);
    const QString difference = test::requestDifference(path, encode);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestCohereCodec::stream()
{
    QFETCH(const QString, path);
    const QString difference = test::streamDifference(path, readStream);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestCohereCodec::whole()
{
    QFETCH(const QString, path);
    const QString name = path.section(u'/', -1);
    const QString difference = test::wholeDifference(path, readWhole(name, test::contentOf(path)));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestCohereCodec::plansSurviveTheRoundTrip()
{
    const QByteArray answer = test::contentOf(QStringLiteral(TEST_DATA_DIR "/answers/chat-tools.json"));
    const Result<ChatResponse> response = cohere::decodeChatResponse(answer);
    QVERIFY(response.has_value());
    const ChatRequest request {.messages = {response->choices.front().message}};
    const Result<BodyEncoder> encoder = cohere::encodeChatRequest(request, {});
    QVERIFY(encoder.has_value());
    QCOMPARE(QJsonDocument::fromJson(encoder->body())[u"messages"][0], QJsonDocument::fromJson(answer)[u"message"]);
}

void TestCohereCodec::knownExtrasAreComplete()
{
    QStringList keys;
    for (const KnownExtra &extra : cohere::knownExtras()) {
        QVERIFY2(!keys.contains(extra.key), qPrintable(extra.key));
        keys.append(extra.key);
        QVERIFY2(!extra.description.isEmpty(), qPrintable(extra.key));
        QVERIFY2(!extra.example.isNull(), qPrintable(extra.key));
    }
    QVERIFY(keys.contains(QStringLiteral("safety_mode")));
}

QTEST_GUILESS_MAIN(TestCohereCodec)
#include "tst_coherecodec.moc"
