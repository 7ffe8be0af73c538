// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/pairwise.h"

#include <QTest>

#include <cmath>

using namespace diptych;

// The expected figures were computed by other ways: intervals by bisection of the score test with 40 digits, strengths
// by gradient ascent on the likelihood.
class TestPairwise : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsKnownWithoutTrials();
    void wilsonIntervals_data();
    void wilsonIntervals();
    void trialsUntilDecided_data();
    void trialsUntilDecided();
    void decidedExactlyWhenHalfIsOutside();
    void strengthsAreTheMostLikely();
    void winningEverythingIsFinite();
    void nonsenseIsIgnored();
    void unmetItemsStandApartEqually();
    void oneSessionHasNoInterval();
    void equalSessionsHaveNoSpread();
    void intervalsComeFromSessionsNotVotes();
    void resamplingCanBeStopped();
};

static std::vector<PairJudgement> times(int count, const PairJudgement &judgement)
{
    return std::vector<PairJudgement>(static_cast<std::size_t>(count), judgement);
}

static void add(std::vector<PairJudgement> &list, const std::vector<PairJudgement> &more)
{
    list.insert(list.end(), more.begin(), more.end());
}

static bool isNear(double actual, double expected, double tolerance = 1e-6)
{
    return std::abs(actual - expected) <= tolerance;
}

void TestPairwise::nothingIsKnownWithoutTrials()
{
    QCOMPARE(wilsonInterval(0, 0), (Interval {0, 1}));
    QCOMPARE(wilsonInterval(3, -1), (Interval {0, 1}));
    QVERIFY(!trialsToDecide(0, 0));
    QVERIFY(bradleyTerry({}, 0).empty());
    QCOMPARE(bradleyTerry({}, 2), (std::vector<double> {0, 0}));
    QVERIFY(strengths({}, -1).empty());
}

void TestPairwise::wilsonIntervals_data()
{
    QTest::addColumn<int>("successes");
    QTest::addColumn<int>("trials");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::newRow("8 of 10") << 8 << 10 << 0.49016247 << 0.94331785;
    QTest::newRow("none of 10") << 0 << 10 << 0.0 << 0.27753280;
    QTest::newRow("15 of 20") << 15 << 20 << 0.53129912 << 0.88813830;
    QTest::newRow("half of 100") << 50 << 100 << 0.40383153 << 0.59616847;
    QTest::newRow("1 of 1") << 1 << 1 << 0.20654931 << 1.0;
    QTest::newRow("60 of 100") << 60 << 100 << 0.50200259 << 0.69059871;
}

void TestPairwise::wilsonIntervals()
{
    QFETCH(int, successes);
    QFETCH(int, trials);
    QFETCH(double, low);
    QFETCH(double, high);
    const Interval interval = wilsonInterval(successes, trials);
    QVERIFY2(isNear(interval.low, low, 1e-8), qPrintable(QString::number(interval.low, 'g', 12)));
    QVERIFY2(isNear(interval.high, high, 1e-8), qPrintable(QString::number(interval.high, 'g', 12)));
}

void TestPairwise::trialsUntilDecided_data()
{
    QTest::addColumn<int>("successes");
    QTest::addColumn<int>("trials");
    QTest::addColumn<int>("needed"); // 0: there is no such number
    QTest::newRow("6 of 10") << 6 << 10 << 97;
    QTest::newRow("4 of 10, the other way round") << 4 << 10 << 97;
    QTest::newRow("8 of 10") << 8 << 10 << 11;
    QTest::newRow("55 of 100") << 55 << 100 << 385;
    QTest::newRow("1 of 1") << 1 << 1 << 4;
    QTest::newRow("half") << 7 << 14 << 0;
}

void TestPairwise::trialsUntilDecided()
{
    QFETCH(int, successes);
    QFETCH(int, trials);
    QFETCH(int, needed);
    const auto result = trialsToDecide(successes, trials);
    QCOMPARE(static_cast<int>(result.value_or(0)), needed);
}

void TestPairwise::decidedExactlyWhenHalfIsOutside()
{
    for (int trials = 1; trials <= 60; ++trials) {
        for (int successes = 0; successes <= trials; ++successes) {
            const Interval interval = wilsonInterval(successes, trials);
            const bool isDecided = interval.low > 0.5 || interval.high < 0.5;
            const auto needed = trialsToDecide(successes, trials);
            QCOMPARE(needed && *needed <= trials, isDecided);
        }
    }
}

