// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "replywatch.h"

#include "api/provider.h"
#include "net/httpclient.h"
#include "providers/registry.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <functional>

using namespace diptych;
using test::waitFor;

namespace {

constexpr std::array providerNames {"azure", "openai", "mistral", "ollama", "anthropic", "gemini", "cohere"};
constexpr std::size_t providerCount = providerNames.size();

Endpoint endpointOf(const char *name, Adaptation adaptation)
{
    Endpoint endpoint;
    const QByteArrayView provider(name);
    endpoint.kind = provider == "azure"                 ? Endpoint::Kind::AzureFoundry
        : provider == "openai" || provider == "mistral" ? Endpoint::Kind::OpenAiCompatible
                                                        : Endpoint::Kind::Native;
    if (endpoint.kind == Endpoint::Kind::Native)
        endpoint.native = QString::fromLatin1(name);
    if (provider == "mistral")
        endpoint.variant = QString::fromLatin1(name);
    endpoint.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:1/v1"));
    endpoint.defaultModel = QStringLiteral("m");
    endpoint.adaptation = adaptation;
    return endpoint;
}

/// What becomes of a feature at one provider: a text that is in the body then; "~" and a text: the nearest form; empty:
/// it does not map; null: there is no such call at all.
using Expected = const char *;

struct ChatFeature {
    const char *name;
    const char *parameter; ///< how it is called where it does not map, or the beginning of that
    std::function<void(ChatRequest &)> set;
    std::array<Expected, providerCount> expected;
};

struct EmbeddingFeature {
    const char *name;
    const char *parameter;
    std::function<void(EmbeddingRequest &)> set;
    std::array<Expected, providerCount> expected;
};

ChatRequest plainChat()
{
    return {.messages = {Message::fromText(Role::User, QStringLiteral("Hi"))},
        .sampling = {.maxTokens = 16},
        .stream = false};
}

void addPart(ChatRequest &request, ContentPart part)
{
    request.messages.front().content.push_back(std::move(part));
}

void choose(ChatRequest &request, ToolChoice::Mode mode)
{
    const QJsonObject schema {{QStringLiteral("type"), QStringLiteral("object")}};
    request.tools = {{.name = QStringLiteral("look"), .parameters = schema}};
    request.toolChoice = ToolChoice {.mode = mode, .name = QStringLiteral("look")};
}

ResponseFormat schemaFormat()
{
    const QJsonObject schema {{QStringLiteral("type"), QStringLiteral("object")}};
    return {.type = ResponseFormat::Type::JsonSchema, .name = QStringLiteral("answer"), .schema = schema};
}

// Source: what each API documents of the feature. The columns are those of providerNames.
std::vector<ChatFeature> chatFeatures()
{
    return {
        {"seed", "seed", [](ChatRequest &r) { r.sampling.seed = 77; },
            {R"("seed":77)", R"("seed":77)", R"("random_seed":77)", R"("seed":77)", "", R"("seed":77)",
                R"("seed":77)"}},
        {"json_schema", "response_format", [](ChatRequest &r) { r.responseFormat = schemaFormat(); },
            {R"("json_schema")", R"("json_schema")", R"("json_schema")", R"("format":{)", R"("output_config":{)",
                R"("responseJsonSchema":{)", R"("type":"json_object")"}},
        {"tool_choice required", "tool_choice", [](ChatRequest &r) { choose(r, ToolChoice::Mode::Required); },
            {R"("tool_choice":"required")", R"("tool_choice":"required")", R"("tool_choice":"required")", "",
                R"("type":"any")", R"("mode":"ANY")", R"("tool_choice":"REQUIRED")"}},
        {"tool_choice named", "tool_choice", [](ChatRequest &r) { choose(r, ToolChoice::Mode::Named); },
            {R"("tool_choice":{)", R"("tool_choice":{)", R"("tool_choice":{)", "", R"("type":"tool")",
                R"("allowedFunctionNames":["look"])", ""}},
        {"image by URL", "messages[0].content[1]",
            [](ChatRequest &r) { addPart(r, ImagePart {.url = QStringLiteral("https://example.com/a.png")}); },
            {"example.com", "example.com", "example.com", "", "example.com", "", "example.com"}},
        {"audio", "messages[0].content[1]",
            [](ChatRequest &r) { addPart(r, AudioPart {.data = "RIFF", .format = QStringLiteral("wav")}); },
            {"UklGRg==", "UklGRg==", "UklGRg==", "", "", "UklGRg==", ""}},
        {"audio by URL", "messages[0].content[1]",
            [](ChatRequest &r) { addPart(r, AudioUrlPart {QStringLiteral("https://example.com/a.wav")}); },
            {"example.com", "", "example.com", "", "", "", ""}},
        {"logprobs", "logprobs", [](ChatRequest &r) { r.logprobs = true; },
            {R"("logprobs":true)", R"("logprobs":true)", "", R"("logprobs":true)", "", R"("responseLogprobs":true)",
                R"("logprobs":true)"}},
        {"n", "n", [](ChatRequest &r) { r.sampling.n = 3; },
            {R"("n":3)", R"("n":3)", R"("n":3)", "", "", R"("candidateCount":3)", ""}},
        {"user", "user", [](ChatRequest &r) { r.user = QStringLiteral("u-77"); },
            {R"("user":"u-77")", R"("user":"u-77")", "", "", R"("user_id":"u-77")", "", ""}},
        {"parallel_tool_calls", "parallel_tool_calls",
            [](ChatRequest &r) {
                choose(r, ToolChoice::Mode::Auto);
                r.toolChoice.reset();
                r.parallelToolCalls = false;
            },
            {R"("parallel_tool_calls":false)", R"("parallel_tool_calls":false)", R"("parallel_tool_calls":false)", "",
                R"("disable_parallel_tool_use":true)", "", ""}},
        {"frequency_penalty", "frequency_penalty", [](ChatRequest &r) { r.sampling.frequencyPenalty = 0.5; },
            {R"("frequency_penalty":0.5)", R"("frequency_penalty":0.5)", R"("frequency_penalty":0.5)",
                R"("frequency_penalty":0.5)", "", R"("frequencyPenalty":0.5)", R"("frequency_penalty":0.5)"}},
        {"modalities", "modalities",
            [](ChatRequest &r) {
                r.modalities = {QStringLiteral("text"), QStringLiteral("audio")};
            },
            {R"("modalities":["text","audio"])", R"("modalities":["text","audio"])", "", "", "", "", ""}},
    };
}

std::vector<EmbeddingFeature> embeddingFeatures()
{
    return {
        {"input_type", "input_type", [](EmbeddingRequest &r) { r.inputType = EmbeddingInputType::Query; },
            {R"("input_type":"query")", "", "", "", nullptr, R"("taskType":"RETRIEVAL_QUERY")",
                R"("input_type":"search_query")"}},
        {"int8", "encoding_format", [](EmbeddingRequest &r) { r.encodingFormat = EncodingFormat::Int8; },
            {R"("encoding_format":"int8")", "", R"("output_dtype":"int8")", "", nullptr, "",
                R"("embedding_types":["int8"])"}},
        {"dimensions", "dimensions", [](EmbeddingRequest &r) { r.dimensions = 256; },
            {R"("dimensions":256)", R"("dimensions":256)", R"("output_dimension":256)", R"("dimensions":256)", nullptr,
                R"("outputDimensionality":256)", R"("output_dimension":256)"}},
    };
}

bool hasDropped(const ChangeLog &changes, const QString &parameter)
{
    return std::any_of(changes.begin(), changes.end(), [&parameter](const Change &change) {
        return change.kind == Change::Kind::Dropped && change.field.startsWith(parameter) && !change.reason.isEmpty();
    });
}

/// Every line that changes something says why.
bool areExplained(const ChangeLog &changes)
{
    return std::all_of(changes.begin(), changes.end(),
        [](const Change &change) { return change.kind == Change::Kind::Sent || !change.reason.isEmpty(); });
}

} // namespace

