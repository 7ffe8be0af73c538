// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/completionsamples.h"

#include <QTest>

using namespace diptych;

namespace {

CompletionResponse answer(const QStringList &texts)
{
    CompletionResponse response;
    for (const QString &text : texts)
        response.choices.push_back({.index = static_cast<int>(response.choices.size()), .text = text});
    return response;
}

} // namespace

class TestCompletionSamples : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingYet();
    void equalTextsAreCountedOnce();
    void echoedPromptsAreCutOff();
    void nothingIsSilent();
    void metricsNameTheSource();
    void metricsOfSeveralRequests();
    void endsAreCounted();
    void estimates();
};

void TestCompletionSamples::nothingYet()
{
    QVERIFY(samplesOf({}, {}).empty());
    QVERIFY(distinctText({}).isEmpty());
    QVERIFY(metricsText({}).isEmpty());
    QVERIFY(noticesOf({}).isEmpty());
}

void TestCompletionSamples::equalTextsAreCountedOnce()
{
    const auto samples = samplesOf({}, answer({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("a")}));
    QCOMPARE(samples[0].sameAs, -1);
    QCOMPARE(samples[1].sameAs, -1);
    QCOMPARE(samples[2].sameAs, 0);
    QCOMPARE(distinctCount(samples), 2);
    QVERIFY(distinctText(samples).contains(QStringLiteral("2 of 3")));
    QVERIFY(distinctText(samplesOf({}, answer({QStringLiteral("a")}))).isEmpty());
}

void TestCompletionSamples::echoedPromptsAreCutOff()
{
    const CompletionRequest echo {.prompt = QStringLiteral("Once"), .echo = true};
    QCOMPARE(samplesOf(echo, answer({QStringLiteral("Once upon")})).front().text, QStringLiteral(" upon"));
    QCOMPARE(samplesOf(echo, answer({QStringLiteral("On")})).front().text, QString()); // still coming
    QCOMPARE(samplesOf(echo, answer({QStringLiteral("Twice")})).front().text, QStringLiteral("Twice"));
    const CompletionRequest plain {.prompt = QStringLiteral("Once")};
    QCOMPARE(samplesOf(plain, answer({QStringLiteral("Once upon")})).front().text, QStringLiteral("Once upon"));
}

void TestCompletionSamples::nothingIsSilent()
{
    CompletionOutcome outcome {.bridge = QStringLiteral("it only chats"), .notes = {QStringLiteral("note")}};
    outcome.changes = {{.kind = Change::Kind::Sent, .field = QStringLiteral("seed")},
        {.kind = Change::Kind::Dropped, .field = QStringLiteral("echo"), .reason = QStringLiteral("why")},
        {.kind = Change::Kind::Converted, .field = QStringLiteral("n"), .reason = QStringLiteral("one by one")}};
    const QStringList notices = noticesOf(outcome);
    QCOMPARE(notices.size(), 4);
    QVERIFY(notices[0].contains(QStringLiteral("it only chats")));
    QVERIFY(notices[1].contains(QStringLiteral("echo")) && notices[1].contains(QStringLiteral("why")));
    QVERIFY(notices[2].contains(QStringLiteral("one by one")));
    QCOMPARE(notices[3], QStringLiteral("note"));
}

void TestCompletionSamples::metricsNameTheSource()
{
    CompletionOutcome outcome {.metrics = {AnswerMetrics {}}};
    outcome.response.usage = Usage {.promptTokens = 3, .completionTokens = 9, .source = Usage::Source::Estimated};
    QVERIFY(metricsText(outcome).contains(QStringLiteral("estimated")));
    QVERIFY(metricsText(outcome, Cost {.amount = 1, .currency = QStringLiteral("USD")}).contains(u'≈'));
    outcome.response.usage->source = Usage::Source::Provider;
    QVERIFY(metricsText(outcome).contains(QStringLiteral("3 in, 9 out (counted by the provider)")));
    QVERIFY(!metricsText(outcome).contains(u'≈'));
}

void TestCompletionSamples::metricsOfSeveralRequests()
{
    CompletionOutcome outcome;
    for (const int milliseconds : {50, 10, 20}) {
        AnswerMetrics metrics;
        metrics.phases.firstToken = std::chrono::milliseconds(milliseconds);
        outcome.metrics.push_back(metrics);
    }
    QVERIFY(metricsText(outcome).contains(QStringLiteral("20 ms")));
    QVERIFY(metricsText(outcome).contains(QStringLiteral("median of 3")));
}

void TestCompletionSamples::endsAreCounted()
{
    CompletionOutcome outcome {.metrics = {AnswerMetrics {}}};
    outcome.response = answer({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
    outcome.response.choices[0].finishReason = QStringLiteral("length");
    QVERIFY(metricsText(outcome).contains(QStringLiteral("1 length")));
    outcome.response.choices[1].finishReason = QStringLiteral("stop");
    outcome.response.choices[2].finishReason = QStringLiteral("length");
    QVERIFY(metricsText(outcome).contains(QStringLiteral("2 length, 1 stop")));
}

void TestCompletionSamples::estimates()
{
    RunEstimate estimate {.requests = 9, .samples = 18, .promptTokens = 40};
    QVERIFY(estimateText(estimate).contains(QStringLiteral("max_tokens is not set")));
    QVERIFY(estimateText(estimate).contains(QStringLiteral("18")));
    estimate.free = 9;
    QVERIFY(estimateText(estimate).contains(QStringLiteral("free")));
    estimate.free = 0;
    estimate.mostAnswerTokens = 300;
    estimate.most = {{.amount = 0.02, .currency = QStringLiteral("USD")}};
    estimate.unpriced = 4;
    const QString text = estimateText(estimate);
    QVERIFY(text.contains(QStringLiteral("at most")));
    QVERIFY(text.contains(QStringLiteral("0.02")));
    QVERIFY(text.contains(QStringLiteral("not known")));
}

QTEST_GUILESS_MAIN(TestCompletionSamples)
#include "tst_completionsamples.moc"
