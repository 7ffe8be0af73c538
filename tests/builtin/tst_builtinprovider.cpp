// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/builtinprovider.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;

namespace {

const QString picture =
    QStringLiteral("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
                   "WjR9awAAAABJRU5ErkJggg==");

ChatRequest question(const QString &text, const QString &model = QStringLiteral("guide"))
{
    ChatRequest request {.model = model, .messages = {Message::fromText(Role::User, text)}};
    request.extras.insert(QStringLiteral("tokens_per_second"), 100'000);
    return request;
}

CompletionRequest beginning(const QString &text)
{
    CompletionRequest request {.prompt = text};
    request.extras.insert(QStringLiteral("tokens_per_second"), 100'000);
    return request;
}

} // namespace

/// What the built-in models answer through their provider, and what they refuse.
class TestBuiltinProvider : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void unknownModelsAreNotFound();
    void otherRoutesAreUnsupported_data();
    void otherRoutesAreUnsupported();
    void badChatsAreRefused_data();
    void badChatsAreRefused();
    void theListIsInOrder();
    void infoDescribesAModel();
    void anAnswerInOnePieceIsTheSame();
    void limitsEndTheAnswer();
    void stopSequencesEndTheAnswer();
    void choicesAreInterleaved();
    void usageCountsTheAnswer();
    void manySettingsAreAccepted();
    void guideAndGuideBriefDiffer();
    void reasoningComesFirst();
    void reasoningEffortIsHonoured();
    void reasoningComesBeforeACall();
    void reasoningIsPartOfTheLimit();
    void severalCallsAreNumbered();
    void requiredToolsAreCalled_data();
    void requiredToolsAreCalled();
    void aToolResultIsAnswered();
    void jsonIsValid_data();
    void jsonIsValid();
    void promptsLongerThanTheContextAreRefused();
    void aSchemaInThePromptIsFollowed();
    void embeddingsComeInOrder();
    void thePaletteServesBothRoutes();
    void emptyNamesPickTheUsualModel();

private:
    template <typename ReplyType>
    static bool wait(ReplyType &reply)
    {
        QSignalSpy finished(&reply, &Reply::finished);
        return reply.isFinished() || finished.wait(10'000);
    }
    [[nodiscard]] ChatResponse ask(const ChatRequest &request)
    {
        const auto reply = m_provider.chat(request);
        if (!wait(*reply) || reply->error())
            return {};
        return reply->response();
    }
    BuiltinProvider m_provider;
};

void TestBuiltinProvider::unknownModelsAreNotFound()
{
    const auto reply = m_provider.chat(question(QStringLiteral("Hi"), QStringLiteral("no-such-model")));
    QVERIFY(wait(*reply));
    QVERIFY(reply->error());
    QCOMPARE(reply->error()->kind, Error::Kind::NotFound);
    QCOMPARE(reply->error()->providerCode, QStringLiteral("model_not_found"));
    QVERIFY(reply->error()->message.contains(QStringLiteral(
        "guide, guide-brief, guide-reasoning, babbler-5, babbler-3, wordmap-256, wordmap-64, palette, faulty")));
    const auto info = m_provider.info(QStringLiteral("no-such-model"));
    QVERIFY(wait(*info));
    QCOMPARE(info->error()->kind, Error::Kind::NotFound);
}

void TestBuiltinProvider::otherRoutesAreUnsupported_data()
{
    QTest::addColumn<int>("route");
    QTest::addColumn<QString>("model");
    QTest::newRow("chat on wordmap") << 0 << QStringLiteral("wordmap-256");
    QTest::newRow("chat on babbler") << 0 << QStringLiteral("babbler-5");
    QTest::newRow("completion on guide") << 1 << QStringLiteral("guide");
    QTest::newRow("embeddings on guide") << 2 << QStringLiteral("guide");
    QTest::newRow("image embeddings on wordmap") << 3 << QStringLiteral("wordmap-256");
}

void TestBuiltinProvider::otherRoutesAreUnsupported()
{
    QFETCH(int, route);
    QFETCH(QString, model);
    std::unique_ptr<Reply> reply;
    if (route == 0)
        reply = m_provider.chat(question(QStringLiteral("Hi"), model));
    else if (route == 1)
        reply = m_provider.complete({.model = model, .prompt = QStringLiteral("a")});
    else if (route == 2)
        reply = m_provider.embed({.model = model, .input = {QStringLiteral("a")}});
    else
        reply = m_provider.embedImages({.model = model, .input = {{.image = picture}}});
    QVERIFY(wait(*reply));
    QVERIFY(reply->error());
    QCOMPARE(reply->error()->kind, Error::Kind::Unsupported);
    QCOMPARE(reply->error()->parameter, QString());
    QVERIFY(reply->error()->message.startsWith(model));
}

void TestBuiltinProvider::badChatsAreRefused_data()
{
    QTest::addColumn<ChatRequest>("request");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("parameter");
    using Kind = Error::Kind;
    const auto row = [](const char *name, Kind kind, const char *parameter, auto change) {
        ChatRequest request = question(QStringLiteral("Hi"));
        change(request);
        QTest::newRow(name) << request << kind << QString::fromLatin1(parameter);
    };
    row("no messages", Kind::InvalidRequest, "messages", [](ChatRequest &request) { request.messages.clear(); });
    row("temperature", Kind::InvalidRequest, "temperature",
        [](ChatRequest &request) { request.sampling.temperature = 9; });
    row("max_tokens", Kind::InvalidRequest, "max_tokens",
        [](ChatRequest &request) { request.sampling.maxTokens = -1; });
    row("n", Kind::InvalidRequest, "n", [](ChatRequest &request) { request.sampling.n = 1000; });
    row("logprobs", Kind::Unsupported, "logprobs", [](ChatRequest &request) { request.logprobs = true; });
    row("sound asked for", Kind::Unsupported, "modalities",
        [](ChatRequest &request) { request.modalities = {QStringLiteral("audio")}; });
    row("a picture", Kind::Unsupported, "messages[0].content[1]",
        [](ChatRequest &request) { request.messages[0].content.emplace_back(ImagePart {.url = picture}); });
    row("sound", Kind::Unsupported, "messages[0].content[1]",
        [](ChatRequest &request) { request.messages[0].content.emplace_back(AudioPart {}); });
    row("pace", Kind::InvalidRequest, "tokens_per_second",
        [](ChatRequest &request) { request.extras.insert(QStringLiteral("tokens_per_second"), 0); });
    row("pace as text", Kind::InvalidRequest, "tokens_per_second", [](ChatRequest &request) {
        request.extras.insert(QStringLiteral("tokens_per_second"), QStringLiteral("fast"));
    });
    row("reasoning", Kind::Unsupported, "reasoning_effort",
        [](ChatRequest &request) { request.reasoningEffort = QStringLiteral("low"); });
    row("reasoning of an unknown kind", Kind::InvalidRequest, "reasoning_effort", [](ChatRequest &request) {
        request.model = QStringLiteral("guide-reasoning");
        request.reasoningEffort = QStringLiteral("ultra");
    });
    row("biased tokens", Kind::Unsupported, "logit_bias", [](ChatRequest &request) {
        request.extras.insert(QStringLiteral("logit_bias"), QJsonObject {{QStringLiteral("1"), 5}});
    });
    row("a call without tools", Kind::InvalidRequest, "tool_choice",
        [](ChatRequest &request) { request.toolChoice = ToolChoice {.mode = ToolChoice::Mode::Required}; });
    row("an impossible schema", Kind::Unsupported, "response_format", [](ChatRequest &request) {
        request.responseFormat = ResponseFormat {
            .type = ResponseFormat::Type::JsonSchema, .schema = QJsonObject {{QStringLiteral("enum"), QJsonArray()}}};
    });
}

void TestBuiltinProvider::badChatsAreRefused()
{
    QFETCH(ChatRequest, request);
    QFETCH(Error::Kind, kind);
    QFETCH(QString, parameter);
    const auto reply = m_provider.chat(request);
    QSignalSpy deltas(reply.get(), &ChatReply::deltaReceived);
    QVERIFY(!reply->isFinished());
    QVERIFY(wait(*reply));
    QVERIFY(reply->error());
    QCOMPARE(reply->error()->kind, kind);
    QCOMPARE(reply->error()->parameter, parameter);
    QVERIFY(!reply->error()->message.isEmpty());
    QCOMPARE(deltas.size(), 0);
    QVERIFY(!reply->result());
}

void TestBuiltinProvider::theListIsInOrder()
{
    const auto reply = m_provider.listModels();
    QVERIFY(wait(*reply));
    QStringList names;
    for (const ModelDescription &model : reply->response())
        names.push_back(model.id);
    QCOMPARE(names.join(u' '),
        QStringLiteral("guide guide-brief guide-reasoning babbler-5 babbler-3 wordmap-256 wordmap-64 palette faulty"));
    const auto typeOf = [&](const char *name) {
        return reply->response().at(static_cast<std::size_t>(names.indexOf(QLatin1String(name)))).type;
    };
    QCOMPARE(typeOf("guide"), ModelType::Chat);
    QCOMPARE(typeOf("babbler-5"), ModelType::Completion);
    QCOMPARE(typeOf("babbler-3"), ModelType::Completion);
    QCOMPARE(typeOf("wordmap-256"), ModelType::TextEmbeddings);
    QCOMPARE(typeOf("wordmap-64"), ModelType::TextEmbeddings);
    QCOMPARE(typeOf("palette"), ModelType::ImageEmbeddings);
    QCOMPARE(m_provider.endpoint().kind, Endpoint::Kind::BuiltIn);
}

void TestBuiltinProvider::infoDescribesAModel()
{
    const auto reply = m_provider.info(QStringLiteral("palette"));
    QVERIFY(wait(*reply));
    QCOMPARE(reply->response().name, QStringLiteral("palette"));
    QCOMPARE(reply->response().type, ModelType::ImageEmbeddings);
    for (const char16_t *key : {u"model_name", u"model_type", u"model_provider_name"})
        QVERIFY(!reply->response().raw.value(QStringView(key)).toString().isEmpty());
}

void TestBuiltinProvider::anAnswerInOnePieceIsTheSame()
{
    ChatRequest request = question(QStringLiteral("What are extras?"));
    const QString streamed = ask(request).text();
    request.stream = false;
    request.extras.insert(QStringLiteral("tokens_per_second"), 1); // only of streams
    QCOMPARE(ask(request).text(), streamed);
}

void TestBuiltinProvider::limitsEndTheAnswer()
{
    ChatRequest request = question(QStringLiteral("What are extras?"));
    request.sampling.maxTokens = 3;
    ChatResponse response = ask(request);
    QCOMPARE(response.choices.front().finishReason, QStringLiteral("length"));
    QCOMPARE(*response.usage->completionTokens, 3);
    request.maxCompletionTokens = 5; // the newer name wins
    QCOMPARE(*ask(request).usage->completionTokens, 5);
    request.maxCompletionTokens = 0;
    response = ask(request);
    QCOMPARE(response.text(), QString());
    QCOMPARE(response.choices.front().finishReason, QStringLiteral("length"));
}

void TestBuiltinProvider::stopSequencesEndTheAnswer()
{
    ChatRequest request = question(QStringLiteral("What are extras?"));
    const QString whole = ask(request).text();
    const QString stop = whole.mid(17, 11); // in the middle of words
    request.sampling.stop = QStringList {stop};
    const ChatResponse response = ask(request);
    QCOMPARE(response.text(), whole.first(whole.indexOf(stop)));
    QCOMPARE(response.choices.front().finishReason, QStringLiteral("stop"));
}

void TestBuiltinProvider::choicesAreInterleaved()
{
    ChatRequest request = question(QStringLiteral("embeddings dimensions"));
    request.sampling.n = 3;
    const auto reply = m_provider.chat(request);
    std::vector<int> order;
    connect(
        reply.get(), &ChatReply::deltaReceived, this, [&](const ChatDelta &delta) { order.push_back(delta.choice); });
    QVERIFY(wait(*reply));
    QCOMPARE(std::vector<int>(order.begin(), order.begin() + 6), (std::vector<int> {0, 1, 2, 0, 1, 2}));
    QCOMPARE(reply->response().choices.size(), std::size_t(3));
    for (const ChatChoice &choice : reply->response().choices)
        QVERIFY(!choice.finishReason.isEmpty());
    QVERIFY(reply->response().choices[0].message.text() != reply->response().choices[1].message.text());
}

void TestBuiltinProvider::usageCountsTheAnswer()
{
    const auto reply = m_provider.chat(question(QStringLiteral("What are extras?")));
    QSignalSpy deltas(reply.get(), &ChatReply::deltaReceived);
    QVERIFY(wait(*reply));
    const Usage usage = *reply->response().usage;
    QCOMPARE(*usage.completionTokens, deltas.size() - 1); // the last one only ends it
    QCOMPARE(*usage.totalTokens, *usage.promptTokens + *usage.completionTokens);
    QCOMPARE(usage.source, Usage::Source::Provider);
}

void TestBuiltinProvider::manySettingsAreAccepted()
{
    ChatRequest request = question(QStringLiteral("naïve 日本語 \U0001F469\u200D\U0001F467 \u2028 \"\\\""));
    request.messages.insert(request.messages.begin(), Message::fromText(Role::Developer, QStringLiteral("Be brief.")));
    request.sampling = {.temperature = 0.5,
        .topP = 0.9,
        .maxTokens = 8,
        .frequencyPenalty = 0.1,
        .presencePenalty = 0.1,
        .seed = 7,
        .stop = QStringList {QStringLiteral("###")}};
    request.responseFormat = ResponseFormat {};
    request.extras.insert(QStringLiteral("logit_bias"), QJsonObject());
    request.extras.insert(QStringLiteral("safe_prompt"), true);
    QVERIFY(!ask(request).text().isEmpty());
}

void TestBuiltinProvider::guideAndGuideBriefDiffer()
{
    for (const char *text : {"What is Diptych?", "Say hello.", "What are extras?", "How do I swap a model?"}) {
        const QString asked = QString::fromLatin1(text);
        const QString whole = ask(question(asked)).text();
        const QString brief = ask(question(asked, QStringLiteral("guide-brief"))).text();
        QVERIFY(!brief.isEmpty());
        QVERIFY(brief.size() < whole.size());
    }
}

namespace {

Tool weatherTool()
{
    const QByteArray schema = R"({"type":"object","properties":{"city":{"type":"string","enum":["Lisbon","Porto"]},
        "days":{"type":"integer","enum":[1,2,3]},"rainy":{"type":"boolean"}},"required":["city","days","rainy"],"additionalProperties":false})";
    return {.name = QStringLiteral("get_weather"),
        .description = QStringLiteral("Weather for a city"),
        .parameters = QJsonDocument::fromJson(schema).object()};
}

} // namespace

