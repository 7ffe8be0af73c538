// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/completionexport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace diptych;

class TestCompletionExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothing();
    void formulasAreNoFormulas();
    void fencesHold();
    void errorsHaveTheirLine();
    void textHasEverySample();
    void jsonIsComplete();

private:
    [[nodiscard]] static CompletionResult result(const QString &text);
};

CompletionResult TestCompletionExport::result(const QString &text)
{
    CompletionResult result {.model = QStringLiteral("babbler")};
    result.job.request = {.model = QStringLiteral("babbler"), .prompt = QStringLiteral("Once")};
    result.job.request.sampling.temperature = -0.5;
    result.outcome.state = CompletionOutcome::State::Done;
    result.outcome.response.choices = {{.index = 0, .text = text, .finishReason = QStringLiteral("stop")}};
    return result;
}

void TestCompletionExport::nothing()
{
    QVERIFY(!QString::fromUtf8(resultsAsCsv({})).contains(QStringLiteral("\r\n\r\n")));
    QCOMPARE(resultsAsCsv({}).count("\r\n"), 1);
    QVERIFY(QJsonDocument::fromJson(resultsAsJson({})).object()[u"results"].toArray().isEmpty());
}

void TestCompletionExport::formulasAreNoFormulas()
{
    const QByteArray csv = resultsAsCsv({result(QStringLiteral("=HYPERLINK(\"http://x\")\n, \"b\""))});
    QVERIFY2(csv.contains("\"'=HYPERLINK(\"\"http://x\"\")\n, \"\"b\"\"\""), csv);
    QVERIFY(csv.contains("\"-0.5\"")); // a number is a number
}

void TestCompletionExport::fencesHold()
{
    const QString text = QStringLiteral("a\n````\n# no heading\n");
    const QString markdown = resultsAsMarkdown({result(text)});
    QVERIFY2(markdown.contains(QStringLiteral("`````text\n") + text), qPrintable(markdown));
}

void TestCompletionExport::errorsHaveTheirLine()
{
    CompletionResult failed = result({});
    failed.outcome.response = {};
    failed.outcome.state = CompletionOutcome::State::Failed;
    failed.outcome.error = Error {.httpStatus = 422, .message = QStringLiteral("no seed"), .bodySample = "raw"};
    QVERIFY(resultsAsCsv({failed}).contains("no seed"));
    QVERIFY(resultsAsText({failed}).contains(QStringLiteral("no seed")));
    const QJsonObject json = QJsonDocument::fromJson(resultsAsJson({failed})).object();
    QCOMPARE(json[u"results"][0][u"error"][u"body"].toString(), QStringLiteral("raw"));
}

void TestCompletionExport::textHasEverySample()
{
    CompletionResult two = result(QStringLiteral(" upon"));
    two.outcome.response.choices.push_back({.index = 1, .text = QStringLiteral(" more")});
    const QString text = resultsAsText({two});
    QVERIFY(text.contains(QStringLiteral("Once")));
    QVERIFY(text.contains(QStringLiteral(" upon")));
    QVERIFY(text.contains(QStringLiteral(" more")));
    QVERIFY(text.contains(QStringLiteral("temperature -0.5")));
    QCOMPARE(resultsAsCsv({two}).count("\r\n"), 3);
}

void TestCompletionExport::jsonIsComplete()
{
    CompletionResult one = result(QStringLiteral(" upon"));
    TokenLogprob token {.token = QStringLiteral(" upon"), .logprob = -0.5};
    token.top = {{QStringLiteral(" more"), -1.5}};
    one.outcome.response.choices.front().logprobs = {token, {.token = QStringLiteral("?")}};
    one.outcome.changes = {{.kind = Change::Kind::Dropped, .field = QStringLiteral("echo")}};
    AnswerMetrics metrics;
    metrics.phases.firstToken = std::chrono::microseconds(1234);
    one.outcome.metrics = {metrics};
    const QJsonValue json = QJsonDocument::fromJson(resultsAsJson({one})).object()[u"results"][0];
    QCOMPARE(json[u"request"][u"prompt"].toString(), QStringLiteral("Once"));
    QCOMPARE(json[u"request"][u"temperature"].toDouble(), -0.5);
    QCOMPARE(json[u"samples"][0][u"text"].toString(), QStringLiteral(" upon"));
    QCOMPARE(json[u"samples"][0][u"logprobs"][0][u"top_logprobs"][0][u"logprob"].toDouble(), -1.5);
    QVERIFY(json[u"samples"][0][u"logprobs"][1][u"logprob"].isNull());
    QCOMPARE(json[u"changes"][0][u"field"].toString(), QStringLiteral("echo"));
    QCOMPARE(json[u"metrics"][0][u"first_token_us"].toInt(), 1234);
}

QTEST_GUILESS_MAIN(TestCompletionExport)
#include "tst_completionexport.moc"
