// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/completionrun.h"

#include "api/capabilitybook.h"
#include "scriptedprovider.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace diptych;

using State = CompletionOutcome::State;

namespace {

/// A wire format that leaves n out.
class OneAnswerProvider : public ScriptedProvider
{
public:
    using ScriptedProvider::preview;
    using ScriptedProvider::ScriptedProvider;
    [[nodiscard]] Result<WirePreview> preview(const CompletionRequest &request) const override
    {
        WirePreview preview;
        if (request.sampling.n)
            preview.changeLog.push_back({.kind = Change::Kind::Dropped, .field = QStringLiteral("n")});
        return preview;
    }
};

bool hasLine(const CompletionOutcome &outcome, const QString &field)
{
    return std::any_of(outcome.changes.begin(), outcome.changes.end(),
        [&field](const Change &change) { return change.field == field; });
}

} // namespace

class TestCompletionRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nothingToDoFinishes();
    void missingEndpointFailsItsJobOnly();
    void errorKeepsWhatArrived();
    void anErrorEndsTheOtherRequestsOfTheJob();
    void stoppedJobsKeepTheirText();
    void stoppingAllSendsNothingMore();
    void stoppingBeforeTheStart();
    void endpointChangeStopsItsJobs();
    void destroyingDropsTheRequests();
    void destroyingInsideASlot();
    void fewAtATime();
    void refusedRouteBecomesAChat();
    void onlyAutomaticGoesAround();
    void noDetourAfterText();
    void knownRefusalsGoByChatAtOnce();
    void chosenChat();
    void samplesOneByOne();
    void samplesOneByOneWhereTheWireHasNoN();
    void samplesOneByOneWhereTheModelRefuses();
    void whatIsMissingIsSaid();
    void usageIsSummed();
    void oneJobIsAskedAgain();

private:
    [[nodiscard]] static std::vector<CompletionJob> jobs(int count, const QString &endpointId = QStringLiteral("e"));
    /// Starts; what the event loop sends first has been sent.
    void start(std::vector<CompletionJob> jobs, const CompletionRun::Options &options = {});
    [[nodiscard]] ScriptedProvider &provider(const char *id = "e") { return *m_providers[QLatin1String(id)]; }
    [[nodiscard]] ScriptedCompletionReply &reply(std::size_t index, const char *id = "e")
    {
        return *provider(id).completions.at(index);
    }

    QHash<QString, ScriptedProvider *> m_providers;
    bool m_oneAnswer = false;
    CapabilityBook m_book;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<CompletionRun> m_run;
};

void TestCompletionRun::init()
{
    m_run.reset();
    m_oneAnswer = false;
    m_book.load({});
    m_providers.clear();
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) -> std::unique_ptr<Provider> {
        std::unique_ptr<ScriptedProvider> made =
            m_oneAnswer ? std::make_unique<OneAnswerProvider>(endpoint) : std::make_unique<ScriptedProvider>(endpoint);
        m_providers[endpoint.id] = made.get();
        return made;
    });
    m_connections->add({.id = QStringLiteral("e")});
    m_connections->add({.id = QStringLiteral("f")});
}

std::vector<CompletionJob> TestCompletionRun::jobs(int count, const QString &endpointId)
{
    return {static_cast<std::size_t>(count),
        CompletionJob {
            .endpointId = endpointId, .request = {.model = QStringLiteral("m"), .prompt = QStringLiteral("Once")}}};
}

void TestCompletionRun::start(std::vector<CompletionJob> jobs, const CompletionRun::Options &options)
{
    const auto sent = [this] {
        std::size_t all = 0;
        for (const ScriptedProvider *each : std::as_const(m_providers))
            all += each->completions.size() + each->chats.size();
        return all;
    };
    const std::size_t before = sent();
    m_run = std::make_unique<CompletionRun>(*m_connections, &m_book, std::move(jobs), options);
    QCOMPARE(sent(), before); // nothing before the event loop runs
    QCoreApplication::processEvents();
}

void TestCompletionRun::nothingToDoFinishes()
{
    m_run = std::make_unique<CompletionRun>(
        *m_connections, nullptr, std::vector<CompletionJob> {}, CompletionRun::Options {});
    QSignalSpy finished(m_run.get(), &CompletionRun::finished);
    QVERIFY(finished.wait());
    QVERIFY(m_run->isFinished());
}

