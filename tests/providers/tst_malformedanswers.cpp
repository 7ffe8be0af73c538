// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/azure/azurecodec.h"
#include "providers/common/halfjoiner.h"
#include "providers/openai/chatdecoder.h"
#include "providers/openai/completiondecoder.h"
#include "providers/openai/embeddingdecoder.h"
#include "providers/openai/modellistdecoder.h"

#include <QTest>

using namespace diptych;
using Kind = Error::Kind;

/// Answers that do not follow the format end in Error::Kind::Protocol that names the place.
class TestMalformedAnswers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void chatChunk_data();
    void chatChunk();
    void looseTypesAreTaken();
    void halvesOfCharactersAreJoined();
    void completion_data();
    void completion();
    void embedding_data();
    void embedding();
    void modelList_data();
    void modelList();
    void info();
    void notJson_data();
    void notJson();
    void wholeAnswerNeedsChoices();
    void cutAtEveryByteNeverCrashes();
};

void TestMalformedAnswers::chatChunk_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *json, const char *path) {
        QTest::newRow(json) << QByteArray(json) << QString::fromLatin1(path);
    };
    row(R"({"choices":{}})", "choices");
    row(R"({"choices":"x"})", "choices");
    row(R"({"choices":[1]})", "choices[]");
    row(R"({"choices":[null]})", "choices[]");
    row(R"({"choices":[{"index":-1}]})", "choices[].index");
    row(R"({"choices":[{"index":"x"}]})", "choices[].index");
    row(R"({"choices":[{"index":99999999999}]})", "choices[].index");
    row(R"({"choices":[{"delta":"x"}]})", "choices[].delta");
    row(R"({"choices":[{"message":[]}]})", "choices[].message");
    row(R"({"choices":[{"delta":{"content":1}}]})", "choices[].delta.content");
    row(R"({"choices":[{"delta":{"content":{}}}]})", "choices[].delta.content");
    row(R"({"choices":[{"delta":{"content":[1]}}]})", "choices[].delta.content[]");
    row(R"({"choices":[{"delta":{"content":[{"type":"text","text":1}]}}]})", "choices[].delta.content[].text");
    row(R"({"choices":[{"delta":{"reasoning_content":[]}}]})", "choices[].delta.reasoning_content");
    row(R"({"choices":[{"delta":{"refusal":true}}]})", "choices[].delta.refusal");
    row(R"({"choices":[{"delta":{"tool_calls":{}}}]})", "choices[].delta.tool_calls");
    row(R"({"choices":[{"delta":{"tool_calls":["x"]}}]})", "choices[].delta.tool_calls[]");
    row(R"({"choices":[{"delta":{"tool_calls":[{"id":{}}]}}]})", "choices[].delta.tool_calls[].id");
    row(R"({"choices":[{"delta":{"tool_calls":[{"function":"x"}]}}]})", "choices[].delta.tool_calls[].function");
    row(R"({"choices":[{"delta":{"tool_calls":[{"function":{"arguments":1}}]}}]})",
        "choices[].delta.tool_calls[].function.arguments");
    row(R"({"choices":[{"finish_reason":1}]})", "choices[].finish_reason");
    row(R"({"choices":[{"logprobs":[]}]})", "choices[].logprobs");
    row(R"({"choices":[{"logprobs":{"content":[{"token":1}]}}]})", "choices[].logprobs.content[].token");
    row(R"({"usage":[]})", "usage");
    row(R"({"usage":{"prompt_tokens":"many"}})", "usage.prompt_tokens");
    row(R"({"id":[]})", "id");
}

void TestMalformedAnswers::chatChunk()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, path);
    openai::ChatDecoder decoder;
    const auto deltas = decoder.decodeChunk(json);
    QVERIFY(!deltas);
    QCOMPARE(deltas.error().kind, Kind::Protocol);
    QCOMPARE(deltas.error().parameter, path);
    QVERIFY2(deltas.error().message.contains(path), qPrintable(deltas.error().message));
    QCOMPARE(deltas.error().bodySample, json);
}

