// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/embedding.h"
#include "api/metrics.h"
#include "api/model.h"
#include "api/requestsettings.h"

#include <QTest>

using namespace diptych;
using std::chrono::microseconds;

class TestValues : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void modelTypes_data();
    void modelTypes();
    void deltasAddUpToTheResponse();
    void choicesStaySorted();
    void toolCallPiecesAreJoined();
    void namesRoundTrip();
    void estimatesAreMarked();
    void countsOfTheProviderWin();
    void rateNeedsAStream();
    void overridesWinOneByOne();
    void withheldIsNotInherited();
    void embeddingRows();
};

void TestValues::modelTypes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("type");
    const auto rows = [](ModelType type, std::initializer_list<const char *> names) {
        for (const char *name : names)
            QTest::newRow(name) << QString::fromLatin1(name) << static_cast<int>(type);
    };
    rows(ModelType::Chat,
        {"chat-completion", "chat-completions", "chat_completion", "chat_completions", "chat", "completion",
            "chat completion", "Chat Completions", "CHAT-COMPLETION"});
    rows(ModelType::TextEmbeddings,
        {"embeddings", "embedding", "text_embedding", "text-embeddings", "text embedding", "Text Embeddings"});
    rows(ModelType::ImageEmbeddings,
        {"image-embeddings", "image_embeddings", "image_embedding", "image-embedding", "image embedding",
            "image embeddings"});
    rows(ModelType::Completion, {"text-generation", "text_generation"});
    rows(ModelType::ImageGeneration, {"image-generation", "image_generation"});
    rows(ModelType::AudioGeneration, {"audio-generation", "audio_generation"});
    rows(ModelType::Unknown, {"", "reranker"});
}

void TestValues::modelTypes()
{
    QFETCH(QString, name);
    QFETCH(int, type);
    QCOMPARE(static_cast<int>(modelTypeFromName(name)), type);
}

void TestValues::deltasAddUpToTheResponse()
{
    ChatResponse response;
    append(response,
        {.reasoning = QStringLiteral("hm "), .id = QStringLiteral("r1"), .model = QStringLiteral("m"), .created = 5});
    append(response, {.text = QStringLiteral("Hel")});
    append(response,
        {.text = QStringLiteral("lo"), .reasoning = QStringLiteral("ok"), .finishReason = QStringLiteral("stop")});
    append(response, {.choice = -1, .usage = Usage {.promptTokens = 2}});
    QCOMPARE(response.text(), QStringLiteral("Hello"));
    QCOMPARE(response.choices.size(), std::size_t(1));
    QCOMPARE(response.choices[0].message.content.size(), std::size_t(1));
    QCOMPARE(response.choices[0].message.reasoning, QStringLiteral("hm ok"));
    QCOMPARE(response.choices[0].finishReason, QStringLiteral("stop"));
    QCOMPARE(response.id, QStringLiteral("r1"));
    QCOMPARE(response.created, 5);
    QCOMPARE(response.usage->promptTokens, 2);
}

void TestValues::choicesStaySorted()
{
    ChatResponse response;
    append(response, {.choice = 2, .text = QStringLiteral("c")});
    append(response, {.choice = 0, .text = QStringLiteral("a")});
    append(response, {.choice = 2, .text = QStringLiteral("C")});
    QCOMPARE(response.choices.size(), std::size_t(2));
    QCOMPARE(response.choices[0].index, 0);
    QCOMPARE(response.choices[1].message.text(), QStringLiteral("cC"));
}

void TestValues::toolCallPiecesAreJoined()
{
    ChatResponse response;
    append(response,
        {.toolCalls = {{.index = 1,
             .id = QStringLiteral("b"),
             .name = QStringLiteral("second"),
             .arguments = QStringLiteral("{")}}});
    append(response, {.toolCalls = {{.index = 0, .id = QStringLiteral("a"), .name = QStringLiteral("first")}}});
    append(response, {.toolCalls = {{.index = 1, .id = QStringLiteral("ignored"), .arguments = QStringLiteral("}")}}});
    const std::vector<ToolCall> &calls = response.choices[0].message.toolCalls;
    QCOMPARE(calls.size(), std::size_t(2));
    QCOMPARE(calls[1], (ToolCall {QStringLiteral("b"), QStringLiteral("second"), QStringLiteral("{}")}));
}