void TestCompletionRun::missingEndpointFailsItsJobOnly()
{
    std::vector<CompletionJob> two = jobs(1, QStringLiteral("gone"));
    two.push_back(jobs(1).front());
    start(two);
    QCOMPARE(m_run->outcome(0).state, State::Failed);
    QCOMPARE(m_run->outcome(0).error->kind, Error::Kind::NotFound);
    QCOMPARE(m_run->outcome(1).state, State::Running);
    QSignalSpy finished(m_run.get(), &CompletionRun::finished);
    reply(0).finishWith();
    QCOMPARE(finished.size(), 1);
}

void TestCompletionRun::errorKeepsWhatArrived()
{
    start(jobs(1));
    reply(0).text(QStringLiteral(" upon"));
    const Error error {.kind = Error::Kind::Protocol, .bodySample = "raw"};
    reply(0).failWith(error);
    QCOMPARE(m_run->outcome(0).state, State::Failed);
    QCOMPARE(m_run->outcome(0).error, error);
    QCOMPARE(m_run->outcome(0).response.text(), QStringLiteral(" upon"));
    QVERIFY(m_run->isFinished());
}

void TestCompletionRun::anErrorEndsTheOtherRequestsOfTheJob()
{
    std::vector<CompletionJob> one = jobs(1);
    one.front().request.sampling.n = 5;
    one.front().isSplit = true;
    start(one, {.parallel = 2, .perEndpoint = 2});
    reply(1).text(QStringLiteral("x"));
    reply(0).failWith({.kind = Error::Kind::Authentication, .httpStatus = 401});
    QCOMPARE(provider().completions.size(), 2U);
    QVERIFY(!m_run->isFinished()); // the other one may still come
    reply(1).finishWith();
    QCOMPARE(m_run->outcome(0).state, State::Failed);
    QCOMPARE(m_run->outcome(0).error->httpStatus, 401);
    QCOMPARE(m_run->outcome(0).response.choices.size(), 1U);
    QVERIFY(m_run->isFinished());
}

void TestCompletionRun::stoppedJobsKeepTheirText()
{
    start(jobs(2));
    reply(0).text(QStringLiteral(" upon"));
    m_run->cancel(0);
    QCOMPARE(m_run->outcome(0).state, State::Stopped);
    QCOMPARE(m_run->outcome(0).response.text(), QStringLiteral(" upon"));
    QCOMPARE(m_run->outcome(1).state, State::Running);
    m_run->cancel(0);
    m_run->cancel(7);
    reply(1).finishWith();
    QCOMPARE(m_run->outcome(1).state, State::Done);
}

void TestCompletionRun::stoppingAllSendsNothingMore()
{
    start(jobs(6), {.parallel = 2, .perEndpoint = 2});
    QSignalSpy finished(m_run.get(), &CompletionRun::finished);
    m_run->cancel();
    QCOMPARE(provider().completions.size(), 2U);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(m_run->overCount(), 6);
    for (int job = 0; job < 6; ++job)
        QCOMPARE(m_run->outcome(job).state, State::Stopped);
}

void TestCompletionRun::stoppingBeforeTheStart()
{
    m_run = std::make_unique<CompletionRun>(*m_connections, &m_book, jobs(2), CompletionRun::Options {});
    m_run->cancel();
    QVERIFY(m_run->isFinished());
    QCoreApplication::processEvents();
    QVERIFY(provider().completions.empty());
}

void TestCompletionRun::endpointChangeStopsItsJobs()
{
    std::vector<CompletionJob> both = jobs(4);
    both.push_back(jobs(1, QStringLiteral("f")).front());
    start(both, {.parallel = 3, .perEndpoint = 2});
    QCOMPARE(provider().completions.size(), 2U);
    QSignalSpy started(m_run.get(), &CompletionRun::replyStarted);
    m_connections->update({.id = QStringLiteral("e"), .name = QStringLiteral("new")});
    QVERIFY(provider().completions.empty()); // the new provider was not asked
    QCOMPARE(started.size(), 0);
    for (int job = 0; job < 4; ++job)
        QCOMPARE(m_run->outcome(job).state, State::Stopped);
    QCOMPARE(m_run->outcome(4).state, State::Running);
}

void TestCompletionRun::destroyingDropsTheRequests()
{
    start(jobs(2));
    QSignalSpy finished(m_run.get(), &CompletionRun::finished);
    m_run.reset();
    QCOMPARE(finished.size(), 0);
    QVERIFY(!provider().completions[0]);
    QVERIFY(!provider().completions[1]);
}

void TestCompletionRun::destroyingInsideASlot()
{
    start(jobs(2));
    connect(m_run.get(), &CompletionRun::deltaReceived, this, [this] { m_run.reset(); });
    reply(0).text(QStringLiteral("x"));
    QVERIFY(!m_run);
    start(jobs(2));
    connect(m_run.get(), &CompletionRun::outcomeChanged, this, [this] { m_run.reset(); });
    m_run->cancel();
    QVERIFY(!m_run);
}

