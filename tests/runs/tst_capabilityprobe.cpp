// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/capabilityprobe.h"

#include "api/capabilitybook.h"
#include "scriptedprovider.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace diptych;

namespace {

using State = CapabilityState::State;

Error refused(const QString &parameter)
{
    return {.kind = Error::Kind::Unsupported,
        .httpStatus = 422,
        .message = QStringLiteral("One of the parameters contains invalid values."),
        .providerCode = QStringLiteral("parameter_not_supported"),
        .parameter = parameter};
}

ProbePlan only(ProbePlan plan, const QStringList &abilities)
{
    std::erase_if(plan, [&abilities](const Probe &probe) { return !abilities.contains(probe.ability); });
    return plan;
}

ProbeAnswer said(const QString &text, const QString &finishReason = QStringLiteral("stop"))
{
    return {.response = ChatResponse {
                .choices = {{.message = Message::fromText(Role::Assistant, text), .finishReason = finishReason}}}};
}

ProbeAnswer called(int times, const QString &arguments = QStringLiteral("{\"city\": \"Berlin\"}"))
{
    ProbeAnswer answer = said({});
    auto &message = std::get<ChatResponse>(answer.response).choices.front().message;
    for (int i = 0; i < times; ++i)
        message.toolCalls.push_back({.name = QStringLiteral("get_time"), .arguments = arguments});
    return answer;
}

ProbeAnswer embedded(std::vector<float> values, EncodingFormat format = EncodingFormat::Float)
{
    const int dimensions = static_cast<int>(values.size());
    return {.response = EmbeddingResponse {.format = format, .dimensions = dimensions, .values = std::move(values)}};
}

} // namespace

Q_DECLARE_METATYPE(std::vector<diptych::ProbeAnswer>)

class TestCapabilityProbe : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void endsWithoutGoingOn_data();
    void endsWithoutGoingOn();
    void rateLimitIsNotWaitedOut();
    void cancelKeepsWhatWasFound();
    void destroyedInItsOwnSlot();
    void othersHearTheRepliesEnd();
    void nothingSelected();
    void refusalIsWrittenDown();
    void plainBadRequestNeedsAProvenBase();
    void dependentsOfARefusedBaseAreNotAsked();
    void otherLimitIsTried();
    void troubleIsNotARefusal();
    void judges_data();
    void judges();
    void leftOutByTheAdapterIsRefused();
    void streamingTellsTwoThings();
    void thinkingIsNoticed();
    void embeddingsAreAsked();
    void plansByType();

private:
    using Answer = std::function<void(ScriptedChatReply *)>;
    void run(const QStringList &abilities);
    [[nodiscard]] CapabilityState known(const QString &ability) const
    {
        return m_book.capabilities(m_model).value(ability);
    }

    const ModelRef m_model {QStringLiteral("e"), QStringLiteral("m")};
    CapabilityBook m_book;
    std::unique_ptr<ScriptedProvider> m_provider;
    std::unique_ptr<CapabilityProbe> m_probe;
    Answer m_answer; ///< called, queued, for every chat
    int m_asked = 0;
};

void TestCapabilityProbe::init()
{
    m_probe.reset();
    m_book.load({});
    m_provider = std::make_unique<ScriptedProvider>(Endpoint {.id = QStringLiteral("e")});
    m_asked = 0;
    m_answer = [](ScriptedChatReply *reply) {
        reply->text(QStringLiteral("hello"));
        reply->finishWith();
    };
}

void TestCapabilityProbe::run(const QStringList &abilities)
{
    m_probe = std::make_unique<CapabilityProbe>(
        *m_provider, m_model, only(probePlan(QStringLiteral("m"), ModelType::Unknown), abilities), &m_book);
    connect(m_probe.get(), &CapabilityProbe::replyStarted, this, [this](Reply *reply) {
        ++m_asked;
        if (auto *chat = qobject_cast<ScriptedChatReply *>(reply))
            QTimer::singleShot(0, chat, [this, chat] { m_answer(chat); });
    });
    QSignalSpy finished(m_probe.get(), &CapabilityProbe::finished);
    QVERIFY(finished.wait());
    QCOMPARE(finished.count(), 1);
}