void TestPairwise::strengthsAreTheMostLikely()
{
    std::vector<PairJudgement> votes = times(7, {.first = 0, .second = 1, .score = 1});
    add(votes, times(3, {.first = 1, .second = 0, .score = 1})); // either way round
    add(votes, times(6, {.first = 1, .second = 2, .score = 1}));
    add(votes, times(4, {.first = 1, .second = 2, .score = 0}));
    add(votes, times(4, {.first = 0, .second = 2, .score = 1}));
    add(votes, times(1, {.first = 0, .second = 2, .score = 0}));
    add(votes, times(5, {.first = 0, .second = 2, .score = 0.5}));
    const std::vector<double> values = bradleyTerry(votes, 3);
    QVERIFY2(isNear(values[0], 0.47263424), qPrintable(QString::number(values[0], 'g', 12)));
    QVERIFY2(isNear(values[1], -0.13285692), qPrintable(QString::number(values[1], 'g', 12)));
    QVERIFY2(isNear(values[2], -0.33444943), qPrintable(QString::number(values[2], 'g', 12)));
    const std::vector<Strength> all = strengths(votes, 3);
    QCOMPARE(all[0].value, values[0]);
    QCOMPARE(all[0].judgements, 20);
    QCOMPARE(all[2].judgements, 20);
}

void TestPairwise::winningEverythingIsFinite()
{
    const std::vector<double> values = bradleyTerry(times(5, {.score = 1}), 2);
    QVERIFY2(isNear(values[0], 1.37810218), qPrintable(QString::number(values[0], 'g', 12)));
    QVERIFY2(isNear(values[1], -1.37810218), qPrintable(QString::number(values[1], 'g', 12)));
}

void TestPairwise::nonsenseIsIgnored()
{
    std::vector<PairJudgement> votes = times(5, {.score = 1});
    const std::vector<double> expected = bradleyTerry(votes, 2);
    votes.push_back({.first = 0, .second = 0, .score = 1});
    votes.push_back({.first = 0, .second = 7, .score = 1});
    votes.push_back({.first = -1, .second = 1, .score = 1});
    QCOMPARE(bradleyTerry(votes, 2), expected);
}

void TestPairwise::unmetItemsStandApartEqually()
{
    std::vector<PairJudgement> votes = times(5, {.first = 0, .second = 1, .score = 1});
    add(votes, times(5, {.first = 2, .second = 3, .score = 1}));
    const std::vector<double> values = bradleyTerry(votes, 5);
    QVERIFY(isNear(values[0], values[2]));
    QVERIFY(isNear(values[1], values[3]));
    QVERIFY(isNear(values[4], 0)); // never judged
}

void TestPairwise::oneSessionHasNoInterval()
{
    const std::vector<Strength> result = strengths(times(20, {.score = 1, .group = 4}), 2);
    QCOMPARE(result.size(), std::size_t(2));
    QVERIFY(!result[0].interval);
}

void TestPairwise::equalSessionsHaveNoSpread()
{
    std::vector<PairJudgement> votes;
    for (int session = 0; session < 6; ++session) {
        votes.push_back({.score = 1, .group = session});
        votes.push_back({.score = 0.5, .group = session});
    }
    const std::vector<Strength> result = strengths(votes, 2);
    QVERIFY(result[0].interval);
    QVERIFY(isNear(result[0].interval->low, result[0].value));
    QVERIFY(isNear(result[0].interval->high, result[0].value));
}

void TestPairwise::intervalsComeFromSessionsNotVotes()
{
    // Two sessions that contradict each other: a quarter of the draws is the one twice, a quarter the other.
    const std::vector<PairJudgement> votes {{.score = 1, .group = 0}, {.score = 0, .group = 1}};
    const std::vector<Strength> result = strengths(votes, 2);
    QVERIFY(isNear(result[0].value, 0));
    QVERIFY2(isNear(result[0].interval->high, 1.0120010871), qPrintable(QString::number(result[0].interval->high)));
    QVERIFY(isNear(result[0].interval->low, -1.0120010871));
    QCOMPARE(strengths(votes, 2), result); // the same again
    // A hundred votes that all come from two sessions are no more certain than two.
    std::vector<PairJudgement> many = times(50, votes[0]);
    add(many, times(50, votes[1]));
    const std::vector<Strength> loud = strengths(many, 2);
    QVERIFY(loud[0].interval->high - loud[0].interval->low > result[0].interval->high - result[0].interval->low);
}

void TestPairwise::resamplingCanBeStopped()
{
    std::stop_source source;
    source.request_stop();
    const std::vector<PairJudgement> votes {{.score = 1, .group = 0}, {.score = 0, .group = 1}};
    QVERIFY(strengths(votes, 2, 1000, source.get_token()).empty());
}

QTEST_GUILESS_MAIN(TestPairwise)
#include "tst_pairwise.moc"