/// What a wire format has no form for is never left out silently: it is on the wire, or it has a line in the change
/// log, and a strict endpoint refuses it by its name.
class TestUnmapped : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void chat_data();
    void chat() { check(chatFeatures()[feature()], plainChat()); }
    void embedding_data();
    void embedding();
    void imageEmbeddings_data();
    void imageEmbeddings();
    void extrasModeIsTheSameEverywhere_data();
    void extrasModeIsTheSameEverywhere();

private:
    template <typename Feature>
    static void addRows(const std::vector<Feature> &features);
    static std::size_t feature() { return index("feature"); }
    static std::size_t provider() { return index("provider"); }
    static std::size_t index(const char *column)
    {
        return static_cast<std::size_t>(*static_cast<const int *>(QTest::qData(column, QMetaType::Int)));
    }
    template <typename Request>
    Result<WirePreview> preview(const Request &request, Adaptation adaptation);
    template <typename Feature, typename Request>
    void check(const Feature &feature, Request request);

    HttpClient m_client;
};

template <typename Feature>
void TestUnmapped::addRows(const std::vector<Feature> &features)
{
    QTest::addColumn<int>("feature");
    QTest::addColumn<int>("provider");
    for (std::size_t i = 0; i < features.size(); ++i) {
        for (std::size_t p = 0; p < providerCount; ++p)
            QTest::addRow("%s %s", providerNames[p], features[i].name) << static_cast<int>(i) << static_cast<int>(p);
    }
}

template <typename Request>
Result<WirePreview> TestUnmapped::preview(const Request &request, Adaptation adaptation)
{
    return makeProvider(endpointOf(providerNames[provider()], adaptation), m_client)->preview(request);
}

