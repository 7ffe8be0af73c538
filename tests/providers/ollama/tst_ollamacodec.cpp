// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../codecgolden.h"
#include "../requestvalues.h"

#include "providers/ollama/answerframing.h"
#include "providers/ollama/chatdecoder.h"
#include "providers/ollama/completiondecoder.h"
#include "providers/ollama/embeddingdecoder.h"
#include "providers/ollama/modeldecoder.h"
#include "providers/ollama/ollamacodec.h"
#include "providers/ollama/ollamaextras.h"
#include "providers/ollama/pulldecoder.h"

#include <QTest>

using namespace diptych;

namespace {

Result<BodyEncoder> encode(const QString &kind, const QJsonObject &request, const EncodingOptions &options)
{
    if (kind == QLatin1String("completion"))
        return ollama::encodeCompletionRequest(test::completionRequestOf(request), options);
    if (kind == QLatin1String("embedding"))
        return ollama::encodeEmbeddingRequest(test::embeddingRequestOf(request), options);
    return ollama::encodeChatRequest(test::chatRequestOf(request), options);
}

QJsonObject readStream(const QString &kind, QByteArrayView first, QByteArrayView second)
{
    if (kind == QLatin1String("completion"))
        return test::readStream<ollama::CompletionDecoder, ollama::AnswerFraming>(first, second);
    if (kind == QLatin1String("pull"))
        return test::readStream<ollama::PullDecoder, ollama::AnswerFraming>(first, second);
    return test::readStream<ollama::ChatDecoder, ollama::AnswerFraming>(first, second);
}

template <typename Value>
QJsonObject dumpList(const Result<std::vector<Value>> &result)
{
    if (!result)
        return {{QStringLiteral("error"), test::dump(result.error())}};
    QJsonArray array;
    for (const Value &value : *result)
        array.append(test::dump(value));
    return {{QStringLiteral("models"), array}};
}

QJsonObject readWhole(const QString &kind, const QByteArray &json)
{
    if (kind == QLatin1String("embedding"))
        return test::dumpResult(ollama::decodeEmbeddingResponse(json, 2));
    if (kind == QLatin1String("tags"))
        return dumpList(ollama::decodeModelList(json));
    if (kind == QLatin1String("ps"))
        return dumpList(ollama::decodeRunningModels(json));
    return test::dumpResult(ollama::decodeModelInfo(json, QStringLiteral("asked:latest")));
}

QString kindOf(const QString &path)
{
    return path.section(u'/', -1).section(u'-', 0, 0);
}

} // namespace

/// Ollama's own API: requests against the bodies and change logs that they become, recorded answers against what they
/// decode to.
class TestOllamaCodec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void malformed_data();
    void malformed();
    void strictRefuses_data();
    void strictRefuses();
    void request_data() { test::addGoldens(QStringLiteral(TEST_DATA_DIR "/requests"), QStringLiteral(".in.json")); }
    void request();
    void stream_data() { test::addGoldens(QStringLiteral(TEST_DATA_DIR "/answers"), QStringLiteral(".ndjson")); }
    void stream();
    void whole_data() { test::addGoldens(QStringLiteral(TEST_DATA_DIR "/answers"), QStringLiteral(".json")); }
    void whole();
    void knownExtrasAreComplete();
    void callIdsDifferBetweenAnswers();
    void olderEmbeddingOfOneInput();
};

