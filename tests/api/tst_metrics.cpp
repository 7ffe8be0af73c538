// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/metrics.h"

#include <QTest>

#include <numeric>

using namespace diptych;
using std::chrono::microseconds;
using namespace std::chrono_literals;

class TestMetrics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingVisibleHasNoGaps();
    void marksAndCountsAreNotPieces();
    void bucketsCoverEverything();
    void bucketBounds_data();
    void bucketBounds();
    void quantilesAreExact();
    void gapsWaitForTheEnd();
    void rateEndsWithTheLastPiece();
    void rateWithoutReasoning();
    void reasoningIsEstimatedWhereNotCounted();
    void noReasoningNoSecondRate();
    void eachCountSaysWhoCounted();
};

static ExchangeFrame frame(microseconds at, bool isVisible = true)
{
    return {.at = at, .isVisible = isVisible};
}

void TestMetrics::nothingVisibleHasNoGaps()
{
    QCOMPARE(gapsBetween({}), GapDistribution {});
    QCOMPARE(gapsBetween({frame(1ms, false), frame(2ms, false)}), GapDistribution {});
    QCOMPARE(gapsBetween({frame(1ms)}), GapDistribution {});
}

void TestMetrics::marksAndCountsAreNotPieces()
{
    const GapDistribution gaps =
        gapsBetween({frame(0ms, false), frame(10ms), frame(15ms, false), frame(30ms), frame(500ms, false)});
    QCOMPARE(gaps.count, 1);
    QCOMPARE(gaps.total, microseconds(20ms));
    QCOMPARE(gaps.longest, microseconds(20ms));
    QCOMPARE(gaps.buckets[static_cast<std::size_t>(GapDistribution::bucketOf(20ms))], 1);
}

void TestMetrics::bucketsCoverEverything()
{
    QCOMPARE(GapDistribution::bucketOf(-5us), 0);
    QCOMPARE(GapDistribution::bucketOf(24h), GapDistribution::bucketCount - 1);
    for (int bucket = 0; bucket < GapDistribution::bucketCount; ++bucket) {
        const microseconds low = GapDistribution::lowerBound(bucket);
        QCOMPARE(GapDistribution::bucketOf(low), bucket);
        if (bucket > 0)
            QCOMPARE(GapDistribution::bucketOf(low - 1us), bucket - 1);
    }
}

void TestMetrics::bucketBounds_data()
{
    QTest::addColumn<int>("bucket");
    QTest::addColumn<qint64>("low");
    QTest::newRow("first") << 0 << qint64(0);
    QTest::newRow("64 µs") << 1 << qint64(64);
    QTest::newRow("half way up") << 2 << qint64(96);
    QTest::newRow("16 ms") << 17 << qint64(16'384);
    QTest::newRow("last") << 41 << qint64(67'108'864);
}

void TestMetrics::bucketBounds()
{
    QFETCH(int, bucket);
    QFETCH(qint64, low);
    QCOMPARE(qint64(GapDistribution::lowerBound(bucket).count()), low);
}

void TestMetrics::quantilesAreExact()
{
    std::vector<ExchangeFrame> frames {frame(0us)};
    for (int i = 101; i >= 1; --i) // gaps of 1 … 101 ms, the longest first
        frames.push_back(frame(frames.back().at + i * 1ms));
    const GapDistribution gaps = gapsBetween(frames);
    QCOMPARE(gaps.count, 101);
    QCOMPARE(gaps.median, microseconds(51ms));
    QCOMPARE(gaps.percentile95, microseconds(96ms));
    QCOMPARE(gaps.longest, microseconds(101ms));
    QCOMPARE(std::accumulate(gaps.buckets.begin(), gaps.buckets.end(), qint64(0)), qint64(101));
}

/// Text from 100 ms on, after reasoning from 0 to 90 ms; the stream stays open until 1 s.
static Exchange reasoningExchange()
{
    Exchange exchange {.reusedConnection = true};
    for (int i = 0; i <= 20; ++i)
        exchange.frames.push_back(frame(10ms * i));
    exchange.frames.push_back(frame(1s, false));
    exchange.gaps.count = 21;
    exchange.phases = {.firstToken = 0ms, .firstText = 100ms, .finished = 1s};
    return exchange;
}

void TestMetrics::gapsWaitForTheEnd()
{
    Exchange exchange = reasoningExchange();
    exchange.phases.finished.reset();
    QCOMPARE(measure(exchange, {}, 0, 0).pieces.count, 0);
    exchange.phases.finished = 1s;
    QCOMPARE(measure(exchange, {}, 0, 0).pieces.count, 20);
}

void TestMetrics::rateEndsWithTheLastPiece()
{
    const AnswerMetrics metrics = measure(reasoningExchange(), Usage {.promptTokens = 1, .completionTokens = 21}, 0, 0);
    QCOMPARE(*metrics.tokensPerSecond(), 100.0); // 20 within 200 ms, not within a second
}

void TestMetrics::rateWithoutReasoning()
{
    const Usage usage {.promptTokens = 1, .completionTokens = 31, .reasoningTokens = 20};
    const AnswerMetrics metrics = measure(reasoningExchange(), usage, 0, 300, 100);
    QCOMPARE(*metrics.tokensPerSecond(), 150.0);
    QCOMPARE(*metrics.textTokens(), 11);
    QCOMPARE(*metrics.textTokensPerSecond(), 100.0); // 10 within the last 100 ms
    QVERIFY(!metrics.estimatedTextTokens);
    // Nonsense of a server.
    QCOMPARE(*measure(reasoningExchange(), Usage {.completionTokens = 5, .reasoningTokens = 9}, 0, 0).textTokens(), 0);
}

void TestMetrics::reasoningIsEstimatedWhereNotCounted()
{
    const AnswerMetrics metrics =
        measure(reasoningExchange(), Usage {.promptTokens = 1, .completionTokens = 44}, 0, 400, 300);
    QCOMPARE(*metrics.estimatedTextTokens, 11);
    QCOMPARE(*metrics.textTokensPerSecond(), 100.0);
    QVERIFY(!metrics.isCompletionEstimated);
}

void TestMetrics::noReasoningNoSecondRate()
{
    Exchange exchange = reasoningExchange();
    exchange.phases.firstText = exchange.phases.firstToken;
    const AnswerMetrics metrics = measure(exchange, Usage {.completionTokens = 44, .reasoningTokens = 0}, 0, 400);
    QVERIFY(!metrics.textTokens());
    QVERIFY(!metrics.textTokensPerSecond());
    QVERIFY(metrics.isConnectionReused);
}

void TestMetrics::eachCountSaysWhoCounted()
{
    const AnswerMetrics half = measure({}, Usage {.completionTokens = 44}, 400, 400);
    QVERIFY(half.isPromptEstimated);
    QVERIFY(!half.isCompletionEstimated);
    QCOMPARE(half.usage.source, Usage::Source::Estimated);
    const AnswerMetrics none = measure({}, {}, 400, 400);
    QVERIFY(none.isPromptEstimated && none.isCompletionEstimated);
    const AnswerMetrics all = measure({}, Usage {.promptTokens = 0, .completionTokens = 0}, 400, 400);
    QVERIFY(!all.isPromptEstimated && !all.isCompletionEstimated);
}

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
