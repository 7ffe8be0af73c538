// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/completionbridge.h"

#include "scriptedprovider.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace diptych;

namespace {

/// A wire format without a route for completions.
class ChatOnlyProvider : public ScriptedProvider
{
public:
    using ScriptedProvider::preview;
    using ScriptedProvider::ScriptedProvider;
    [[nodiscard]] Result<WirePreview> preview(const CompletionRequest &) const override
    {
        return Failure({.kind = Error::Kind::Unsupported, .message = QStringLiteral("no route")});
    }
};

const Change *line(const ChangeLog &log, const QString &field)
{
    const auto found =
        std::find_if(log.begin(), log.end(), [&](const Change &change) { return change.field == field; });
    return found == log.end() ? nullptr : &*found;
}

} // namespace

class TestCompletionBridge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void strictEndpointsRefuse_data();
    void strictEndpointsRefuse();
    void strictTakesWhatChatsDoAnyway();
    void refusalSendsNothing();
    void chatErrorsComeThrough();
    void cancelEndsInCancelled();
    void destroyingInsideADelta();
    void nothingIsDroppedSilently();
    void samplingAndExtrasGoAlong();
    void logprobsBecomeASwitch();
    void piecesComeThrough();
    void thoughtsAreCountedNotShown();
    void routeIsKnownBefore();
    void refusalsOfTheRoute_data();
    void refusalsOfTheRoute();
};

void TestCompletionBridge::strictEndpointsRefuse_data()
{
    QTest::addColumn<CompletionRequest>("request");
    QTest::addColumn<QString>("field");
    QTest::newRow("suffix") << CompletionRequest {.suffix = QStringLiteral("end")} << QStringLiteral("suffix");
    QTest::newRow("echo") << CompletionRequest {.echo = true} << QStringLiteral("echo");
    QTest::newRow("best_of") << CompletionRequest {.bestOf = 3} << QStringLiteral("best_of");
}

void TestCompletionBridge::strictEndpointsRefuse()
{
    QFETCH(CompletionRequest, request);
    QFETCH(QString, field);
    const BridgedCompletion strict = bridgedToChat(request, Adaptation::Strict, {});
    QVERIFY(strict.refusal);
    QCOMPARE(strict.refusal->kind, Error::Kind::Unsupported);
    QCOMPARE(strict.refusal->parameter, field);
    const BridgedCompletion adapted = bridgedToChat(request, Adaptation::Adapt, {});
    QVERIFY(!adapted.refusal);
    QCOMPARE(line(adapted.changes, field)->kind, Change::Kind::Dropped);
    QVERIFY(!line(adapted.changes, field)->reason.isEmpty());
}

void TestCompletionBridge::strictTakesWhatChatsDoAnyway()
{
    const BridgedCompletion bridged = bridgedToChat({.echo = false, .bestOf = 1}, Adaptation::Strict, {});
    QVERIFY(!bridged.refusal);
    QVERIFY(line(bridged.changes, QStringLiteral("echo")));
    QVERIFY(line(bridged.changes, QStringLiteral("best_of")));
}

void TestCompletionBridge::refusalSendsNothing()
{
    ScriptedProvider provider({.id = QStringLiteral("e"), .adaptation = Adaptation::Strict});
    BridgedCompletionReply reply(provider, {.prompt = QStringLiteral("Once"), .echo = true}, {});
    QSignalSpy finished(&reply, &Reply::finished);
    QVERIFY(provider.chats.empty());
    QCOMPARE(finished.size(), 0);
    QVERIFY(finished.wait());
    QCOMPARE(reply.error()->parameter, QStringLiteral("echo"));
    reply.cancel();
    reply.retryNow();
    QCOMPARE(finished.size(), 1);
    QCOMPARE(reply.exchange(), Exchange());
}

void TestCompletionBridge::chatErrorsComeThrough()
{
    ScriptedProvider provider({.id = QStringLiteral("e")});
    BridgedCompletionReply reply(provider, {.prompt = QStringLiteral("Once")}, {});
    const Error error {.kind = Error::Kind::RateLimited, .httpStatus = 429, .bodySample = "slow down"};
    provider.chats.front()->text(QStringLiteral(" upon"));
    provider.chats.front()->failWith(error);
    QCOMPARE(reply.error(), error);
    QCOMPARE(reply.response().text(), QStringLiteral(" upon"));
}