void TestOllamaCodec::malformed_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *kind, const char *json, const char *path) {
        QTest::addRow("%s %s", kind, json)
            << QString::fromLatin1(kind) << QByteArray(json) << QString::fromLatin1(path);
    };
    row("chat", R"({"done":false})", "message");
    row("chat", R"({"message":"text"})", "message");
    row("chat", R"({"message":{"content":["a"]}})", "message.content");
    row("chat", R"({"message":{"thinking":true}})", "message.thinking");
    row("chat", R"({"message":{"tool_calls":{}}})", "message.tool_calls");
    row("chat", R"({"message":{"tool_calls":[1]}})", "message.tool_calls[]");
    row("chat", R"({"message":{"tool_calls":[{"name":"f"}]}})", "message.tool_calls[].function");
    row("chat", R"({"message":{"tool_calls":[{"function":{"name":1}}]}})", "message.tool_calls[].function.name");
    row("chat", R"({"message":{"tool_calls":[{"function":{"name":"f","arguments":[]}}]}})",
        "message.tool_calls[].function.arguments");
    row("chat", R"({"message":{},"done":"yes"})", "done");
    row("chat", R"({"message":{},"done":true,"done_reason":1})", "done_reason");
    row("chat", R"({"message":{},"done":true,"eval_count":"seven"})", "eval_count");
    row("chat", R"({"message":{},"model":5})", "model");
    row("chat", R"({"message":{},"logprobs":{}})", "logprobs");
    row("chat", R"({"message":{},"logprobs":[{"token":"a","logprob":"x"}]})", "logprobs[].logprob");
    row("completion", R"({"done":false})", "response");
    row("completion", R"({"response":7})", "response");
    row("pull", R"({"total":1})", "status");
    row("pull", R"({"status":"pulling","total":"much"})", "total");
    row("embedding", R"({"embedding":[1]})", "embeddings");
    row("embedding", R"({"embeddings":[1]})", "embeddings[]");
    row("embedding", R"({"embeddings":[["a"]]})", "embeddings[][]");
    row("embedding", R"({"embeddings":[[]]})", "embeddings[]");
    row("embedding", R"({"embeddings":[[1,2],[1]]})", "embeddings[]");
    row("tags", R"({"data":[]})", "models");
    row("tags", R"({"models":[1]})", "models[]");
    row("tags", R"({"models":[{"size":1}]})", "models[].model");
    row("tags", R"({"models":[{"model":"m","size":"1"}]})", "models[].size");
    row("tags", R"({"models":[{"model":"m","details":{"family":{}}}]})", "models[].details.family");
    row("tags", R"({"models":[{"model":"m","capabilities":[1]}]})", "models[].capabilities[]");
    row("ps", R"({"models":[{"model":"m","size_vram":[]}]})", "models[].size_vram");
    row("show", R"({"capabilities":"all"})", "capabilities");
    row("show", R"({"model_info":[]})", "model_info");
    row("show", R"([])", "the answer");
}

void TestOllamaCodec::malformed()
{
    QFETCH(const QString, kind);
    QFETCH(const QByteArray, json);
    const bool isStream =
        QStringList {QStringLiteral("chat"), QStringLiteral("completion"), QStringLiteral("pull")}.contains(kind);
    const QJsonObject result = isStream ? readStream(kind, json, {}) : readWhole(kind, json);
    const QJsonObject error = result[u"error"].toObject();
    QCOMPARE(error[u"kind"].toString(), QStringLiteral("Protocol"));
    QTEST(error[u"parameter"].toString(), "path");
}