void TestCapabilityProbe::endsWithoutGoingOn_data()
{
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("key") << Error::Kind::Authentication;
    QTest::newRow("rate limit") << Error::Kind::RateLimited;
    QTest::newRow("connection") << Error::Kind::Network;
}

void TestCapabilityProbe::endsWithoutGoingOn()
{
    QFETCH(Error::Kind, kind);
    m_answer = [this, kind](ScriptedChatReply *reply) {
        if (m_asked == 1) {
            reply->text(QStringLiteral("hello"));
            reply->finishWith();
        } else {
            reply->failWith({.kind = kind, .httpStatus = 429});
        }
    };
    run({QStringLiteral("chat"), QStringLiteral("tools"), QStringLiteral("json_object")});
    QCOMPARE(m_asked, 2);
    QCOMPARE(m_probe->error()->kind, kind);
    QCOMPARE(known(QStringLiteral("chat")).state, State::Supported);
    QCOMPARE(m_book.capabilities(m_model).size(), 1);
}

void TestCapabilityProbe::rateLimitIsNotWaitedOut()
{
    m_answer = [](ScriptedChatReply *reply) {
        Q_EMIT reply->retryScheduled({.kind = Error::Kind::RateLimited, .httpStatus = 429}, 2, std::chrono::hours(1));
    };
    run({QStringLiteral("chat"), QStringLiteral("tools")});
    QCOMPARE(m_asked, 1);
    QCOMPARE(m_probe->error()->kind, Error::Kind::RateLimited);
    QVERIFY(m_provider->chats.front().isNull());
}

void TestCapabilityProbe::cancelKeepsWhatWasFound()
{
    m_answer = [this](ScriptedChatReply *reply) {
        if (m_asked == 2) {
            m_probe->cancel();
            return;
        }
        reply->text(QStringLiteral("hello"));
        reply->finishWith();
    };
    run({QStringLiteral("chat"), QStringLiteral("stop"), QStringLiteral("tools")});
    QCOMPARE(m_probe->error()->kind, Error::Kind::Cancelled);
    QCOMPARE(m_probe->findings().size(), std::size_t(1));
    m_probe->cancel();
}

void TestCapabilityProbe::destroyedInItsOwnSlot()
{
    for (int moment = 0; moment < 3; ++moment) {
        init();
        auto probe = std::make_unique<CapabilityProbe>(
            *m_provider, m_model, only(probePlan({}, ModelType::Chat), {QStringLiteral("chat")}), &m_book);
        connect(probe.get(), &CapabilityProbe::replyStarted, this, [this](Reply *reply) {
            auto *chat = qobject_cast<ScriptedChatReply *>(reply);
            QTimer::singleShot(0, chat, [this, chat] { m_answer(chat); });
        });
        const auto destroy = [&probe] { probe.reset(); };
        if (moment == 0)
            connect(probe.get(), &CapabilityProbe::found, this, destroy);
        else if (moment == 1)
            connect(probe.get(), &CapabilityProbe::progressChanged, this, destroy);
        else
            connect(probe.get(), &CapabilityProbe::finished, this, destroy);
        QTRY_VERIFY(!probe);
    }
}

void TestCapabilityProbe::othersHearTheRepliesEnd()
{
    int ended = 0;
    m_answer = [&ended](ScriptedChatReply *reply) {
        connect(reply, &Reply::finished, reply, [&ended] { ++ended; });
        reply->finishWith();
    };
    run({QStringLiteral("chat"), QStringLiteral("stop")});
    QCOMPARE(ended, m_asked);
    QCOMPARE(ended, 2);
}

void TestCapabilityProbe::nothingSelected()
{
    run({});
    QCOMPARE(m_asked, 0);
    QVERIFY(!m_probe->error());
}

void TestCapabilityProbe::refusalIsWrittenDown()
{
    m_answer = [](ScriptedChatReply *reply) { reply->failWith(refused(QStringLiteral("tools"))); };
    run({QStringLiteral("tools")});
    const CapabilityState state = known(QStringLiteral("tools"));
    QCOMPARE(state.state, State::Refused);
    QCOMPARE(state.source, CapabilityState::Source::Probed);
    QVERIFY(state.seenAt.isValid());
    QVERIFY2(
        state.evidence.startsWith(QLatin1String("422 parameter_not_supported: One of")), qPrintable(state.evidence));
}