void TestCompletionRun::fewAtATime()
{
    std::vector<CompletionJob> many = jobs(3);
    for (const CompletionJob &job : jobs(3, QStringLiteral("f")))
        many.push_back(job);
    start(many, {.parallel = 3, .perEndpoint = 2});
    QCOMPARE(provider("e").completions.size(), 2U);
    QCOMPARE(provider("f").completions.size(), 1U); // not held up by the endpoint that is busy
    reply(0).finishWith();
    QCOMPARE(provider("e").completions.size(), 3U);
    reply(0, "f").finishWith();
    QCOMPARE(provider("f").completions.size(), 2U);
    QCOMPARE(m_run->overCount(), 2);
}

void TestCompletionRun::refusedRouteBecomesAChat()
{
    start(jobs(1));
    reply(0).failWith({.kind = Error::Kind::NotFound, .httpStatus = 404, .message = QStringLiteral("no such path")});
    QVERIFY(!m_run->isFinished());
    QCOMPARE(provider().chats.size(), 1U);
    const CompletionOutcome &outcome = m_run->outcome(0);
    QVERIFY(outcome.bridge.contains(QStringLiteral("404")));
    QVERIFY(outcome.bridge.contains(QStringLiteral("no such path")));
    QVERIFY(hasLine(outcome, QStringLiteral("prompt")));
    QCOMPARE(outcome.requests, 2);
    provider().chats[0]->text(QStringLiteral(" upon"));
    provider().chats[0]->finishWith();
    QCOMPARE(outcome.state, State::Done);
    QCOMPARE(outcome.response.text(), QStringLiteral(" upon"));
    QVERIFY(!outcome.error);
}

void TestCompletionRun::onlyAutomaticGoesAround()
{
    std::vector<CompletionJob> one = jobs(1);
    one.front().route = CompletionRoute::Completion;
    start(one);
    reply(0).failWith({.kind = Error::Kind::NotFound, .httpStatus = 404});
    QCOMPARE(m_run->outcome(0).state, State::Failed);
    QVERIFY(provider().chats.empty());
}

void TestCompletionRun::noDetourAfterText()
{
    start(jobs(1));
    reply(0).text(QStringLiteral(" upon"));
    reply(0).failWith({.kind = Error::Kind::NotFound, .httpStatus = 404});
    QCOMPARE(m_run->outcome(0).state, State::Failed);
    // Nor a second time.
    start(jobs(1));
    reply(1).failWith({.kind = Error::Kind::NotFound, .httpStatus = 404});
    provider().chats[0]->failWith({.kind = Error::Kind::NotFound, .httpStatus = 404});
    QCOMPARE(m_run->outcome(0).state, State::Failed);
    QCOMPARE(provider().chats.size(), 1U);
}

void TestCompletionRun::knownRefusalsGoByChatAtOnce()
{
    m_book.note({QStringLiteral("e"), QStringLiteral("m")}, QStringLiteral("completion"),
        {.state = CapabilityState::State::Refused, .evidence = QStringLiteral("404 seen")});
    start(jobs(1));
    QVERIFY(provider().completions.empty());
    QCOMPARE(provider().chats.size(), 1U);
    QVERIFY(m_run->outcome(0).bridge.contains(QStringLiteral("404 seen")));
}

void TestCompletionRun::chosenChat()
{
    std::vector<CompletionJob> one = jobs(1);
    one.front().route = CompletionRoute::Chat;
    start(one);
    QCOMPARE(provider().chats.size(), 1U);
    QVERIFY(!m_run->outcome(0).bridge.isEmpty());
}

void TestCompletionRun::samplesOneByOne()
{
    std::vector<CompletionJob> one = jobs(1);
    one.front().request.sampling.n = 3;
    one.front().request.sampling.seed = 40;
    one.front().isSplit = true;
    QList<int> choices;
    start(one, {.parallel = 9, .perEndpoint = 9});
    connect(m_run.get(), &CompletionRun::deltaReceived, this,
        [&choices](int, const CompletionDelta &delta) { choices.append(delta.choice); });
    QCOMPARE(provider().completions.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(!reply(i).request().sampling.n);
        QCOMPARE(reply(i).request().sampling.seed, 40 + static_cast<qint64>(i));
        reply(i).text(QString::number(i));
        reply(i).finishWith();
    }
    QCOMPARE(choices, (QList<int> {0, 0, 1, 1, 2, 2}));
    const CompletionOutcome &outcome = m_run->outcome(0);
    QCOMPARE(outcome.response.choices.size(), 3U);
    QCOMPARE(outcome.response.choices[2].text, QStringLiteral("2"));
    QCOMPARE(outcome.metrics.size(), 3U);
    QVERIFY(hasLine(outcome, QStringLiteral("n")));
    QVERIFY(hasLine(outcome, QStringLiteral("seed")));
    QVERIFY(outcome.notes.isEmpty());
}

