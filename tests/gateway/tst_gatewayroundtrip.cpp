// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/anthropic/anthropicdecoder.h"
#include "gateway/anthropic/anthropicencoder.h"
#include "gateway/anthropic/anthropicmodels.h"
#include "gateway/ollama/ollamadecoder.h"
#include "gateway/ollama/ollamaembeddings.h"
#include "gateway/ollama/ollamaencoder.h"
#include "gateway/ollama/ollamaerrors.h"
#include "gateway/ollama/ollamamodels.h"
#include "providers/anthropic/anthropiccodec.h"
#include "providers/anthropic/chatdecoder.h"
#include "providers/anthropic/modeldecoder.h"
#include "providers/ollama/chatdecoder.h"
#include "providers/ollama/completiondecoder.h"
#include "providers/ollama/embeddingdecoder.h"
#include "providers/ollama/modeldecoder.h"
#include "providers/ollama/ollamacodec.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace diptych;

namespace {

const QString png = QStringLiteral("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB");

QJsonObject parsed(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

std::vector<Message> conversation()
{
    Message question = Message::fromText(Role::User, QStringLiteral("What is here?"));
    question.content.emplace_back(ImagePart {.url = png});
    Message calls {.role = Role::Assistant,
        .toolCalls = {{.id = QStringLiteral("a"),
                          .name = QStringLiteral("rain"),
                          .arguments = QStringLiteral(R"({"city":"Porto"})")},
            {.id = QStringLiteral("b"), .name = QStringLiteral("sun"), .arguments = QStringLiteral("{}")}}};
    Message rain = Message::fromText(Role::Tool, QStringLiteral("none"));
    rain.toolCallId = QStringLiteral("a");
    Message sun = Message::fromText(Role::Tool, QStringLiteral("much"));
    sun.toolCallId = QStringLiteral("b");
    return {Message::fromText(Role::System, QStringLiteral("Be brief.")), question, calls, rain, sun,
        Message::fromText(Role::Assistant, QStringLiteral("Sun.")),
        Message::fromText(Role::User, QStringLiteral("Thanks."))};
}

/// What every wire format here can say.
ChatRequest commonRequest()
{
    const QJsonObject schema {{QStringLiteral("type"), QStringLiteral("object")},
        {QStringLiteral("properties"), QJsonObject {{QStringLiteral("x"), QJsonObject()}}}};
    return {.model = QStringLiteral("talker"),
        .messages = conversation(),
        .sampling = {.temperature = 0.5,
            .topP = 0.9,
            .maxTokens = 2000,
            .stop = QStringList {QStringLiteral("END"), QStringLiteral("\n")}},
        .tools = {{.name = QStringLiteral("rain"), .description = QStringLiteral("d"), .parameters = schema}},
        .responseFormat =
            ResponseFormat {
                .type = ResponseFormat::Type::JsonSchema, .name = QStringLiteral("answer"), .schema = schema},
        .reasoningEffort = QStringLiteral("high"),
        .extras = {{QStringLiteral("top_k"), 40}},
        .extrasMode = ExtrasMode::PassThrough};
}

/// The pieces of an answer with everything in it: thoughts, text, two calls that come in turns.
std::vector<ChatDelta> answerPieces()
{
    const auto call = [](int index, const char *id, const char *name, const char *arguments) {
        return ChatDelta {.toolCalls = {{.index = index,
                              .id = QString::fromUtf8(id),
                              .name = QString::fromUtf8(name),
                              .arguments = QString::fromUtf8(arguments)}}};
    };
    return {{.reasoning = QStringLiteral("Hm, ")}, {.reasoning = QStringLiteral("so.")},
        {.text = QStringLiteral("Gr\u00fc\u00df \U0001F600")}, {.text = QStringLiteral(" dich\n")},
        call(0, "a", "rain", "{\"city\":"), call(1, "b", "sun", "{"), call(0, "", "", "\"Porto\"}"),
        call(1, "", "", "}"),
        {.finishReason = QStringLiteral("tool_calls"), .usage = Usage {.promptTokens = 7, .completionTokens = 5}}};
}

ChatResponse joined(const std::vector<ChatDelta> &pieces)
{
    ChatResponse response {.id = QStringLiteral("msg_1"), .model = QStringLiteral("talker")};
    for (const ChatDelta &piece : pieces)
        append(response, piece);
    return response;
}

QByteArray streamed(ChatEncoder &encoder, const std::vector<ChatDelta> &pieces)
{
    QByteArray bytes;
    encoder.setModel(QStringLiteral("talker"));
    for (const ChatDelta &piece : pieces)
        bytes += encoder.encode(piece);
    return bytes + encoder.finish(joined(pieces));
}

/// The JSON documents of a stream: lines, or the data of events.
QList<QByteArray> documentsOf(const QByteArray &bytes)
{
    QList<QByteArray> documents;
    for (QByteArray line : bytes.split('\n')) {
        if (line.startsWith("data: "))
            line = line.mid(6);
        if (line.startsWith('{'))
            documents.push_back(line);
    }
    return documents;
}

template <typename Decoder>
Result<ChatResponse> decoded(const QByteArray &bytes)
{
    Decoder decoder;
    ChatResponse response;
    for (const QByteArray &document : documentsOf(bytes)) {
        const auto deltas = decoder.decodeChunk(document);
        if (!deltas)
            return Failure(deltas.error());
        for (const ChatDelta &delta : *deltas)
            append(response, delta);
    }
    for (const ChatDelta &delta : decoder.finish())
        append(response, delta);
    if (!decoder.isComplete())
        return Failure(Error {.message = QStringLiteral("no end")});
    return response;
}

void compareAnswers(const Result<ChatResponse> &read, const ChatResponse &expected)
{
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    QCOMPARE(read->choices.size(), std::size_t(1));
    const Message &message = read->choices.front().message;
    const Message &wanted = expected.choices.front().message;
    QCOMPARE(message.text(), wanted.text());
    QCOMPARE(message.reasoning, wanted.reasoning);
    QVERIFY(message.toolCalls == wanted.toolCalls);
    QCOMPARE(read->choices.front().finishReason, expected.choices.front().finishReason);
    QCOMPARE(read->model, expected.model);
    QVERIFY(read->usage);
    QCOMPARE(read->usage->promptTokens, expected.usage->promptTokens);
    QCOMPARE(read->usage->completionTokens, expected.usage->completionTokens);
}

/// Text, thoughts and the arguments of up to four calls in pieces that come in any order, but for that of one call.
std::vector<ChatDelta> shuffledPieces(quint32 seed)
{
    QRandomGenerator random(seed);
    struct Source {
        int call = -1;
        QString left {};
        bool isBegun = false;
    };
    std::vector<Source> sources;
    const int calls = random.bounded(5);
    for (int i = 0; i < calls; ++i)
        sources.push_back({.call = i, .left = QStringLiteral("{\"a%1\":\"}{\\\"\",\"b\":[{}]}").arg(i)});
    std::vector<ChatDelta> pieces;
    for (int words = random.bounded(12); !sources.empty() || words > 0;) {
        if (words > 0 && (sources.empty() || random.bounded(3) == 0)) {
            const QString word = QStringLiteral("w%1 ").arg(--words);
            pieces.push_back(random.bounded(2) == 0 ? ChatDelta {.text = word} : ChatDelta {.reasoning = word});
            continue;
        }
        const auto source = sources.begin() + random.bounded(static_cast<int>(sources.size()));
        const qsizetype length = random.bounded(static_cast<int>(source->left.size()) + 1);
        ToolCallDelta piece {.index = source->call, .arguments = source->left.left(length)};
        if (!std::exchange(source->isBegun, true)) {
            piece.id = QStringLiteral("id%1").arg(source->call);
            piece.name = QStringLiteral("f%1").arg(source->call);
        }
        pieces.push_back({.toolCalls = {piece}});
        source->left.remove(0, length);
        if (source->left.isEmpty())
            sources.erase(source);
    }
    pieces.push_back({.finishReason = QStringLiteral("stop"), .usage = Usage {}});
    return pieces;
}

std::vector<ToolCall> sortedCalls(const Message &message)
{
    std::vector<ToolCall> calls = message.toolCalls;
    for (ToolCall &call : calls)
        call.arguments =
            QString::fromUtf8(QJsonDocument(parsed(call.arguments.toUtf8())).toJson(QJsonDocument::Compact));
    std::sort(
        calls.begin(), calls.end(), [](const ToolCall &left, const ToolCall &right) { return left.id < right.id; });
    return calls;
}

/// Every block begins after the end of the one before, with the next index.
void verifySequentialBlocks(const QByteArray &events)
{
    int next = 0;
    bool isOpen = false;
    for (const QByteArray &document : documentsOf(events)) {
        const QJsonObject event = parsed(document);
        const QString type = event.value(u"type").toString();
        if (!type.startsWith(u"content_block"))
            continue;
        QCOMPARE(event.value(u"index").toInt(-1), next);
        QCOMPARE(isOpen, type != u"content_block_start");
        isOpen = type != u"content_block_stop";
        next += isOpen ? 0 : 1;
    }
    QVERIFY(!isOpen);
}

} // namespace

/// The surfaces against the codecs of the same formats on the client's side: what one writes, the other reads.
class TestGatewayRoundTrip : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ollamaReadsWhatOurClientWrites();
    void ollamaReadsACompletion();
    void anthropicReadsWhatOurClientWrites();
    void answersOfOllamaAreReadBack();
    void completionsOfOllamaAreReadBack();
    void answersOfAnthropicAreReadBack();
    void piecesInAnyOrderAreReadBack_data();
    void piecesInAnyOrderAreReadBack();
    void embeddingsOfOllamaAreReadBack();
    void modelsOfOllamaAreReadBack();
    void modelsOfAnthropicAreReadBack();
    void errorsAreReadBack();
};