void TestBuiltinProvider::requiredToolsAreCalled_data()
{
    QTest::addColumn<bool>("stream");
    QTest::newRow("streamed") << true;
    QTest::newRow("in one piece") << false;
}

void TestBuiltinProvider::requiredToolsAreCalled()
{
    QFETCH(bool, stream);
    ChatRequest request = question(QStringLiteral("What is the weather in Porto?"));
    request.stream = stream;
    request.tools = {weatherTool()};
    request.toolChoice = ToolChoice {.mode = ToolChoice::Mode::Required};
    request.sampling.maxTokens = 256;
    const ChatResponse response = ask(request);
    QCOMPARE(response.choices.size(), std::size_t(1));
    const ChatChoice &choice = response.choices.front();
    QCOMPARE(choice.finishReason, QStringLiteral("tool_calls"));
    QCOMPARE(choice.message.text(), QString());
    QCOMPARE(choice.message.toolCalls.size(), std::size_t(1));
    QCOMPARE(choice.message.toolCalls[0].name, QStringLiteral("get_weather"));
    QVERIFY(!choice.message.toolCalls[0].id.isEmpty());
    QCOMPARE(choice.message.toolCalls[0].arguments, QStringLiteral(R"({"city":"Porto","days":1,"rainy":false})"));
}