void TestCompletionBridge::cancelEndsInCancelled()
{
    ScriptedProvider provider({.id = QStringLiteral("e")});
    BridgedCompletionReply reply(provider, {.prompt = QStringLiteral("Once")}, {});
    QSignalSpy finished(&reply, &Reply::finished);
    QSignalSpy deltas(&reply, &CompletionReply::deltaReceived);
    provider.chats.front()->text(QStringLiteral(" upon"));
    reply.cancel();
    QCOMPARE(finished.size(), 1);
    QCOMPARE(reply.error()->kind, Error::Kind::Cancelled);
    QVERIFY(provider.chats.front()->isFinished()); // it is not left running
    QCOMPARE(deltas.size(), 1);
}

void TestCompletionBridge::destroyingInsideADelta()
{
    ScriptedProvider provider({.id = QStringLiteral("e")});
    auto reply = std::make_unique<BridgedCompletionReply>(provider, CompletionRequest {}, QString());
    connect(reply.get(), &CompletionReply::deltaReceived, this, [&reply] { reply.reset(); });
    provider.chats.front()->text(QStringLiteral("x"));
    QVERIFY(!reply);
    QVERIFY(!provider.chats.front());
}

void TestCompletionBridge::nothingIsDroppedSilently()
{
    ScriptedProvider provider({.id = QStringLiteral("e")});
    const CompletionRequest request {.model = QStringLiteral("m"),
        .prompt = QStringLiteral("Once\n"),
        .suffix = QStringLiteral("end"),
        .echo = true,
        .bestOf = 2,
        .logprobs = 3};
    BridgedCompletionReply reply(provider, request, QStringLiteral("it only chats"));
    const ChangeLog &log = reply.changeLog();
    for (const char *field : {"prompt", "suffix", "echo", "best_of", "logprobs"}) {
        QVERIFY2(line(log, QLatin1String(field)), field);
        QVERIFY2(!line(log, QLatin1String(field))->reason.isEmpty(), field);
    }
    QCOMPARE(line(log, QStringLiteral("prompt"))->kind, Change::Kind::Converted);
    QCOMPARE(line(log, QStringLiteral("prompt"))->wire, QStringLiteral("messages"));
    QVERIFY(line(log, QStringLiteral("prompt"))->reason.contains(QStringLiteral("it only chats")));
    const ChatRequest &sent = provider.chats.front()->request();
    QCOMPARE(sent.messages, std::vector {Message::fromText(Role::User, QStringLiteral("Once\n"))});
}

void TestCompletionBridge::samplingAndExtrasGoAlong()
{
    CompletionRequest request {.model = QStringLiteral("m"), .stream = false};
    request.sampling = {.temperature = 0.5, .seed = 7, .stop = QStringList {QStringLiteral(".")}, .n = 2};
    request.extras.insert(QStringLiteral("top_k"), 5);
    request.extrasMode = ExtrasMode::Drop;
    const ChatRequest chat = bridgedToChat(request, Adaptation::Adapt, {}).request;
    QCOMPARE(chat.sampling, request.sampling);
    QCOMPARE(chat.extras, request.extras);
    QCOMPARE(chat.extrasMode, request.extrasMode);
    QCOMPARE(chat.model, request.model);
    QVERIFY(!chat.stream);
    QVERIFY(!chat.logprobs);
}

void TestCompletionBridge::logprobsBecomeASwitch()
{
    const ChatRequest some = bridgedToChat({.logprobs = 4}, Adaptation::Strict, {}).request;
    QCOMPARE(some.logprobs, true);
    QCOMPARE(some.topLogprobs, 4);
    const ChatRequest own = bridgedToChat({.logprobs = 0}, Adaptation::Strict, {}).request;
    QCOMPARE(own.logprobs, true);
    QVERIFY(!own.topLogprobs);
}