void TestCapabilityProbe::plainBadRequestNeedsAProvenBase()
{
    const Error plain {.kind = Error::Kind::InvalidRequest, .httpStatus = 400, .message = QStringLiteral("bad")};
    m_answer = [&plain](ScriptedChatReply *reply) { reply->failWith(plain); };
    run({QStringLiteral("seed")});
    QCOMPARE(known(QStringLiteral("seed")).state, State::Unknown);
    init();
    m_answer = [this, &plain](ScriptedChatReply *reply) {
        if (m_asked > 1) {
            reply->failWith(plain);
            return;
        }
        reply->text(QStringLiteral("hello"));
        reply->finishWith();
    };
    run({QStringLiteral("chat"), QStringLiteral("seed")});
    QCOMPARE(known(QStringLiteral("seed")).state, State::Refused);
    QCOMPARE(known(QStringLiteral("seed")).evidence, QStringLiteral("400: bad"));
}

void TestCapabilityProbe::dependentsOfARefusedBaseAreNotAsked()
{
    m_answer = [](ScriptedChatReply *reply) {
        reply->failWith({.kind = Error::Kind::NotFound, .httpStatus = 405, .message = QStringLiteral("Not Allowed")});
    };
    run({QStringLiteral("chat"), QStringLiteral("tools"), QStringLiteral("images"), QStringLiteral("text_embeddings")});
    QCOMPARE(m_asked, 2);
    QCOMPARE(known(QStringLiteral("chat")).state, State::Refused);
    QVERIFY(!m_book.capabilities(m_model).contains(QStringLiteral("tools")));
    QCOMPARE(known(QStringLiteral("text_embeddings")).state, State::Supported);
    QVERIFY(!m_probe->error());
}

void TestCapabilityProbe::otherLimitIsTried()
{
    m_answer = [](ScriptedChatReply *reply) {
        if (reply->request().sampling.maxTokens) {
            reply->failWith(refused(QStringLiteral("max_tokens")));
            return;
        }
        reply->text(QStringLiteral("hello"));
        reply->finishWith();
    };
    run({QStringLiteral("chat"), QStringLiteral("max_tokens")});
    QCOMPARE(m_asked, 3);
    QCOMPARE(m_provider->chats.size(), std::size_t(3));
    QCOMPARE(known(QStringLiteral("chat")).state, State::Supported);
    QCOMPARE(known(QStringLiteral("max_tokens")).state, State::Refused);
}

void TestCapabilityProbe::troubleIsNotARefusal()
{
    m_answer = [](ScriptedChatReply *reply) {
        reply->failWith({.kind = Error::Kind::Provider, .httpStatus = 503, .message = QStringLiteral("busy")});
    };
    run({QStringLiteral("chat"), QStringLiteral("tools")});
    QCOMPARE(m_asked, 2);
    QCOMPARE(known(QStringLiteral("tools")).state, State::Unknown);
    QCOMPARE(known(QStringLiteral("tools")).evidence, QStringLiteral("503: busy"));
    // What was known before stays known.
    const CapabilityState refusal {.state = State::Refused, .source = CapabilityState::Source::Seen};
    m_book.note(m_model, QStringLiteral("tools"), refusal);
    run({QStringLiteral("tools")});
    QCOMPARE(known(QStringLiteral("tools")), refusal);
}