void TestGatewayRoundTrip::ollamaReadsWhatOurClientWrites()
{
    ChatRequest request = commonRequest();
    request.sampling.frequencyPenalty = 0.25;
    request.sampling.presencePenalty = -0.5;
    request.sampling.seed = 7;
    request.logprobs = true;
    request.topLogprobs = 2;
    request.extras.insert(QStringLiteral("num_ctx"), 512);
    request.extras.insert(QStringLiteral("novelty"), true);
    for (const bool stream : {true, false}) {
        request.stream = stream;
        const auto body = ollama::encodeChatRequest(request, {});
        QVERIFY(body);
        const auto call = ollamaChatCall(parsed(body->body()), {});
        QVERIFY2(call, call ? "" : qPrintable(call.error().message));
        QVERIFY(call->request.messages == request.messages);
        QVERIFY(call->request.sampling == request.sampling);
        QCOMPARE(call->request.extras, request.extras);
        QVERIFY(call->request == request);
    }
}

void TestGatewayRoundTrip::ollamaReadsACompletion()
{
    const CompletionRequest request {.model = QStringLiteral("babbler"),
        .prompt = QStringLiteral("Once"),
        .sampling = {.temperature = 0.5, .maxTokens = 5, .seed = 3},
        .suffix = QStringLiteral("end"),
        .logprobs = 2,
        .stream = false};
    const auto body = ollama::encodeCompletionRequest(request, {});
    QVERIFY(body);
    const auto call = ollamaCompletionCall(parsed(body->body()), {});
    QVERIFY2(call, call ? "" : qPrintable(call.error().message));
    QVERIFY(call->request == request);
}