void TestBuiltinProvider::reasoningComesFirst()
{
    const QString asked = QStringLiteral("What are extras?");
    const auto reply = m_provider.chat(question(asked, QStringLiteral("guide-reasoning")));
    QString order;
    connect(reply.get(), &ChatReply::deltaReceived, this,
        [&](const ChatDelta &delta) { order += delta.reasoning.isEmpty() ? u'a' : u'r'; });
    QVERIFY(wait(*reply));
    QVERIFY(order.startsWith(u'r') && order.endsWith(u'a'));
    QVERIFY(!order.contains(QStringLiteral("ar")));
    const ChatResponse &response = reply->response();
    QCOMPARE(response.text(), ask(question(asked)).text());
    const QString reasoning = response.choices.front().message.reasoning;
    QVERIFY2(reasoning.contains(QStringLiteral("I quote *Extras*")), qPrintable(reasoning));
    QCOMPARE(*response.usage->reasoningTokens, order.count(u'r'));
    QCOMPARE(*response.usage->completionTokens, order.size() - 1);
    QVERIFY(!ask(question(asked)).usage->reasoningTokens);
}

void TestBuiltinProvider::reasoningEffortIsHonoured()
{
    ChatRequest request = question(QStringLiteral("embeddings dimensions"), QStringLiteral("guide-reasoning"));
    std::vector<qsizetype> sizes;
    for (const char *effort : {"none", "low", "medium", "high"}) {
        request.reasoningEffort = QString::fromLatin1(effort);
        sizes.push_back(ask(request).choices.front().message.reasoning.size());
    }
    QCOMPARE(sizes[0], 0);
    QVERIFY(sizes[0] < sizes[1] && sizes[1] < sizes[2] && sizes[2] < sizes[3]);
    request.model = QStringLiteral("guide");
    request.reasoningEffort = QStringLiteral("none");
    QVERIFY(!ask(request).text().isEmpty());
}