template <typename Feature, typename Request>
void TestUnmapped::check(const Feature &feature, Request request)
{
    feature.set(request);
    const Expected expected = feature.expected[provider()];
    const QString parameter = QString::fromLatin1(feature.parameter);
    const Result<WirePreview> adapted = preview(request, Adaptation::Adapt);
    const Result<WirePreview> strict = preview(request, Adaptation::Strict);
    if (!expected) {
        QCOMPARE(adapted.error().kind, Error::Kind::Unsupported);
        QCOMPARE(strict.error().kind, Error::Kind::Unsupported);
        return;
    }
    QVERIFY2(adapted.has_value(), adapted ? "" : qPrintable(adapted.error().message));
    QVERIFY(areExplained(adapted->changeLog));
    const QByteArray needle(expected);
    const bool isNear = needle.startsWith('~');
    if (!needle.isEmpty())
        QVERIFY2(adapted->body.contains(needle.mid(isNear ? 1 : 0)), adapted->body.constData());
    else
        QVERIFY2(hasDropped(adapted->changeLog, parameter), adapted->body.constData());
    if (!needle.isEmpty() && !isNear) {
        QVERIFY2(strict.has_value(), strict ? "" : qPrintable(strict.error().message));
        QCOMPARE(strict->body, adapted->body);
        return;
    }
    QVERIFY(!strict);
    QCOMPARE(strict.error().kind, Error::Kind::Unsupported);
    QVERIFY2(strict.error().parameter.startsWith(parameter), qPrintable(strict.error().parameter));
    QVERIFY(!strict.error().message.isEmpty());
}

void TestUnmapped::chat_data()
{
    addRows(chatFeatures());
}

void TestUnmapped::embedding_data()
{
    addRows(embeddingFeatures());
}

void TestUnmapped::embedding()
{
    EmbeddingRequest request {.input = {QStringLiteral("a")}};
    // Cohere can not do without.
    if (QByteArrayView(providerNames[provider()]) == "cohere")
        request.inputType = EmbeddingInputType::Document;
    check(embeddingFeatures()[feature()], request);
}

void TestUnmapped::imageEmbeddings_data()
{
    QTest::addColumn<int>("provider");
    QTest::addColumn<QByteArray>("body");
    const std::array<Expected, providerCount> expected {R"("image":"data:image/png;base64,AA==")", "", "", "", "",
        R"("inlineData":{)", R"("data:image/png;base64,AA==")"};
    for (std::size_t p = 0; p < providerCount; ++p)
        QTest::newRow(providerNames[p]) << static_cast<int>(p) << QByteArray(expected[p]);
}

void TestUnmapped::imageEmbeddings()
{
    QFETCH(const QByteArray, body);
    FakeServer server;
    for (const Adaptation adaptation : {Adaptation::Adapt, Adaptation::Strict}) {
        Endpoint endpoint = endpointOf(providerNames[provider()], adaptation);
        endpoint.baseUrl = server.url(QStringLiteral("/v1"));
        const std::size_t before = server.requests().size();
        const auto reply = makeProvider(endpoint, m_client)
                               ->embedImages({.input = {{.image = QStringLiteral("data:image/png;base64,AA==")}}});
        QVERIFY(waitFor(*reply));
        QCOMPARE(server.requests().size() > before, !body.isEmpty());
        if (body.isEmpty())
            QCOMPARE(reply->error()->kind, Error::Kind::Unsupported);
        else
            QVERIFY2(server.requests().back().body.contains(body), server.requests().back().body.constData());
    }
}

void TestUnmapped::extrasModeIsTheSameEverywhere_data()
{
    QTest::addColumn<int>("provider");
    for (std::size_t p = 0; p < providerCount; ++p)
        QTest::newRow(providerNames[p]) << static_cast<int>(p);
}

void TestUnmapped::extrasModeIsTheSameEverywhere()
{
    ChatRequest request = plainChat();
    request.extras = {{QStringLiteral("unheard_of"), 1}};
    const auto passed = preview(request, Adaptation::Strict);
    QVERIFY(passed.has_value());
    QVERIFY(passed->body.contains(R"("unheard_of":1)"));
    request.extrasMode = ExtrasMode::Drop;
    const auto dropped = preview(request, Adaptation::Strict);
    QVERIFY(dropped.has_value());
    request.extrasMode = ExtrasMode::Error;
    const auto refused = preview(request, Adaptation::Adapt);
    // On Azure the service does it, told by the header.
    if (provider() == 0) {
        QCOMPARE(headerValue(dropped->headers, "extra-parameters"), QByteArray("drop"));
        QCOMPARE(headerValue(refused->headers, "extra-parameters"), QByteArray("error"));
        return;
    }
    QVERIFY(!dropped->body.contains("unheard_of"));
    QVERIFY(hasDropped(dropped->changeLog, QStringLiteral("unheard_of")));
    QCOMPARE(refused.error().kind, Error::Kind::Unsupported);
    QCOMPARE(refused.error().parameter, QStringLiteral("unheard_of"));
}

QTEST_GUILESS_MAIN(TestUnmapped)
#include "tst_unmapped.moc"