void TestCompletionRun::samplesOneByOneWhereTheWireHasNoN()
{
    m_oneAnswer = true;
    m_connections->add({.id = QStringLiteral("one")});
    std::vector<CompletionJob> one = jobs(1, QStringLiteral("one"));
    one.front().request.sampling.n = 2;
    start(one);
    QCOMPARE(provider("one").completions.size(), 2U);
    QVERIFY(hasLine(m_run->outcome(0), QStringLiteral("n")));
    QVERIFY(!hasLine(m_run->outcome(0), QStringLiteral("seed")));
}

void TestCompletionRun::samplesOneByOneWhereTheModelRefuses()
{
    std::vector<CompletionJob> one = jobs(1);
    one.front().request.sampling.n = 2;
    start(one);
    QCOMPARE(provider().completions.size(), 1U);
    QCOMPARE(reply(0).request().sampling.n, 2);
    m_book.note(one.front().model(), QStringLiteral("n"), {.state = CapabilityState::State::Refused});
    m_run = std::make_unique<CompletionRun>(*m_connections, &m_book, one, CompletionRun::Options {});
    QCoreApplication::processEvents();
    QCOMPARE(provider().completions.size(), 3U);
    QVERIFY(!reply(1).request().sampling.n);
}

void TestCompletionRun::whatIsMissingIsSaid()
{
    std::vector<CompletionJob> one = jobs(1);
    one.front().request.sampling.n = 3;
    one.front().request.logprobs = 2;
    one.front().request.echo = true;
    start(one);
    reply(0).text(QStringLiteral(" upon"));
    reply(0).finishWith();
    QCOMPARE(m_run->outcome(0).notes.size(), 3);
    // Nothing is missing.
    one.front().request.sampling.n.reset();
    start(one);
    reply(1).delta({.text = QStringLiteral("Once upon"), .logprobs = {{.token = QStringLiteral("Once")}}});
    reply(1).finishWith();
    QVERIFY(m_run->outcome(0).notes.isEmpty());
    // The thoughts of a model that was asked in a chat.
    one = jobs(1);
    one.front().route = CompletionRoute::Chat;
    start(one);
    provider().chats[0]->reasoning(QStringLiteral("hm"));
    provider().chats[0]->finishWith();
    QCOMPARE(m_run->outcome(0).notes.size(), 1);
}

void TestCompletionRun::usageIsSummed()
{
    std::vector<CompletionJob> one = jobs(1);
    one.front().request.sampling.n = 2;
    one.front().isSplit = true;
    start(one);
    for (std::size_t i = 0; i < 2; ++i) {
        reply(i).delta({.choice = -1, .usage = Usage {.promptTokens = 3, .completionTokens = 5}});
        reply(i).finishWith();
    }
    const Usage usage = *m_run->outcome(0).response.usage;
    QCOMPARE(usage.promptTokens, 6);
    QCOMPARE(usage.completionTokens, 10);
    QCOMPARE(usage.source, Usage::Source::Provider);
}

void TestCompletionRun::oneJobIsAskedAgain()
{
    start(jobs(2));
    QSignalSpy finished(m_run.get(), &CompletionRun::finished);
    m_run->retry(0, CompletionRoute::Automatic); // not over yet
    m_run->retry(9, CompletionRoute::Automatic);
    QCOMPARE(provider().completions.size(), 2U);
    reply(0).text(QStringLiteral("half"));
    reply(0).failWith({.kind = Error::Kind::Network});
    reply(1).finishWith();
    QCOMPARE(finished.size(), 1);
    m_run->retry(0, CompletionRoute::Automatic);
    QVERIFY(!m_run->isFinished());
    QVERIFY(!m_run->outcome(0).error);
    QCOMPARE(m_run->outcome(0).response.text(), QString());
    QCOMPARE(m_run->outcome(1).state, State::Done);
    reply(2).text(QStringLiteral("whole"));
    reply(2).finishWith();
    QCOMPARE(finished.size(), 2);
    QCOMPARE(m_run->outcome(0).response.text(), QStringLiteral("whole"));
    m_run->retry(1, CompletionRoute::Chat);
    QCOMPARE(provider().chats.size(), 1U);
}

QTEST_GUILESS_MAIN(TestCompletionRun)
#include "tst_completionrun.moc"
