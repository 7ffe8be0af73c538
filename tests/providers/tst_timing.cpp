// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "replywatch.h"

#include "api/metrics.h"
#include "api/provider.h"
#include "net/httpclient.h"
#include "providers/registry.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace diptych;
using test::waitFor;
using Seconds = std::chrono::duration<double>;

/// Metrics of an answer against what the server knows of its own sending.
class TestTiming : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void metricsAgreeWithTheServer();
    void marksAreNotVisible();
    void warmedConnectionsAreUsed();
    void warmingNeedsAServer();
    void warmingIsBounded();

private:
    /// The largest relative error of the figures of one answer.
    double worstError();
};

static constexpr int thoughts = 20;
static constexpr int words = 40;

static Endpoint endpointOf(const FakeServer &server)
{
    return {.id = QStringLiteral("e"),
        .kind = Endpoint::Kind::OpenAiCompatible,
        .baseUrl = server.url(QStringLiteral("/v1"))};
}

static ChatRequest request()
{
    return {.model = QStringLiteral("m"), .messages = {Message::fromText(Role::User, QStringLiteral("hi"))}};
}

/// A mark, reasoning, text, counts, the end.
static std::vector<QByteArray> events()
{
    std::vector<QByteArray> list {R"({"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]})"};
    for (int i = 0; i < thoughts; ++i)
        list.push_back(R"({"choices":[{"index":0,"delta":{"reasoning_content":"hm "}}]})");
    for (int i = 0; i < words; ++i)
        list.push_back(R"({"choices":[{"index":0,"delta":{"content":"word "}}]})");
    list.push_back(R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,)"
                   R"("completion_tokens":60,"completion_tokens_details":{"reasoning_tokens":20}}})");
    list.push_back("[DONE]");
    return list;
}

static double errorOf(const char *name, double measured, double expected)
{
    const double error = std::abs(measured - expected) / expected;
    qInfo("%-20s %9.3f, server %9.3f: %.2f %%", name, measured, expected, 100 * error);
    return error;
}

double TestTiming::worstError()
{
    FakeServer server;
    server.enqueue(FakeResponse::sse(events()).delayBefore(120).delayBetween(15));
    HttpClient client;
    const auto provider = makeProvider(endpointOf(server), client);
    const auto reply = provider->chat(request());
    if (!waitFor(*reply) || reply->error())
        return 1;
    const AnswerMetrics metrics = measure(reply->exchange(), reply->response().usage, 2, 260, 60);

    // The headers, the mark, then the pieces.
    constexpr std::size_t first = 2;
    constexpr std::size_t firstWord = first + thoughts;
    constexpr std::size_t last = firstWord + words - 1;
    const auto &sent = server.sentAt();
    std::vector<double> gaps;
    for (std::size_t i = first + 1; i <= last; ++i)
        gaps.push_back(Seconds(sent[i] - sent[i - 1]).count());
    std::sort(gaps.begin(), gaps.end());
    const double whole = Seconds(sent[last] - sent[first]).count();
    const double text = Seconds(sent[last] - sent[firstWord]).count();
    const double waited = Seconds(sent[first] - server.requests().front().at).count();

    if (metrics.pieces.count != thoughts + words - 1 || !metrics.tokensPerSecond() || !metrics.textTokensPerSecond())
        return 1;
    return std::max(
        {errorOf("first token, s", Seconds(*metrics.phases.firstToken - *metrics.phases.sent).count(), waited),
            errorOf("tokens/s", *metrics.tokensPerSecond(), (thoughts + words - 1) / whole),
            errorOf("tokens/s of text", *metrics.textTokensPerSecond(), (words - 1) / text),
            errorOf("mean gap, s", Seconds(metrics.pieces.total).count() / double(metrics.pieces.count),
                whole / (thoughts + words - 1)),
            errorOf("median gap, s", Seconds(metrics.pieces.median).count(), gaps[gaps.size() / 2])});
}

void TestTiming::metricsAgreeWithTheServer()
{
    // Server and client share a machine with others: what they take from each other is not an error of the metrics.
    double error = 1;
    for (int attempt = 0; attempt < 3 && error >= 0.02; ++attempt)
        error = worstError();
    QVERIFY2(error < 0.02, qPrintable(QString::number(100 * error) + QStringLiteral(" %")));
}

void TestTiming::marksAreNotVisible()
{
    FakeServer server;
    server.enqueue(FakeResponse::sse(events()));
    HttpClient client;
    const auto provider = makeProvider(endpointOf(server), client);
    const auto reply = provider->chat(request());
    QVERIFY(waitFor(*reply));
    const std::vector<ExchangeFrame> &frames = reply->exchange().frames;
    QCOMPARE(int(frames.size()), thoughts + words + 3);
    QVERIFY(!frames.front().isVisible);
    QVERIFY(!frames[frames.size() - 2].isVisible && !frames.back().isVisible);
    QCOMPARE(std::count_if(frames.begin(), frames.end(), [](const ExchangeFrame &frame) { return frame.isVisible; }),
        std::ptrdiff_t(thoughts + words));
    QCOMPARE(reply->exchange().phases.firstToken, frames[1].at);
    QCOMPARE(reply->exchange().phases.firstText, frames[1 + thoughts].at);
}

void TestTiming::warmedConnectionsAreUsed()
{
    FakeServer server;
    HttpClient client;
    const auto provider = makeProvider(endpointOf(server), client);
    provider->warmUp(2);
    QTRY_COMPARE(server.openConnections(), 2);
    provider->warmUp(2); // they are there
    server.enqueue(FakeResponse::sse(events()));
    server.enqueue(FakeResponse::sse(events()));
    const auto first = provider->chat(request());
    const auto second = provider->chat(request());
    QVERIFY(waitFor(*first) && waitFor(*second));
    QCOMPARE(server.connectionCount(), 2);
    QVERIFY(first->exchange().reusedConnection && second->exchange().reusedConnection);
    QVERIFY(server.requests()[0].connection != server.requests()[1].connection);
}

void TestTiming::warmingNeedsAServer()
{
    Endpoint nowhere;
    {
        const FakeServer server;
        nowhere = endpointOf(server);
    }
    HttpClient client;
    makeProvider(nowhere, client)->warmUp(3); // refused, and nobody hears of it
    nowhere.baseUrl = QUrl(QStringLiteral("not a url"));
    makeProvider(nowhere, client)->warmUp(3);
    FakeServer server;
    server.enqueue(FakeResponse::sse(events()));
    const auto provider = makeProvider(endpointOf(server), client);
    const auto reply = provider->chat(request());
    QVERIFY(waitFor(*reply) && !reply->error());
    QVERIFY(!reply->exchange().reusedConnection);
}

void TestTiming::warmingIsBounded()
{
    FakeServer server;
    {
        HttpClient client;
        const auto provider = makeProvider(endpointOf(server), client);
        provider->warmUp(1'000'000);
        QTRY_COMPARE(server.openConnections(), HttpClient::maxWarm);
        provider->warmUp(-1);
    }
    QTRY_COMPARE(server.openConnections(), 0); // they go with the client
}

QTEST_GUILESS_MAIN(TestTiming)
#include "tst_timing.moc"