void TestMalformedAnswers::looseTypesAreTaken()
{
    openai::ChatDecoder decoder;
    const auto deltas = decoder.decodeChunk(R"({"id":7,"created":"now","model":"m","usage":{"prompt_tokens":"7"},
        "choices":[{"index":"0","delta":{"content":"hi","tool_calls":[{"id":1,"function":{"name":"f"}}]}}]})");
    QVERIFY2(deltas, qPrintable(deltas ? QString() : deltas.error().message));
    ChatResponse response;
    for (const ChatDelta &delta : *deltas)
        append(response, delta);
    QCOMPARE(response.id, QStringLiteral("7"));
    QCOMPARE(response.created, qint64(0));
    QCOMPARE(response.text(), QStringLiteral("hi"));
    QCOMPARE(response.usage->promptTokens, qint64(7));
    QCOMPARE(response.choices.front().message.toolCalls.front().id, QStringLiteral("1"));
}

void TestMalformedAnswers::halvesOfCharactersAreJoined()
{
    const auto textOf = [](const QByteArray &content) {
        openai::ChatDecoder decoder;
        const QByteArray json = R"({"choices":[{"delta":{"content":")" + content + R"("}}]})";
        const auto deltas = decoder.decodeChunk(json);
        return deltas && !deltas->empty() ? deltas->front().text : QString();
    };
    HalfJoiner joiner;
    QString text;
    const auto add = [&](const QByteArray &content) {
        QString piece = textOf(content);
        if (joiner.concerns(piece))
            joiner.join({0, 0}, piece);
        text += piece;
    };
    for (const char *content : {"a\\ud83c", "\\udfa8b", "\\ud83c", "\\udfa8", "x\\ud83cy", "\\udfa8", "\\ud83c", "z"})
        add(content);
    QCOMPARE(text, QStringLiteral("a\U0001F3A8b\U0001F3A8x\uFFFDy\uFFFD\uFFFDz"));
}

void TestMalformedAnswers::completion_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *json, const char *path) {
        QTest::newRow(json) << QByteArray(json) << QString::fromLatin1(path);
    };
    row("{}", "choices");
    row(R"({"choices":[{"text":1}]})", "choices[].text");
    row(R"({"choices":[{"logprobs":{"tokens":"x"}}]})", "choices[].logprobs.tokens");
    row(R"({"choices":[{"logprobs":{"tokens":["x"],"token_logprobs":["y"]}}]})", "choices[].logprobs.token_logprobs[]");
    row(R"({"choices":[{"logprobs":{"tokens":["x"],"top_logprobs":[1]}}]})", "choices[].logprobs.top_logprobs[]");
}

void TestMalformedAnswers::completion()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, path);
    const auto response = openai::decodeCompletionResponse(json);
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Protocol);
    QCOMPARE(response.error().parameter, path);
}

void TestMalformedAnswers::embedding_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<EncodingFormat>("format");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *json, const char *path, EncodingFormat format = EncodingFormat::Float) {
        QTest::newRow(json) << QByteArray(json) << format << QString::fromLatin1(path);
    };
    row("{}", "data");
    row(R"({"data":{}})", "data");
    row(R"({"data":["x"]})", "data[]");
    row(R"({"data":[{}]})", "data[].embedding");
    row(R"({"data":[{"embedding":{}}]})", "data[].embedding");
    row(R"({"data":[{"embedding":[]}]})", "data[].embedding");
    row(R"({"data":[{"embedding":["0.5"]}]})", "data[].embedding[]");
    row(R"({"data":[{"embedding":[[1]]}]})", "data[].embedding[]");
    row(R"({"data":[{"embedding":[1,2]},{"embedding":[1]}]})", "data[].embedding");
    row(R"({"data":[{"embedding":"not base64!"}]})", "data[].embedding");
    row(R"({"data":[{"embedding":"AAA="}]})", "data[].embedding", EncodingFormat::Base64);
    row(R"({"data":[{"embedding":[256]}]})", "data[].embedding[]", EncodingFormat::UBinary);
    row(R"({"data":[{"embedding":[-129]}]})", "data[].embedding[]", EncodingFormat::Binary);
    row(R"({"data":[{"embedding":[1],"index":0},{"embedding":[1],"index":0}]})", "data[].index");
    row(R"({"data":[{"embedding":[1],"index":5}]})", "data[].index");
    row(R"({"data":[{"embedding":[1],"index":-1}]})", "data[].index");
    row(R"({"data":[{"embedding":[1],"index":1},{"embedding":[1],"index":-1}]})", "data[].index");
}

