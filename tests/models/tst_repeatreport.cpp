// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repeatreport.h"

#include <QTest>

using namespace diptych;
using namespace std::chrono_literals;

class TestRepeatReport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingToCompare();
    void unfinishedAnswersAreNotCompared();
    void seriesBeginsWithTheAnswerThatCounts();
    void groupsAndAgreement();
    void firstDifferenceIsShown();
    void toolCallsAreAnswers();
    void spreadOfTheNumbers();
    void determinism();
};

static Answer answer(const QString &text, int repeat = 1)
{
    return {.paneId = QStringLiteral("p1"),
        .state = Answer::State::Complete,
        .message = Message::fromText(Role::Assistant, text),
        .repeat = repeat};
}

static RepeatReport report(const std::vector<Answer> &answers)
{
    std::vector<const Answer *> series;
    for (const Answer &given : answers)
        series.push_back(&given);
    return reportOf(series);
}

void TestRepeatReport::nothingToCompare()
{
    const RepeatReport none = report({});
    QCOMPARE(none.complete, 0);
    QVERIFY(none.exact.empty());
    QVERIFY(!none.exactAgreement);
    QVERIFY(none.lines.empty());
    QVERIFY(determinismOf(none, 7).contains(QStringLiteral("Two answers")));
    const RepeatReport one = report({answer(QStringLiteral("x"))});
    QVERIFY(!one.difference);
    QVERIFY(!one.exactAgreement);
}

void TestRepeatReport::unfinishedAnswersAreNotCompared()
{
    Answer failed = answer(QStringLiteral("hal"));
    failed.state = Answer::State::Failed;
    Answer stopped = answer(QStringLiteral("ha"));
    stopped.state = Answer::State::Stopped;
    const RepeatReport result =
        report({answer(QStringLiteral("half")), failed, stopped, answer(QStringLiteral("half"))});
    QCOMPARE(result.complete, 2);
    QCOMPARE(result.incomplete, 2);
    QCOMPARE(result.exact.size(), std::size_t(1));
    QCOMPARE(result.exact[0].numbers, (std::vector<int> {1, 4}));
    QVERIFY(summaryOf(result).contains(QStringLiteral("2 without an end")));
}

void TestRepeatReport::seriesBeginsWithTheAnswerThatCounts()
{
    Answer other = answer(QStringLiteral("other"));
    other.paneId = QStringLiteral("p2");
    Turn turn;
    turn.answers = {answer(QStringLiteral("old")), answer(QStringLiteral("old 2"), 2), other,
        answer(QStringLiteral("new")), answer(QStringLiteral("new 2"), 2), answer(QStringLiteral("new 3"), 3)};
    const std::vector<const Answer *> series = seriesOf(turn, QStringLiteral("p1"));
    QCOMPARE(series.size(), std::size_t(3));
    QCOMPARE(series[0]->message.text(), QStringLiteral("new"));
    QCOMPARE(series[2]->repeat, 3);
    QVERIFY(seriesOf(turn, QStringLiteral("p9")).empty());
}

void TestRepeatReport::groupsAndAgreement()
{
    const RepeatReport result = report({answer(QStringLiteral("Paris.")), answer(QStringLiteral("Lyon")),
        answer(QStringLiteral("paris")), answer(QStringLiteral("Paris."))});
    QCOMPARE(result.exact.size(), std::size_t(3));
    QCOMPARE(result.exact[0].text, QStringLiteral("Paris."));
    QCOMPARE(result.exact[0].numbers, (std::vector<int> {1, 4}));
    QCOMPARE(result.normalised.size(), std::size_t(2));
    QCOMPARE(result.normalised[0].numbers, (std::vector<int> {1, 3, 4}));
    QCOMPARE(*result.exactAgreement, 2.0 / 12);
    QCOMPARE(*result.normalisedAgreement, 6.0 / 12);
    QVERIFY(summaryOf(result).startsWith(QStringLiteral("4 answer")));
    const Answer one = answer(QStringLiteral("a"));
    const Answer two = answer(QStringLiteral("A"));
    const RepeatReport summary = reportOf({&one, &two}, ReportDepth::Summary);
    QCOMPARE(*summary.exactAgreement, 0.0);
    QVERIFY(summary.normalised.empty() && summary.lines.empty() && !summary.difference);
    QVERIFY(summaryOf(result).contains(QStringLiteral("17 % agree")));
}

void TestRepeatReport::firstDifferenceIsShown()
{
    const QString common = QString(100, u'x');
    const RepeatReport result = report({answer(common + QStringLiteral("one")), answer(common + QStringLiteral("one")),
        answer(common + QStringLiteral("two and more")), answer(QStringLiteral("quite another"))});
    QVERIFY(result.difference);
    QCOMPARE(result.difference->first, 1);
    QCOMPARE(result.difference->second, 3);
    QCOMPARE(result.difference->place, qsizetype(100));
    QCOMPARE(result.difference->firstText, QStringLiteral("one"));
    QVERIFY(result.difference->secondText.startsWith(QStringLiteral("two")));
    QCOMPARE(result.difference->common, QString(u'…' + QString(40, u'x')));
    QVERIFY(!report({answer(common), answer(common)}).difference);
}

void TestRepeatReport::toolCallsAreAnswers()
{
    Answer call = answer({});
    call.state = Answer::State::AwaitingTools;
    call.message.content.clear();
    call.message.toolCalls = {{.name = QStringLiteral("weather"), .arguments = QStringLiteral("{\"city\":1}")}};
    Answer other = call;
    other.message.toolCalls[0].arguments = QStringLiteral("{\"city\":2}");
    const RepeatReport result = report({call, call, other});
    QCOMPARE(result.exact.size(), std::size_t(2));
    QVERIFY(result.exact[0].text.contains(QStringLiteral("weather({\"city\":1})")));
}

void TestRepeatReport::spreadOfTheNumbers()
{
    std::vector<Answer> answers {answer(QStringLiteral("a")), answer(QStringLiteral("b")), answer(QStringLiteral("c"))};
    answers[0].metrics.phases.firstToken = 30ms;
    answers[1].metrics.phases.firstToken = 10ms;
    answers[2].metrics.phases.firstToken = 20ms;
    answers[1].metrics.usage.completionTokens = 7;
    const RepeatReport result = report(answers);
    QCOMPARE(result.lines.size(), std::size_t(2));
    QCOMPARE(result.lines[0].id, QStringLiteral("first_token_ms"));
    QCOMPARE(result.lines[0].spread, (Spread {20, 10, 30, 3}));
    QCOMPARE(result.lines[0].median, QStringLiteral("20 ms"));
    QCOMPARE(result.lines[0].range, QStringLiteral("10 ms – 30 ms"));
    QCOMPARE(result.lines[1].spread.count, 1); // who has it
}

void TestRepeatReport::determinism()
{
    const RepeatReport same = report({answer(QStringLiteral("a")), answer(QStringLiteral("a"))});
    const RepeatReport different = report({answer(QStringLiteral("a")), answer(QStringLiteral("A"))});
    QVERIFY(determinismOf(same, 7).contains(QStringLiteral("With the seed 7 all answers are equal")));
    QVERIFY(determinismOf(different, 7).contains(QStringLiteral("differ")));
    QVERIFY(determinismOf(different, {}).contains(QStringLiteral("no seed was set")));
    QVERIFY(determinismOf(same, {}).contains(QStringLiteral("without a seed")));
}

QTEST_GUILESS_MAIN(TestRepeatReport)
#include "tst_repeatreport.moc"