void TestCompletionBridge::piecesComeThrough()
{
    ScriptedProvider provider({.id = QStringLiteral("e")});
    BridgedCompletionReply reply(provider, {.prompt = QStringLiteral("Once")}, {});
    const std::vector<TokenLogprob> tokens {{.token = QStringLiteral(" upon"), .logprob = -1.0}};
    provider.chats.front()->delta({.choice = 1, .text = QStringLiteral(" upon"), .logprobs = tokens});
    provider.chats.front()->delta({.choice = -1, .usage = Usage {.promptTokens = 3}});
    provider.chats.front()->delta({.choice = 1, .finishReason = QStringLiteral("length")});
    QCOMPARE(reply.response().choices.size(), 1U);
    QCOMPARE(reply.response().choices.front().index, 1);
    QCOMPARE(reply.response().choices.front().text, QStringLiteral(" upon"));
    QCOMPARE(reply.response().choices.front().logprobs, tokens);
    QCOMPARE(reply.response().choices.front().finishReason, QStringLiteral("length"));
    QCOMPARE(reply.response().usage->promptTokens, 3);
}

void TestCompletionBridge::thoughtsAreCountedNotShown()
{
    ScriptedProvider provider({.id = QStringLiteral("e")});
    BridgedCompletionReply reply(provider, {.prompt = QStringLiteral("Once")}, {});
    provider.chats.front()->reasoning(QStringLiteral("hmm"));
    provider.chats.front()->text(QStringLiteral(" upon"));
    provider.chats.front()->finishWith();
    QVERIFY(reply.isFinished());
    QCOMPARE(reply.response().text(), QStringLiteral(" upon"));
    QCOMPARE(reply.reasoningLength(), 3);
}

void TestCompletionBridge::routeIsKnownBefore()
{
    const ScriptedProvider open({.id = QStringLiteral("e")});
    const ChatOnlyProvider closed({.id = QStringLiteral("e")});
    using State = CapabilityState::State;
    const QString ability = QStringLiteral("completion");
    QVERIFY(reasonForChat(open, {}, nullptr, {}).isEmpty());
    QVERIFY(!reasonForChat(closed, {}, nullptr, {}).isEmpty());
    const Capabilities refused {{ability, {.state = State::Refused, .evidence = QStringLiteral("404 seen")}}};
    QVERIFY(reasonForChat(open, {}, nullptr, refused).contains(QStringLiteral("404 seen")));
    // What was seen counts more than what is declared.
    ModelDescription listed {.id = QStringLiteral("m")};
    listed.facts.capabilities = refused;
    QVERIFY(!reasonForChat(open, {}, &listed, {}).isEmpty());
    const Capabilities works {{ability, {.state = State::Supported}}};
    QVERIFY(reasonForChat(open, {}, &listed, works).isEmpty());
}

void TestCompletionBridge::refusalsOfTheRoute_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<bool>("isRoute");
    QTest::newRow("no such route") << Error {.kind = Error::Kind::NotFound, .httpStatus = 404} << true;
    QTest::newRow("method") << Error {.kind = Error::Kind::Unsupported, .httpStatus = 405} << true;
    QTest::newRow("our own") << Error {.kind = Error::Kind::Unsupported} << true;
    QTest::newRow("OpenAI") << Error {.kind = Error::Kind::NotFound,
        .httpStatus = 404,
        .message = QStringLiteral("This is a chat model and not supported in the v1/completions endpoint."),
        .parameter = QStringLiteral("model")}
                            << true;
    QTest::newRow("unknown model") << Error {.kind = Error::Kind::NotFound,
        .httpStatus = 404,
        .message = QStringLiteral("The model x does not exist")}
                                   << false;
    QTest::newRow("a parameter") << Error {.kind = Error::Kind::Unsupported,
        .httpStatus = 422,
        .parameter = QStringLiteral("suffix")}
                                 << false;
    QTest::newRow("key") << Error {.kind = Error::Kind::Authentication, .httpStatus = 401} << false;
}

void TestCompletionBridge::refusalsOfTheRoute()
{
    QFETCH(Error, error);
    QFETCH(bool, isRoute);
    QCOMPARE(refusesCompletion(error), isRoute);
}

QTEST_GUILESS_MAIN(TestCompletionBridge)
#include "tst_completionbridge.moc"
