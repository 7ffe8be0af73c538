// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/completionrun.h"

#include "fakeserver.h"

#include "api/capabilitybook.h"
#include "api/learningprovider.h"
#include "net/httpclient.h"
#include "providers/registry.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace diptych;

using State = CompletionOutcome::State;

/// Runs against real providers over real HTTP.
class TestCompletionRunHttp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void chatModelOfOpenAiGoesAround();
    void refusalIsRememberedForTheNextRun();
    void wireFormatWithoutCompletions();
    void strictEndpointRefusesWhatDoesNotMap();
    void bodyOfAnErrorIsKept();
    void stopClosesTheConnection();
    void manyJobsAreLimited();

private:
    void addEndpoint(const QString &native = {}, Adaptation adaptation = Adaptation::Adapt);
    [[nodiscard]] CompletionJob job() const;
    void run(std::vector<CompletionJob> jobs, const CompletionRun::Options &options = {});
    [[nodiscard]] QJsonObject sent(std::size_t index) const
    {
        return QJsonDocument::fromJson(m_server->requests().at(index).body).object();
    }

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<HttpClient> m_client;
    CapabilityBook m_book;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<CompletionRun> m_run;
};

namespace {

const QByteArray chatOnly = R"({"error":{"message":"This is a chat model and not supported in the v1/completions )"
                            R"(endpoint. Did you mean to use v1/chat/completions?","type":"invalid_request_error",)"
                            R"("param":"model","code":null}})";

FakeResponse chatStream()
{
    return FakeResponse::sse({R"({"id":"c","choices":[{"index":0,"delta":{"content":" upon"}}]})",
        R"({"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})", "[DONE]"});
}

FakeResponse completionStream()
{
    return FakeResponse::sse({R"({"id":"c","choices":[{"index":0,"text":" upon","finish_reason":"stop"}]})", "[DONE]"});
}

} // namespace

void TestCompletionRunHttp::init()
{
    m_run.reset();
    m_connections.reset();
    m_book.load({});
    m_server = std::make_unique<FakeServer>();
    m_client = std::make_unique<HttpClient>();
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        return std::make_unique<LearningProvider>(makeProvider(endpoint, *m_client), m_book);
    });
}

void TestCompletionRunHttp::addEndpoint(const QString &native, Adaptation adaptation)
{
    m_connections->add({.id = QStringLiteral("e"),
        .kind = native.isEmpty() ? Endpoint::Kind::OpenAiCompatible : Endpoint::Kind::Native,
        .native = native,
        .baseUrl = m_server->url(QStringLiteral("/v1")),
        .adaptation = adaptation});
}

CompletionJob TestCompletionRunHttp::job() const
{
    return {
        .endpointId = QStringLiteral("e"), .request = {.model = QStringLiteral("m"), .prompt = QStringLiteral("Once")}};
}

void TestCompletionRunHttp::run(std::vector<CompletionJob> jobs, const CompletionRun::Options &options)
{
    m_run = std::make_unique<CompletionRun>(*m_connections, &m_book, std::move(jobs), options);
}

void TestCompletionRunHttp::chatModelOfOpenAiGoesAround()
{
    addEndpoint();
    m_server->route("/v1/completions", FakeResponse::json(404, chatOnly));
    m_server->route("/v1/chat/completions", chatStream());
    CompletionJob asked = job();
    asked.request.echo = true;
    run({asked});
    QTRY_VERIFY(m_run->isFinished());
    const CompletionOutcome &outcome = m_run->outcome(0);
    QCOMPARE(outcome.state, State::Done);
    QCOMPARE(outcome.response.text(), QStringLiteral(" upon"));
    QVERIFY(outcome.bridge.contains(QStringLiteral("chat model")));
    QCOMPARE(m_server->requests().size(), 2U);
    QCOMPARE(sent(1)[u"messages"][0][u"content"].toString(), QStringLiteral("Once"));
    QVERIFY(!sent(1).contains(u"echo"));
    const auto echo = std::find_if(
        outcome.changes.begin(), outcome.changes.end(), [](const Change &change) { return change.field == u"echo"; });
    QVERIFY(echo != outcome.changes.end());
    QCOMPARE(echo->kind, Change::Kind::Dropped);
}

void TestCompletionRunHttp::refusalIsRememberedForTheNextRun()
{
    addEndpoint();
    m_server->route("/v1/completions", FakeResponse::json(405, R"({"error":{"message":"only chats"}})"));
    m_server->route("/v1/chat/completions", chatStream());
    run({job()});
    QTRY_VERIFY(m_run->isFinished());
    QCOMPARE(m_server->requests().size(), 2U);
    run({job()});
    QTRY_VERIFY(m_run->isFinished());
    QCOMPARE(m_server->requests().size(), 3U);
    QCOMPARE(m_server->requests().back().path(), QByteArray("/v1/chat/completions"));
}

void TestCompletionRunHttp::wireFormatWithoutCompletions()
{
    addEndpoint(QStringLiteral("anthropic"));
    run({job()});
    QTRY_COMPARE(m_server->requests().size(), 1U);
    QVERIFY(!m_run->outcome(0).bridge.isEmpty());
    QCOMPARE(sent(0)[u"messages"][0][u"role"].toString(), QStringLiteral("user"));
}

void TestCompletionRunHttp::strictEndpointRefusesWhatDoesNotMap()
{
    addEndpoint(QStringLiteral("anthropic"), Adaptation::Strict);
    CompletionJob asked = job();
    asked.request.suffix = QStringLiteral("end");
    run({asked});
    QTRY_VERIFY(m_run->isFinished());
    QCOMPARE(m_run->outcome(0).error->parameter, QStringLiteral("suffix"));
    QVERIFY(m_server->requests().empty());
}

void TestCompletionRunHttp::bodyOfAnErrorIsKept()
{
    addEndpoint();
    m_server->route(
        "/v1/completions", FakeResponse::json(422, R"({"error":{"message":"no suffix","param":"suffix"}})"));
    run({job()});
    QTRY_VERIFY(m_run->isFinished());
    QCOMPARE(m_run->outcome(0).state, State::Failed);
    QVERIFY(m_run->outcome(0).error->bodySample.contains("no suffix"));
    QCOMPARE(m_server->requests().size(), 1U); // about a field: a chat would not help
}

void TestCompletionRunHttp::stopClosesTheConnection()
{
    addEndpoint();
    m_server->route(
        "/v1/completions", FakeResponse::sse({R"({"id":"c","choices":[{"index":0,"text":" upon"}]})"}).thenStall());
    run({job()});
    QTRY_COMPARE(m_run->outcome(0).response.text(), QStringLiteral(" upon"));
    m_run->cancel();
    QCOMPARE(m_run->outcome(0).state, State::Stopped);
    QCOMPARE(m_run->outcome(0).response.text(), QStringLiteral(" upon"));
    QTRY_COMPARE(m_server->openConnections(), 0);
}

void TestCompletionRunHttp::manyJobsAreLimited()
{
    addEndpoint();
    m_server->route("/v1/completions", completionStream().delayBefore(10));
    run(std::vector<CompletionJob>(9, job()), {.parallel = 6, .perEndpoint = 3});
    QTRY_VERIFY(m_run->isFinished());
    QCOMPARE(m_server->requests().size(), 9U);
    QVERIFY(m_server->mostOpenConnections() <= 3);
    for (int i = 0; i < 9; ++i)
        QCOMPARE(m_run->outcome(i).state, State::Done);
}

QTEST_GUILESS_MAIN(TestCompletionRunHttp)
#include "tst_completionrunhttp.moc"