void TestBuiltinProvider::reasoningComesBeforeACall()
{
    ChatRequest request = question(QStringLiteral("What is the weather in Porto?"), QStringLiteral("guide-reasoning"));
    request.tools = {weatherTool()};
    const ChatChoice choice = ask(request).choices.front();
    QCOMPARE(choice.finishReason, QStringLiteral("tool_calls"));
    QVERIFY2(choice.message.reasoning.contains(QStringLiteral("I call `get_weather`")),
        qPrintable(choice.message.reasoning));
    QCOMPARE(choice.message.toolCalls[0].arguments, QStringLiteral(R"({"city":"Porto","days":1,"rainy":false})"));
}

void TestBuiltinProvider::reasoningIsPartOfTheLimit()
{
    ChatRequest request = question(QStringLiteral("What are extras?"), QStringLiteral("guide-reasoning"));
    request.sampling.maxTokens = 3;
    const ChatResponse response = ask(request);
    QCOMPARE(response.text(), QString());
    QCOMPARE(response.choices.front().finishReason, QStringLiteral("length"));
    QCOMPARE(*response.usage->completionTokens, 3);
    QCOMPARE(*response.usage->reasoningTokens, 3);
}

void TestBuiltinProvider::severalCallsAreNumbered()
{
    ChatRequest request =
        question(QStringLiteral("What is the weather in Porto and in Lisbon?"), QStringLiteral("guide-reasoning"));
    request.tools = {weatherTool()};
    const std::vector<ToolCall> calls = ask(request).choices.front().message.toolCalls;
    QCOMPARE(calls.size(), std::size_t(2));
    QCOMPARE(calls[0].arguments, QStringLiteral(R"({"city":"Lisbon","days":1,"rainy":false})"));
    QCOMPARE(calls[1].arguments, QStringLiteral(R"({"city":"Porto","days":1,"rainy":false})"));
    QVERIFY(!calls[0].id.isEmpty() && !calls[1].id.isEmpty() && calls[0].id != calls[1].id);
    request.parallelToolCalls = false;
    QCOMPARE(ask(request).choices.front().message.toolCalls.size(), std::size_t(1));
}