void TestCapabilityProbe::judges_data()
{
    QTest::addColumn<QString>("ability");
    QTest::addColumn<std::vector<ProbeAnswer>>("answers");
    QTest::addColumn<State>("state");
    const auto row = [](const char *name, const char *ability, std::vector<ProbeAnswer> answers, State state) {
        QTest::newRow(name) << QString::fromLatin1(ability) << std::move(answers) << state;
    };
    row("nothing said", "chat", {said({})}, State::Unknown);
    row("answered", "chat", {said(QStringLiteral("Hello"))}, State::Supported);
    row("text instead of a call", "tools", {said(QStringLiteral("It is noon"))}, State::Unknown);
    row("call with broken arguments", "tools", {called(1, QStringLiteral("{\"city\":"))}, State::Unknown);
    row("call", "tools", {called(1)}, State::Supported);
    row("required call is missing", "tool_choice", {said(QStringLiteral("Hello"))}, State::Unknown);
    row("required call", "tool_choice", {called(1)}, State::Supported);
    row("one call", "parallel_tool_calls", {called(1)}, State::Unknown);
    row("two calls", "parallel_tool_calls", {called(2)}, State::Supported);
    row("not JSON", "json_object", {said(QStringLiteral("A banana"))}, State::Unknown);
    row("JSON in a fence", "json_object", {said(QStringLiteral("```json\n{}\n```"))}, State::Unknown);
    row("array", "json_object", {said(QStringLiteral("[1]"))}, State::Unknown);
    row("object", "json_object", {said(QStringLiteral(" {\"fruit\": 1}\n"))}, State::Supported);
    row("other object", "json_schema", {said(QStringLiteral("{\"fruit\": 1}"))}, State::Unknown);
    row("wrong value", "json_schema", {said(QStringLiteral("{\"shade_code\":\"K8\",\"grams\":1}"))}, State::Unknown);
    row("not an integer", "json_schema", {said(QStringLiteral("{\"shade_code\":\"K7\",\"grams\":1.5}"))},
        State::Unknown);
    row("one member too many", "json_schema", {said(QStringLiteral("{\"shade_code\":\"K7\",\"grams\":1,\"x\":0}"))},
        State::Unknown);
    row("fits the schema", "json_schema", {said(QStringLiteral("{\"grams\":118,\"shade_code\":\"K7\"}"))},
        State::Supported);
    const ProbeAnswer abc = said(QStringLiteral("abc"));
    const ProbeAnswer xyz = said(QStringLiteral("xyz"));
    row("one seed, two texts", "seed", {abc, xyz, xyz}, State::Unknown);
    row("always the same text", "seed", {abc, abc, abc}, State::Unknown);
    row("a text for each seed", "seed", {abc, abc, xyz}, State::Supported);
    row("past the stop", "stop", {said(QStringLiteral("1 2 3 4 5 6"))}, State::Unknown);
    row("something else", "stop", {said(QStringLiteral("No."))}, State::Unknown);
    row("stopped", "stop", {said(QStringLiteral("1 2 3 4 "))}, State::Supported);
    row("no limit", "max_tokens", {said(QStringLiteral("1 2 3 4"))}, State::Unknown);
    row("limit", "max_tokens", {said(QStringLiteral("1 2"), QStringLiteral("length"))}, State::Supported);
    row("no logprobs", "logprobs", {said(QStringLiteral("Hello"))}, State::Unknown);
    row("blind", "images", {said(QStringLiteral("I can not see pictures"))}, State::Unknown);
    row("sees", "images", {said(QStringLiteral("Red."))}, State::Supported);
    row("deaf", "audio", {said(QStringLiteral("Speech"))}, State::Unknown);
    row("does as it likes", "system_role", {said(QStringLiteral("1234"))}, State::Unknown);
    row("does as told", "system_role", {said(QStringLiteral("Pineapple."))}, State::Supported);
    row("other format", "encoding_format.int8", {embedded({1, 2})}, State::Unknown);
    row("format", "encoding_format.int8", {embedded({1, 2}, EncodingFormat::Int8)}, State::Supported);
    const ProbeAnswer short256 = embedded(std::vector<float>(256));
    row("other size", "dimensions", {embedded({1, 2}), embedded({1, 2})}, State::Unknown);
    row("its own size", "dimensions", {short256, short256}, State::Unknown);
    row("size", "dimensions", {embedded(std::vector<float>(512)), short256}, State::Supported);
    row("input type without effect", "input_type", {embedded({1, 2}), embedded({1, 2})}, State::Unknown);
    row("input type", "input_type", {embedded({1, 2}), embedded({1, 3})}, State::Supported);
    row("empty embedding", "text_embeddings", {embedded({})}, State::Unknown);
}

void TestCapabilityProbe::judges()
{
    QFETCH(QString, ability);
    QFETCH(std::vector<ProbeAnswer>, answers);
    QFETCH(State, state);
    const ProbePlan plan = only(probePlan({}, ModelType::Unknown), {ability});
    QCOMPARE(plan.size(), std::size_t(1));
    QCOMPARE(plan.front().calls.size(), answers.size());
    const ProbeFinding finding = judge(plan.front(), answers).front();
    QCOMPARE(finding.ability, ability);
    QVERIFY2(finding.state.state == state, qPrintable(finding.state.evidence));
    QVERIFY(!finding.state.evidence.isEmpty());
}