void TestGatewayRoundTrip::anthropicReadsWhatOurClientWrites()
{
    ChatRequest request = commonRequest();
    request.toolChoice = ToolChoice {.mode = ToolChoice::Mode::Named, .name = QStringLiteral("rain")};
    request.parallelToolCalls = false;
    request.user = QStringLiteral("u");
    request.messages[2].reasoning = QStringLiteral("Hm.");
    const QJsonObject thoughts {{QStringLiteral("type"), QStringLiteral("thinking")},
        {QStringLiteral("thinking"), QStringLiteral("Hm.")}, {QStringLiteral("signature"), QStringLiteral("s")}};
    request.messages[2].opaque = {
        QJsonObject {{QStringLiteral("provider"), QStringLiteral("anthropic")}, {QStringLiteral("block"), thoughts}}};
    request.extras.insert(QStringLiteral("thinking"),
        QJsonObject {{QStringLiteral("type"), QStringLiteral("enabled")}, {QStringLiteral("budget_tokens"), 1024}});
    for (const bool stream : {true, false}) {
        request.stream = stream;
        const auto body = anthropic::encodeChatRequest(request, {});
        QVERIFY(body);
        const auto call = anthropicCall(parsed(body->body()), {});
        QVERIFY2(call, call ? "" : qPrintable(call.error().message));
        QVERIFY(call->request.messages == request.messages);
        QVERIFY(call->request.sampling == request.sampling);
        QCOMPARE(call->request.extras, request.extras);
        QVERIFY(call->request == request);
    }
}

void TestGatewayRoundTrip::answersOfOllamaAreReadBack()
{
    const std::vector<ChatDelta> pieces = answerPieces();
    const ChatResponse expected = joined(pieces);
    OllamaChatEncoder encoder(OllamaForm::Chat, QStringLiteral("talker"));
    compareAnswers(decoded<ollama::ChatDecoder>(streamed(encoder, pieces)), expected);
    OllamaChatEncoder other(OllamaForm::Chat, QStringLiteral("talker"));
    compareAnswers(decoded<ollama::ChatDecoder>(other.whole(expected)), expected);
}