void TestBuiltinProvider::aToolResultIsAnswered()
{
    ChatRequest request = question(QStringLiteral("weather?"));
    request.tools = {weatherTool()};
    Message call {.role = Role::Assistant};
    call.toolCalls = {
        {.id = QStringLiteral("call_1"), .name = QStringLiteral("get_weather"), .arguments = QStringLiteral("{}")}};
    Message result = Message::fromText(Role::Tool, QStringLiteral("sunny"));
    result.toolCallId = QStringLiteral("call_1");
    request.messages.push_back(call);
    request.messages.push_back(result);
    QCOMPARE(ask(request).text(), QStringLiteral("The tool `get_weather` answered: sunny."));
    request.toolChoice = ToolChoice {.mode = ToolChoice::Mode::Required};
    QCOMPARE(ask(request).choices.front().finishReason, QStringLiteral("tool_calls"));
}

void TestBuiltinProvider::jsonIsValid_data()
{
    QTest::addColumn<QJsonObject>("schema");
    QTest::newRow("any object") << QJsonObject();
    QTest::newRow("by a schema") << weatherTool().parameters;
}

void TestBuiltinProvider::jsonIsValid()
{
    QFETCH(QJsonObject, schema);
    ChatRequest request = question(QStringLiteral("What are extras? As JSON."));
    request.responseFormat =
        ResponseFormat {.type = schema.isEmpty() ? ResponseFormat::Type::JsonObject : ResponseFormat::Type::JsonSchema,
            .schema = schema};
    const ChatResponse response = ask(request);
    QCOMPARE(response.choices.front().finishReason, QStringLiteral("stop"));
    const QJsonObject object = QJsonDocument::fromJson(response.text().toUtf8()).object();
    if (schema.isEmpty())
        QCOMPARE(object.value(u"source").toString(), QStringLiteral("Extras"));
    else
        QCOMPARE(
            object.keys(), (QStringList {QStringLiteral("city"), QStringLiteral("days"), QStringLiteral("rainy")}));
}