void TestValues::namesRoundTrip()
{
    for (const char *name : {"float", "base64", "int8", "uint8", "binary", "ubinary"})
        QCOMPARE(encodingFormatName(*encodingFormatFromName(QString::fromLatin1(name))), QString::fromLatin1(name));
    for (const char *name : {"text", "query", "document"})
        QCOMPARE(inputTypeName(*inputTypeFromName(QString::fromLatin1(name))), QString::fromLatin1(name));
    for (const char *name : {"error", "drop", "pass-through"})
        QCOMPARE(extrasModeName(*extrasModeFromName(QString::fromLatin1(name))), QString::fromLatin1(name));
    for (const char *name : {"system", "developer", "user", "assistant", "tool"})
        QCOMPARE(roleName(*roleFromName(QString::fromLatin1(name))), QString::fromLatin1(name));
    QVERIFY(!encodingFormatFromName(u"float64"));
    QCOMPARE(extrasModeFromName(u"ignore"), ExtrasMode::Drop);
}

void TestValues::estimatesAreMarked()
{
    const AnswerMetrics metrics = measure({}, std::nullopt, 40, 9);
    QCOMPARE(metrics.usage.source, Usage::Source::Estimated);
    QCOMPARE(metrics.usage.promptTokens, 10);
    QCOMPARE(metrics.usage.completionTokens, 3);
    QCOMPARE(metrics.usage.totalTokens, 13);
    QCOMPARE(estimateTokens(0), 0);
    QCOMPARE(estimateTokens(1), 1);
}

void TestValues::countsOfTheProviderWin()
{
    const AnswerMetrics metrics = measure({}, Usage {.promptTokens = 1, .completionTokens = 2}, 400, 400);
    QCOMPARE(metrics.usage.source, Usage::Source::Provider);
    QCOMPARE(metrics.usage.completionTokens, 2);
    QCOMPARE(metrics.usage.totalTokens, 3);
}

void TestValues::rateNeedsAStream()
{
    Exchange exchange;
    exchange.phases.firstToken = microseconds(1'000'000);
    exchange.phases.finished = microseconds(3'000'000);
    const Usage usage {.promptTokens = 1, .completionTokens = 101};
    QVERIFY(!measure(exchange, usage, 0, 0).tokensPerSecond()); // came in one piece
    exchange.gaps.count = 10;
    QCOMPARE(measure(exchange, usage, 0, 0).tokensPerSecond(), 50.0);
    exchange.phases.firstToken.reset();
    QVERIFY(!measure(exchange, usage, 0, 0).tokensPerSecond());
}

void TestValues::overridesWinOneByOne()
{
    RequestSettings base;
    base.sampling.temperature = 0.1;
    base.sampling.stop = QStringList {QStringLiteral("a")};
    base.extrasMode = ExtrasMode::Drop;
    RequestSettings own;
    own.sampling.stop = QStringList {};
    own.stream = false;
    const RequestSettings all = merged(base, own);
    QCOMPARE(all.sampling.temperature, 0.1);
    QCOMPARE(all.sampling.stop, QStringList {});
    QCOMPARE(all.extrasMode, ExtrasMode::Drop);
    ChatRequest request;
    apply(all, request);
    QVERIFY(!request.stream);
    QVERIFY(!request.sampling.topP);
    apply({}, request);
    QVERIFY(request.stream);
    QCOMPARE(request, ChatRequest {});
}

void TestValues::withheldIsNotInherited()
{
    RequestSettings base;
    base.responseFormat = ResponseFormat {.type = ResponseFormat::Type::JsonObject};
    base.sampling.seed = 1;
    base.extras = QJsonObject {{QStringLiteral("top_k"), 5}};
    RequestSettings own {.withheld = {QStringLiteral("response_format"), QStringLiteral("seed"), QStringLiteral("?")}};
    own.sampling.seed = 2; // set all the same
    own.extras = QJsonObject {{QStringLiteral("top_k"), QJsonValue::Null}, {QStringLiteral("min_p"), QJsonValue::Null}};
    const RequestSettings all = merged(base, own);
    QVERIFY(!isSet(all, QStringLiteral("response_format")));
    QVERIFY(!isSet(all, QStringLiteral("no such parameter")));
    QCOMPARE(all.sampling.seed, 2);
    // A null takes away what is inherited from the session, and is kept for what may come from the endpoint.
    QCOMPARE(all.extras, (QJsonObject {{QStringLiteral("min_p"), QJsonValue::Null}}));
}

void TestValues::embeddingRows()
{
    const EmbeddingResponse response {.dimensions = 2, .values = {1, 2, 3, 4}};
    QCOMPARE(response.count(), 2);
    QCOMPARE(response.row(1)[0], 3.0F);
    QCOMPARE(EmbeddingResponse {}.count(), 0);
}

QTEST_GUILESS_MAIN(TestValues)
#include "tst_values.moc"