void TestOllamaCodec::strictRefuses_data()
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
    row("chat", R"({"toolChoice":"required"})", "tool_choice");
    row("chat", R"({"toolChoice":"f"})", "tool_choice");
    row("chat", R"({"toolChoice":"auto"})", "");
    row("chat", R"({"toolChoice":"none"})", "");
    row("chat", R"({"user":"u"})", "user");
    row("chat", R"({"parallelToolCalls":false})", "parallel_tool_calls");
    row("chat", R"({"modalities":["text","audio"]})", "modalities");
    row("chat", R"({"modalities":["text"]})", "");
    row("chat", R"({"reasoningEffort":"minimal"})", "reasoning_effort");
    row("chat", R"({"reasoningEffort":"high"})", "");
    row("chat", R"({"maxTokens":1,"maxCompletionTokens":2})", "max_tokens");
    row("chat", R"({"maxTokens":2,"maxCompletionTokens":2})", "");
    row("chat", R"({"tools":[{"name":"f","strict":true}]})", "tools[0].function.strict");
    row("chat", R"({"messages":[{"content":[{"text":"a"},{"image":"https://x.invalid/a.png"}]}]})",
        "messages[0].content[1].image_url");
    row("chat", R"({"messages":[{"content":[{"image":"data:image/png;base64,"}]}]})",
        "messages[0].content[0].image_url");
    row("chat", R"({"messages":[{"content":[{"image":"data:image/png;base64,AA=="}]}]})", "");
    row("chat", R"({"messages":[{"content":[{"image":"data:image/png;base64,AA==","detail":"low"}]}]})",
        "messages[0].content[0].image_url.detail");
    row("chat", R"({"messages":[{"content":[{"audio":"x","format":"wav"}]}]})", "messages[0].content[0].input_audio");
    row("chat", R"({"messages":[{"content":[{"audioUrl":"https://x"}]}]})", "messages[0].content[0].audio_url");
    row("chat", R"({"messages":[{"role":"assistant","toolCalls":[{"id":"1","name":"f","arguments":"{"}]}]})",
        "messages[0].tool_calls[0].function.arguments");
    row("completion", R"({"echo":true})", "echo");
    row("completion", R"({"echo":false,"bestOf":1})", "");
    row("completion", R"({"bestOf":3})", "best_of");
    row("embedding", R"({"encodingFormat":"int8"})", "encoding_format");
    row("embedding", R"({"encodingFormat":"float"})", "");
    row("embedding", R"({"inputType":"query"})", "input_type");
}

/// An empty parameter: nothing is refused, since nothing is lost.
void TestOllamaCodec::strictRefuses()
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

void TestOllamaCodec::request()
{
    QFETCH(const QString, path);
    const QString difference = test::requestDifference(path, encode);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestOllamaCodec::stream()
{
    QFETCH(const QString, path);
    const QString kind = kindOf(path);
    const QString difference = test::streamDifference(
        path, [&kind](QByteArrayView first, QByteArrayView second) { return readStream(kind, first, second); });
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestOllamaCodec::whole()
{
    QFETCH(const QString, path);
    const QString difference = test::wholeDifference(path, readWhole(kindOf(path), test::contentOf(path)));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestOllamaCodec::knownExtrasAreComplete()
{
    QStringList keys;
    for (const KnownExtra &extra : ollama::knownExtras()) {
        QVERIFY2(!keys.contains(extra.key), qPrintable(extra.key));
        keys.append(extra.key);
        QVERIFY2(!extra.description.isEmpty(), qPrintable(extra.key));
        QVERIFY2(!extra.example.isNull(), qPrintable(extra.key));
    }
    QVERIFY(keys.contains(QStringLiteral("think")));
    QCOMPARE(ollama::placeOf(QStringLiteral("think")), QString());
    QCOMPARE(ollama::placeOf(QStringLiteral("num_ctx")), QStringLiteral("options.num_ctx"));
}

void TestOllamaCodec::callIdsDifferBetweenAnswers()
{
    const auto idOf = [](const char *time) {
        ollama::ChatDecoder decoder;
        const QByteArray line = QByteArray(R"({"created_at":")") + time
            + R"(","message":{"tool_calls":[{"function":{"name":"f","arguments":{}}}]},"done":true})";
        const auto deltas = decoder.decodeChunk(line);
        return deltas ? deltas->front().toolCalls.front().id : QString();
    };
    QVERIFY(!idOf("2024-08-05T10:00:00Z").isEmpty());
    QCOMPARE(idOf("2024-08-05T10:00:00Z"), idOf("2024-08-05T10:00:00Z"));
    QVERIFY(idOf("2024-08-05T10:00:00Z") != idOf("2024-08-05T10:00:09Z"));
    QCOMPARE(idOf("yesterday"), QStringLiteral("call_1"));
}

void TestOllamaCodec::olderEmbeddingOfOneInput()
{
    const QByteArray json = R"({"embedding":[1,2,3]})";
    QVERIFY(!ollama::decodeEmbeddingResponse(json, 2));
    const Result<EmbeddingResponse> one = ollama::decodeEmbeddingResponse(json, 1);
    QVERIFY(one.has_value());
    QCOMPARE(one->dimensions, 3);
    QCOMPARE(one->values, (std::vector<float> {1, 2, 3}));
}

QTEST_GUILESS_MAIN(TestOllamaCodec)
#include "tst_ollamacodec.moc"