void TestBuiltinProvider::promptsLongerThanTheContextAreRefused()
{
    const auto reply = m_provider.chat(question(QStringLiteral("word ").repeated(9000)));
    QVERIFY(wait(*reply));
    QVERIFY(reply->error());
    QCOMPARE(reply->error()->kind, Error::Kind::InvalidRequest);
    QCOMPARE(reply->error()->providerCode, QStringLiteral("context_length_exceeded"));
    QCOMPARE(reply->error()->parameter, QStringLiteral("messages"));
}

void TestBuiltinProvider::aSchemaInThePromptIsFollowed()
{
    ChatRequest request = question(QStringLiteral("Is it rainy in Paris?"));
    const QByteArray schema = QJsonDocument(weatherTool().parameters).toJson();
    request.messages.insert(request.messages.begin(),
        Message::fromText(Role::System, u"JSON schema:\n" % QString::fromUtf8(schema) % u"\nAnswer with JSON only."));
    request.responseFormat = ResponseFormat {.type = ResponseFormat::Type::JsonObject};
    const QJsonObject object = QJsonDocument::fromJson(ask(request).text().toUtf8()).object();
    QVERIFY(object.contains(u"city") && object.contains(u"rainy"));
    QVERIFY(!object.contains(u"source"));
    // Braces that are no schema are not taken for one.
    request.messages.front() = Message::fromText(Role::System, QStringLiteral("Write {like this} or {\"a\": 1}, or {"));
    QVERIFY(QJsonDocument::fromJson(ask(request).text().toUtf8()).object().contains(u"source"));
}

void TestBuiltinProvider::embeddingsComeInOrder()
{
    const auto reply =
        m_provider.embed({.input = {QStringLiteral("cat"), QStringLiteral("bridge"), QStringLiteral("cat")},
            .dimensions = 8,
            .inputType = EmbeddingInputType::Query});
    QVERIFY(wait(*reply));
    QVERIFY(!reply->error());
    const EmbeddingResponse &response = reply->response();
    QCOMPARE(response.count(), 3);
    QCOMPARE(response.model, QStringLiteral("wordmap-256"));
    QVERIFY(std::equal(response.row(0).begin(), response.row(0).end(), response.row(2).begin()));
    QVERIFY(!std::equal(response.row(0).begin(), response.row(0).end(), response.row(1).begin()));
    QCOMPARE(*response.usage->promptTokens, 3);
}

void TestBuiltinProvider::thePaletteServesBothRoutes()
{
    const auto pictures = m_provider.embedImages({.input = {{.image = picture, .text = QStringLiteral("dot")}}});
    const auto texts = m_provider.embed({.model = QStringLiteral("palette"), .input = {QStringLiteral("red")}});
    QVERIFY(wait(*pictures) && wait(*texts));
    QVERIFY2(!pictures->error(), pictures->error() ? qPrintable(pictures->error()->message) : "");
    QVERIFY(!texts->error());
    QCOMPARE(pictures->response().dimensions, texts->response().dimensions);
    QCOMPARE(pictures->response().model, QStringLiteral("palette"));
}

void TestBuiltinProvider::emptyNamesPickTheUsualModel()
{
    QCOMPARE(ask(question(QStringLiteral("Hi"), {})).model, QStringLiteral("guide"));
    const auto completion = m_provider.complete(beginning(QStringLiteral("Once")));
    QVERIFY(wait(*completion));
    QCOMPARE(completion->response().model, QStringLiteral("babbler-5"));
    QVERIFY(!completion->response().text().isEmpty());
    QVERIFY(!m_provider.preview(ChatRequest {}));
}

QTEST_GUILESS_MAIN(TestBuiltinProvider)
#include "tst_builtinprovider.moc"
