// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/metricstext.h"

#include "models/formatting.h"

#include <QTest>

using namespace diptych;
using std::chrono::microseconds;

class TestMetricsText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void durations_data();
    void durations();
    void lineSaysWhoCounted();
    void costIsSaidWhereItIsKnown();
    void detailsListThePhases();
};

void TestMetricsText::durations_data()
{
    QTest::addColumn<qint64>("duration");
    QTest::addColumn<QString>("text");
    QTest::newRow("microseconds") << qint64(400) << QStringLiteral("0.4 ms");
    QTest::newRow("milliseconds") << qint64(18'200) << QStringLiteral("18 ms");
    QTest::newRow("seconds") << qint64(1'430'000) << QStringLiteral("1.43 s");
    QTest::newRow("minutes") << qint64(123'000'000) << QStringLiteral("2 min 3 s");
}

void TestMetricsText::durations()
{
    QFETCH(qint64, duration);
    QFETCH(QString, text);
    QCOMPARE(formatDuration(microseconds(duration)), text);
}

void TestMetricsText::lineSaysWhoCounted()
{
    AnswerMetrics metrics;
    metrics.phases.firstToken = microseconds(20'000);
    metrics.phases.finished = microseconds(1'020'000);
    metrics.gaps.count = 5;
    metrics.usage = {.promptTokens = 12, .completionTokens = 101};
    QCOMPARE(metricsText(metrics), QStringLiteral("TTFT 20 ms · 100 tok/s · 12 in, 101 out (provider)"));
    metrics.usage.source = Usage::Source::Estimated;
    QVERIFY(metricsText(metrics).endsWith(QStringLiteral("≈12 in, ≈101 out (estimated)")));
    metrics.usage.promptTokens.reset();
    QVERIFY(metricsText(metrics).contains(QStringLiteral("≈? in")));
    metrics.usage.promptTokens = 12;
    metrics.isPromptEstimated = true;
    QVERIFY(metricsText(metrics).endsWith(QStringLiteral("≈12 in, 101 out (≈ estimated, else provider)")));
    metrics.isCompletionEstimated = true;
    QVERIFY(metricsText(metrics).endsWith(QStringLiteral("≈12 in, ≈101 out (estimated)")));
}

void TestMetricsText::costIsSaidWhereItIsKnown()
{
    AnswerMetrics metrics;
    metrics.usage = {.promptTokens = 12, .completionTokens = 101};
    const Cost cost {.amount = 0.25, .currency = QStringLiteral("EUR")};
    QCOMPARE(metricsText(metrics, cost), QStringLiteral("0.250 EUR · 12 in, 101 out (provider)"));
    QCOMPARE(metricsText(metrics, Cost {}), QStringLiteral("free · 12 in, 101 out (provider)"));
    metrics.usage.source = Usage::Source::Estimated;
    QVERIFY(metricsText(metrics, cost).startsWith(QStringLiteral("≈0.250 EUR")));
    QVERIFY(metricsText(metrics, Cost {}).startsWith(QStringLiteral("free")));
}

void TestMetricsText::detailsListThePhases()
{
    AnswerMetrics metrics;
    metrics.phases.connected = microseconds(2'000);
    metrics.usage.reasoningTokens = 7;
    const QString details = metricsDetails(metrics);
    QVERIFY(details.contains(QStringLiteral("Connected after 2.0 ms")));
    QVERIFY(details.contains(QStringLiteral("7 tokens of reasoning")));
    QVERIFY(!details.contains(QStringLiteral("Encrypted")));
}

QTEST_MAIN(TestMetricsText)
#include "tst_metricstext.moc"