void TestGatewayRoundTrip::completionsOfOllamaAreReadBack()
{
    OllamaCompletionEncoder encoder(QStringLiteral("babbler"));
    const TokenLogprob token {
        .token = QStringLiteral(" upon"), .logprob = -0.5, .bytes = " upon", .top = {{QStringLiteral(" a"), -1.5}}};
    CompletionResponse expected;
    append(expected, {.text = QStringLiteral(" upon"), .logprobs = {token}});
    append(expected,
        {.finishReason = QStringLiteral("length"), .usage = Usage {.promptTokens = 1, .completionTokens = 1}});
    const QByteArray bytes =
        encoder.encode({.text = QStringLiteral(" upon"), .logprobs = {token}}) + encoder.finish(expected);
    for (const QByteArray &form : {bytes, OllamaCompletionEncoder(QStringLiteral("babbler")).whole(expected)}) {
        ollama::CompletionDecoder decoder;
        CompletionResponse read;
        for (const QByteArray &document : documentsOf(form)) {
            const auto deltas = decoder.decodeChunk(document);
            QVERIFY(deltas);
            for (const CompletionDelta &delta : *deltas)
                append(read, delta);
        }
        QVERIFY(decoder.isComplete());
        QCOMPARE(read.text(), QStringLiteral(" upon"));
        QVERIFY(read.choices.front().logprobs == expected.choices.front().logprobs);
        QCOMPARE(read.choices.front().finishReason, QStringLiteral("length"));
    }
}

void TestGatewayRoundTrip::answersOfAnthropicAreReadBack()
{
    const std::vector<ChatDelta> pieces = answerPieces();
    const ChatResponse expected = joined(pieces);
    AnthropicChatEncoder encoder;
    compareAnswers(decoded<anthropic::ChatDecoder>(streamed(encoder, pieces)), expected);
    AnthropicChatEncoder other;
    other.setModel(QStringLiteral("talker"));
    const Result<ChatResponse> whole = anthropic::decodeChatResponse(other.whole(expected));
    compareAnswers(whole, expected);
    QCOMPARE(whole->id, expected.id);
    ChatResponse stopped;
    append(stopped, {.finishReason = QStringLiteral("stop"), .stopSequence = QStringLiteral("END")});
    const Result<ChatResponse> ended = anthropic::decodeChatResponse(AnthropicChatEncoder().whole(stopped));
    QVERIFY(ended);
    QCOMPARE(ended->choices.front().stopSequence, QStringLiteral("END"));
    QCOMPARE(ended->choices.front().finishReason, QStringLiteral("stop"));
}

void TestGatewayRoundTrip::piecesInAnyOrderAreReadBack_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 200; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestGatewayRoundTrip::piecesInAnyOrderAreReadBack()
{
    QFETCH(const quint32, seed);
    const std::vector<ChatDelta> pieces = shuffledPieces(seed);
    const ChatResponse expected = joined(pieces);
    AnthropicChatEncoder anthropicEncoder;
    const QByteArray events = streamed(anthropicEncoder, pieces);
    verifySequentialBlocks(events);
    OllamaChatEncoder ollamaEncoder(OllamaForm::Chat, QStringLiteral("talker"));
    const Result<ChatResponse> results[] {
        decoded<anthropic::ChatDecoder>(events), decoded<ollama::ChatDecoder>(streamed(ollamaEncoder, pieces))};
    for (const Result<ChatResponse> &read : results) {
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        const Message message = read->choices.front().message;
        const Message &wanted = expected.choices.front().message;
        QCOMPARE(message.text(), wanted.text());
        QCOMPARE(message.reasoning, wanted.reasoning);
        QVERIFY(sortedCalls(message) == sortedCalls(wanted));
    }
}

void TestGatewayRoundTrip::embeddingsOfOllamaAreReadBack()
{
    const EmbeddingRequest request {
        .model = QStringLiteral("words"), .input = {QStringLiteral("a"), QStringLiteral("b")}, .dimensions = 2};
    const auto body = ollama::encodeEmbeddingRequest(request, {});
    QVERIFY(body);
    const auto call = ollamaEmbedCall(parsed(body->body()), {});
    QVERIFY(call);
    QVERIFY(call->request == request);
    const EmbeddingResponse response {.dimensions = 2, .values = {0.6F, 0.8F, 3, -4}};
    const auto read = ollama::decodeEmbeddingResponse(call->encode(response), 2);
    QVERIFY(read);
    QVERIFY(read->values == (std::vector<float> {0.6F, 0.8F, 0.6F, -0.8F})); // of unit length
    const auto older = ollama::decodeEmbeddingResponse(encodeOllamaEmbedding(response), 1);
    QVERIFY(older);
    QVERIFY(older->values == (std::vector<float> {0.6F, 0.8F}));
}

