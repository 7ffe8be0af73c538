// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/completionsweep.h"

#include <QTest>

using namespace diptych;

class TestCompletionSweep : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wrongValuesAreRefused_data();
    void wrongValuesAreRefused();
    void valuesAreRead_data();
    void valuesAreRead();
    void cellsBecomeJobs();
    void nothingVariesInOneCell();
    void unknownPricesAreSaid();
    void costsAreAnUpperBound();
};

void TestCompletionSweep::wrongValuesAreRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"hot", "0, warm", "0..1 step 0", "0..1 step -0.1", "1..0 step 0.5", "0..1 step 0.01",
             "0..", "1,2,3,4,5,6,7,8,9,10,11,12,13", "nan", "inf", "0..1e9 step 1"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestCompletionSweep::wrongValuesAreRefused()
{
    QFETCH(QString, text);
    const auto values = parseSweepValues(text);
    QVERIFY(!values);
    QCOMPARE(values.error().kind, Error::Kind::InvalidRequest);
    QVERIFY(!values.error().message.isEmpty());
}

void TestCompletionSweep::valuesAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<std::vector<double>>("values");
    const auto row = [](const char *text, const std::vector<double> &values) {
        QTest::newRow(text) << QString::fromUtf8(text) << values;
    };
    row("", {});
    row(" , ;", {});
    row("0.7", {0.7});
    row("0, .5; 1", {0, 0.5, 1});
    row("1, 0.5, 1", {1, 0.5});
    row("0..1", {0, 0.25, 0.5, 0.75, 1});
    row("0..1 step 0.1", {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1});
    row("1 .. 0 by -0.5", {1, 0.5, 0});
    row("0…1:0.4", {0, 0.4, 0.8});
    row("0 to 2 step 1, 5", {0, 1, 2, 5});
    row("0.3..0.3", {0.3});
    row("-1..1 step 1", {-1, 0, 1});
}

void TestCompletionSweep::valuesAreRead()
{
    QFETCH(QString, text);
    QFETCH(std::vector<double>, values);
    const auto read = parseSweepValues(text);
    QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().message));
    QCOMPARE(*read, values);
}

void TestCompletionSweep::cellsBecomeJobs()
{
    const CompletionSweep sweep {
        .models = {{QStringLiteral("e"), QStringLiteral("a")}, {QStringLiteral("f"), QStringLiteral("b")}},
        .base = {.prompt = QStringLiteral("Once"), .sampling = {.temperature = 9.0, .seed = 3}},
        .temperatures = {0, 1},
        .topPs = {0.1, 0.5, 1}};
    const std::vector<CompletionJob> jobs = sweepJobs(sweep);
    QCOMPARE(jobs.size(), 12U);
    const CompletionJob &job = jobs[static_cast<std::size_t>(sweepJob(sweep, 1, 1, 2))];
    QCOMPARE(job.endpointId, QStringLiteral("f"));
    QCOMPARE(job.request.model, QStringLiteral("b"));
    QCOMPARE(job.request.sampling.temperature, 1.0);
    QCOMPARE(job.request.sampling.topP, 1.0);
    QCOMPARE(job.request.sampling.seed, 3);
    QCOMPARE(jobs.front().request.sampling.topP, 0.1);
    QCOMPARE(sweepJob(sweep, 0, 0, 0), 0);
}

void TestCompletionSweep::nothingVariesInOneCell()
{
    const CompletionSweep sweep {.models = {{QStringLiteral("e"), QStringLiteral("a")}},
        .base = {.sampling = {.topP = 0.3}},
        .temperatures = {0, 1}};
    const std::vector<CompletionJob> jobs = sweepJobs(sweep);
    QCOMPARE(jobs.size(), 2U);
    QCOMPARE(jobs[1].request.sampling.topP, 0.3);
    QVERIFY(sweepJobs({}).empty());
}

void TestCompletionSweep::unknownPricesAreSaid()
{
    std::vector<CompletionJob> jobs(3, {.request = {.prompt = QStringLiteral("12345678")}});
    jobs[0].request.sampling.n = 4;
    jobs[1].request.sampling.n = 4;
    jobs[1].isSplit = true;
    const RunEstimate estimate = estimateRun(jobs, [](const ModelRef &) { return Charge {}; });
    QCOMPARE(estimate.requests, 6);
    QCOMPARE(estimate.samples, 9);
    QCOMPARE(estimate.promptTokens, 12);
    QVERIFY(!estimate.mostAnswerTokens);
    QCOMPARE(estimate.unpriced, 6);
    QVERIFY(estimate.most.empty());
}

void TestCompletionSweep::costsAreAnUpperBound()
{
    const Charge priced {.kind = Charge::Kind::Priced, .price = {.input = 1.0, .output = 2.0}};
    const auto charge = [&priced](const ModelRef &model) {
        return model.endpointId == u"paid" ? priced : Charge {.kind = Charge::Kind::BuiltIn};
    };
    std::vector<CompletionJob> jobs {
        {.endpointId = QStringLiteral("paid"), .request = {.prompt = QStringLiteral("12345678")}},
        {.endpointId = QStringLiteral("free"), .request = {.prompt = QStringLiteral("12345678")}}};
    RunEstimate estimate = estimateRun(jobs, charge);
    QCOMPARE(estimate.unbounded, 1);
    QCOMPARE(estimate.free, 1);
    for (CompletionJob &job : jobs) {
        job.request.sampling.maxTokens = 100;
        job.request.sampling.n = 3;
    }
    estimate = estimateRun(jobs, charge);
    QCOMPARE(estimate.unbounded, 0);
    QCOMPARE(estimate.unpriced, 0);
    QCOMPARE(estimate.mostAnswerTokens, 600);
    QCOMPARE(estimate.most.size(), 1U);
    QCOMPARE(estimate.most.front().amount, (2 * 1.0 + 300 * 2.0) / 1e6);
}

QTEST_GUILESS_MAIN(TestCompletionSweep)
#include "tst_completionsweep.moc"