void TestMalformedAnswers::embedding()
{
    QFETCH(const QByteArray, json);
    QFETCH(const EncodingFormat, format);
    QFETCH(const QString, path);
    const auto response = openai::decodeEmbeddingResponse(json, format);
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Protocol);
    QCOMPARE(response.error().parameter, path);
}

void TestMalformedAnswers::modelList_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *json : {"{}", "7", R"({"data":{}})", R"({"data":[1]})", R"([{"id":""}])", "<html>"})
        QTest::newRow(json) << QByteArray(json);
}

void TestMalformedAnswers::modelList()
{
    QFETCH(const QByteArray, json);
    const auto models = openai::decodeModelList(json);
    QVERIFY(!models);
    QCOMPARE(models.error().kind, Kind::Protocol);
}

void TestMalformedAnswers::info()
{
    for (const char *json : {"", "[]", "{}", R"({"model_name":7})"}) {
        const auto info = azure::decodeModelInfo(json);
        QVERIFY2(!info, json);
        QCOMPARE(info.error().kind, Kind::Protocol);
    }
    const auto error = azure::decodeModelInfo(R"({"error":{"message":"no","code":"content_filter"}})");
    QVERIFY(!error);
    QCOMPARE(error.error().kind, Kind::ContentFilter);
}

void TestMalformedAnswers::notJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("spaces") << QByteArray("   ");
    QTest::newRow("HTML") << QByteArray("<html></html>");
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("string") << QByteArray("\"x\"");
    QTest::newRow("half") << QByteArray(R"({"choices":[{"delta":{"con)");
    QTest::newRow("trailing") << QByteArray(R"({"choices":[]} x)");
    QTest::newRow("deep") << QByteArray("{\"a\":" + QByteArray(5000, '[') + QByteArray(5000, ']') + "}");
    QTest::newRow("control character") << QByteArray("{\"id\":\"a\nb\"}");
    QTest::newRow("20 MB of nothing") << QByteArray(20 * 1024 * 1024, '{');
}

void TestMalformedAnswers::notJson()
{
    QFETCH(const QByteArray, json);
    openai::ChatDecoder decoder;
    const auto deltas = decoder.decodeChunk(json);
    QVERIFY(!deltas);
    QCOMPARE(deltas.error().kind, Kind::Protocol);
    QCOMPARE(deltas.error().bodySample, json.left(64 * 1024));
    // The decoder is as good as new afterwards.
    QVERIFY(decoder.decodeChunk(R"({"choices":[{"delta":{"content":"x"}}]})"));
}

void TestMalformedAnswers::wholeAnswerNeedsChoices()
{
    const auto response = openai::decodeChatResponse(R"({"id":"x"})");
    QVERIFY(!response);
    QCOMPARE(response.error().parameter, QStringLiteral("choices"));
}

void TestMalformedAnswers::cutAtEveryByteNeverCrashes()
{
    const QByteArray json =
        R"({"id":"\ud83d\ude00","choices":[{"index":0,"delta":{"content":"ä\u00e4","tool_calls":[{"index":0,)"
        R"("function":{"name":"n","arguments":"{\"x\":1}"}}]},"logprobs":{"content":[{"token":"t",)"
        R"("logprob":-1,"bytes":[1],"top_logprobs":[]}]}}],"usage":{"prompt_tokens":1}})";
    openai::ChatDecoder decoder;
    QVERIFY(decoder.decodeChunk(json));
    for (qsizetype cut = 0; cut < json.size(); ++cut)
        QVERIFY(!decoder.decodeChunk(json.first(cut)));
}

QTEST_GUILESS_MAIN(TestMalformedAnswers)
#include "tst_malformedanswers.moc"