void TestGatewayRoundTrip::modelsOfOllamaAreReadBack()
{
    const CapabilityState yes {.state = CapabilityState::State::Supported};
    const ModelFacts facts {.embeddingLength = 64,
        .family = QStringLiteral("lama"),
        .parameterSize = QStringLiteral("3B"),
        .quantization = QStringLiteral("Q4"),
        .size = 5,
        .capabilities = {{QStringLiteral("images"), yes}, {QStringLiteral("thinking"), yes}}};
    const std::vector<ModelDescription> models {
        {.id = QStringLiteral("talker"), .type = ModelType::Chat, .facts = facts},
        {.id = QStringLiteral("org/words:v2"), .type = ModelType::TextEmbeddings}};
    const auto bytes = [](const QJsonObject &object) { return QJsonDocument(object).toJson(); };
    const auto list = ollama::decodeModelList(bytes(encodeTags(models)));
    QVERIFY(list);
    QCOMPARE(list->size(), std::size_t(2));
    QCOMPARE((*list)[0].id, QStringLiteral("talker:latest"));
    QVERIFY((*list)[0].type == ModelType::Chat);
    QCOMPARE((*list)[0].facts.size, facts.size);
    QCOMPARE((*list)[0].facts.family, facts.family);
    QVERIFY((*list)[0].facts.inputModalities.contains(QStringLiteral("image")));
    QCOMPARE((*list)[1].id, QStringLiteral("org/words:v2"));
    QVERIFY((*list)[1].type == ModelType::TextEmbeddings);
    const auto running = ollama::decodeRunningModels(bytes(encodeRunning(models)));
    QVERIFY(running);
    QVERIFY(running->front().expiresAt.isValid());
    const ModelInfo info {
        .name = QStringLiteral("talker"), .type = ModelType::Chat, .contextLength = 100, .facts = facts};
    const auto shown = ollama::decodeModelInfo(bytes(encodeShow(info)), QStringLiteral("talker"));
    QVERIFY(shown);
    QVERIFY(shown->type == ModelType::Chat);
    QCOMPARE(shown->contextLength, info.contextLength);
    QCOMPARE(shown->facts.embeddingLength, facts.embeddingLength);
    QCOMPARE(shown->facts.quantization, facts.quantization);
    QVERIFY(shown->facts.capabilities.value(QStringLiteral("tools")).state == CapabilityState::State::Supported);
}

void TestGatewayRoundTrip::modelsOfAnthropicAreReadBack()
{
    const std::vector<ModelDescription> models {
        {.id = QStringLiteral("a"), .type = ModelType::Chat, .contextLength = 5},
        {.id = QStringLiteral("b"), .type = ModelType::Chat}};
    const auto page = anthropic::decodeModelList(
        QJsonDocument(encodeAnthropicModels(models, QUrlQuery(QStringLiteral("limit=1")))).toJson());
    QVERIFY(page);
    QCOMPARE(page->items.size(), std::size_t(1));
    QCOMPARE(page->items.front().contextLength, models.front().contextLength);
    QCOMPARE(page->next, QStringLiteral("a"));
    const auto one = anthropic::decodeModelObject(QJsonDocument(encodeAnthropicModel(models[1])).toJson());
    QVERIFY(one);
    QCOMPARE(one->name, QStringLiteral("b"));
}

void TestGatewayRoundTrip::errorsAreReadBack()
{
    AnthropicChatEncoder encoder;
    const QByteArray event =
        documentsOf(encoder.fail({.kind = Error::Kind::RateLimited, .message = QStringLiteral("No.")})).front();
    const auto read = anthropic::ChatDecoder().decodeChunk(event);
    QVERIFY(!read);
    QVERIFY(read.error().kind == Error::Kind::RateLimited);
    const QByteArray line = encodeOllamaErrorLine({.kind = Error::Kind::NotFound}, QStringLiteral("talker"));
    const auto missing = ollama::ChatDecoder().decodeChunk(line);
    QVERIFY(!missing);
    QVERIFY(missing.error().kind == Error::Kind::NotFound);
}

QTEST_GUILESS_MAIN(TestGatewayRoundTrip)
#include "tst_gatewayroundtrip.moc"