void TestCapabilityProbe::leftOutByTheAdapterIsRefused()
{
    const Probe probe = only(probePlan({}, ModelType::Chat), {QStringLiteral("images")}).front();
    ProbeAnswer answer = said(QStringLiteral("Red."));
    answer.changeLog = {{.kind = Change::Kind::Dropped,
        .field = QStringLiteral("messages[0].content[1].image_url"),
        .reason = QStringLiteral("No pictures here.")}};
    const ProbeFinding finding = judge(probe, {answer}).front();
    QCOMPARE(finding.state.state, State::Refused);
    QVERIFY(finding.state.evidence.contains(QLatin1String("No pictures here.")));
    // The same of our own making, where the endpoint is strict.
    const Error strict {.kind = Error::Kind::Unsupported, .message = QStringLiteral("No seed.")};
    QCOMPARE(judge(probe, strict, false).state.state, State::Refused);
    QVERIFY(judge(probe, strict, false).state.evidence.contains(QLatin1String("No seed.")));
}

void TestCapabilityProbe::streamingTellsTwoThings()
{
    m_answer = [](ScriptedChatReply *reply) {
        reply->text(QStringLiteral("1"));
        reply->text(QStringLiteral(" 2"));
        reply->finishWith(QStringLiteral("stop"), {.promptTokens = 3, .completionTokens = 2});
    };
    run({QStringLiteral("streaming")});
    QCOMPARE(known(QStringLiteral("streaming")).state, State::Supported);
    QCOMPARE(known(QStringLiteral("stream_usage")).state, State::Supported);
    QCOMPARE(m_probe->usage().completionTokens, 2);
}

void TestCapabilityProbe::thinkingIsNoticed()
{
    m_answer = [](ScriptedChatReply *reply) {
        reply->reasoning(QStringLiteral("They greet me."));
        reply->finishWith(QStringLiteral("length"));
    };
    run({QStringLiteral("chat")});
    QCOMPARE(known(QStringLiteral("chat")).state, State::Supported);
    QCOMPARE(known(QStringLiteral("thinking")).state, State::Supported);
}

void TestCapabilityProbe::embeddingsAreAsked()
{
    run({QStringLiteral("text_embeddings"), QStringLiteral("encoding_format.int8"), QStringLiteral("dimensions"),
        QStringLiteral("input_type"), QStringLiteral("image_embeddings"), QStringLiteral("info")});
    QCOMPARE(m_asked, 8);
    QCOMPARE(m_provider->embeddingRequests.size(), std::size_t(6));
    QCOMPARE(known(QStringLiteral("text_embeddings")).state, State::Supported);
    QCOMPARE(known(QStringLiteral("encoding_format.int8")).state, State::Unknown);
    QCOMPARE(known(QStringLiteral("info")).state, State::Supported);
    QCOMPARE(m_probe->done(), 6);
}

void TestCapabilityProbe::plansByType()
{
    const auto has = [](const ProbePlan &plan, const char *ability) {
        return std::any_of(plan.begin(), plan.end(),
            [ability](const Probe &probe) { return probe.ability == QLatin1String(ability); });
    };
    QVERIFY(!has(probePlan({}, ModelType::Chat), "text_embeddings"));
    QVERIFY(!has(probePlan({}, ModelType::TextEmbeddings), "chat"));
    QVERIFY(has(probePlan({}, ModelType::Unknown), "chat") && has(probePlan({}, ModelType::Unknown), "dimensions"));
    ProbePlan plan = only(probePlan({}, ModelType::Chat), {QStringLiteral("seed"), QStringLiteral("chat")});
    QCOMPARE(totalsOf(plan).requests, 4);
    QVERIFY(totalsOf(plan).usage.promptTokens > 0 && totalsOf(plan).usage.completionTokens > 0);
    for (Probe &probe : plan)
        probe.isSelected = false;
    QCOMPARE(totalsOf(plan).requests, 0);
}

QTEST_GUILESS_MAIN(TestCapabilityProbe)
#include "tst_capabilityprobe.moc"
