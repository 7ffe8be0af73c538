// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/voteresults.h"

#include <QTest>

#include <cmath>

using namespace diptych;
using Choice = Vote::Choice;

class TestVoteResults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noVotesNoResults();
    void votesBetweenAModelAndItselfAreLeftOut();
    void bothOrdersAreOnePair();
    void tiesDecideNothing();
    void evenHasNoEnd();
    void missingVotesCountTies();
    void nearlyEvenIsHopeless();
    void decisivePairs();
    void ratingsAreSorted();
    void newestNameIsShown();
    void stoppedHasNoRatings();
    void csv();
};

static Vote vote(const char *first, const char *second, Choice choice, const char *session = "s")
{
    return {.sessionId = QString::fromLatin1(session),
        .first = {QStringLiteral("e"), QString::fromLatin1(first)},
        .second = {QStringLiteral("e"), QString::fromLatin1(second)},
        .firstLabel = QString::fromLatin1(first),
        .secondLabel = QString::fromLatin1(second),
        .choice = choice};
}

static std::vector<Vote> votes(int first, int second, int ties = 0, int bad = 0)
{
    std::vector<Vote> list;
    const auto add = [&list](int count, Choice choice) {
        list.insert(list.end(), static_cast<std::size_t>(count), vote("a", "b", choice));
    };
    add(first, Choice::First);
    add(second, Choice::Second);
    add(ties, Choice::Tie);
    add(bad, Choice::BothBad);
    return list;
}

void TestVoteResults::noVotesNoResults()
{
    const VoteResults results = resultsOf({});
    QVERIFY(results.pairs.empty());
    QVERIFY(results.ratings.empty());
    QCOMPARE(toCsv(results).count(QStringLiteral("\r\n")), 1);
}

void TestVoteResults::votesBetweenAModelAndItselfAreLeftOut()
{
    const VoteResults results = resultsOf({vote("a", "a", Choice::First), vote("a", "b", Choice::First)});
    QCOMPARE(results.votes, 1);
    QCOMPARE(results.pairs.size(), std::size_t(1));
    QCOMPARE(results.ratings.size(), std::size_t(2));
}

void TestVoteResults::bothOrdersAreOnePair()
{
    const VoteResults results = resultsOf({vote("a", "b", Choice::First), vote("b", "a", Choice::Second),
        vote("b", "a", Choice::First), vote("b", "a", Choice::BothBad, "t")});
    QCOMPARE(results.pairs.size(), std::size_t(1));
    QCOMPARE(results.pairs[0].firstLabel, QStringLiteral("a"));
    QCOMPARE(results.pairs[0].firstWins, 2);
    QCOMPARE(results.pairs[0].secondWins, 1);
    QCOMPARE(results.pairs[0].bothBad, 1);
    QCOMPARE(results.sessions, 2);
    QCOMPARE(*results.pairs[0].share(), 2.0 / 3);
}

void TestVoteResults::tiesDecideNothing()
{
    const VoteResults::Pair pair = resultsOf(votes(0, 0, 3, 4)).pairs.at(0);
    QVERIFY(!pair.share());
    QVERIFY(!pair.isDecisive);
    QVERIFY(!pair.missing);
    QCOMPARE(pair.votes(), 7);
    QVERIFY(verdictOf(pair).contains(QStringLiteral("nobody was preferred")));
}

void TestVoteResults::evenHasNoEnd()
{
    const VoteResults::Pair pair = resultsOf(votes(5, 5)).pairs.at(0);
    QVERIFY(!pair.isDecisive);
    QVERIFY(!pair.missing);
    QVERIFY(verdictOf(pair).contains(QStringLiteral("even so far")));
}

void TestVoteResults::missingVotesCountTies()
{
    // 6 of 10 is decisive from 97 votes on: 87 more.
    QCOMPARE(*resultsOf(votes(6, 4)).pairs.at(0).missing, qint64(87));
    // Every other vote is a tie: twice as many are needed.
    const VoteResults::Pair pair = resultsOf(votes(6, 4, 5, 5)).pairs.at(0);
    QCOMPARE(*pair.missing, qint64(174));
    QVERIFY(verdictOf(pair).startsWith(QStringLiteral("not decisive, about 174 more vote")));
}

void TestVoteResults::nearlyEvenIsHopeless()
{
    const VoteResults::Pair pair = resultsOf(votes(501, 500)).pairs.at(0);
    QVERIFY(*pair.missing > 10'000);
    QVERIFY(verdictOf(pair).contains(QStringLiteral("next to even")));
}

void TestVoteResults::decisivePairs()
{
    const VoteResults::Pair first = resultsOf(votes(15, 5)).pairs.at(0);
    QVERIFY(first.isDecisive);
    QVERIFY(!first.missing);
    QVERIFY(std::abs(first.interval.low - 0.53129912) < 1e-8);
    QVERIFY(std::abs(first.interval.high - 0.88813830) < 1e-8);
    QCOMPARE(verdictOf(first), QStringLiteral("a is preferred"));
    QCOMPARE(verdictOf(resultsOf(votes(5, 15)).pairs.at(0)), QStringLiteral("b is preferred"));
    QVERIFY(!resultsOf(votes(14, 6)).pairs.at(0).isDecisive); // 0.481 to 0.855
}

void TestVoteResults::ratingsAreSorted()
{
    std::vector<Vote> list;
    for (const char *session : {"1", "2", "3"}) {
        list.push_back(vote("weak", "strong", Choice::Second, session));
        list.push_back(vote("middle", "strong", Choice::Second, session));
        list.push_back(vote("weak", "middle", Choice::Second, session));
    }
    const VoteResults results = resultsOf(list);
    QCOMPARE(results.ratings[0].label, QStringLiteral("strong"));
    QCOMPARE(results.ratings[1].label, QStringLiteral("middle"));
    QCOMPARE(results.ratings[2].label, QStringLiteral("weak"));
    QCOMPARE(results.ratings[0].strength.judgements, 6);
    QVERIFY(results.ratings[0].strength.interval);
    QCOMPARE(results.pairs.size(), std::size_t(3));
}

void TestVoteResults::newestNameIsShown()
{
    std::vector<Vote> list = votes(1, 0);
    list.push_back(vote("b", "a", Choice::First));
    list.back().firstLabel = QStringLiteral("b renamed");
    const VoteResults results = resultsOf(list);
    QCOMPARE(results.pairs[0].secondLabel, QStringLiteral("b renamed"));
}

void TestVoteResults::stoppedHasNoRatings()
{
    std::stop_source source;
    source.request_stop();
    const VoteResults results =
        resultsOf({vote("a", "b", Choice::First, "1"), vote("a", "b", Choice::First, "2")}, source.get_token());
    QVERIFY(results.ratings.empty());
    QCOMPARE(results.pairs.size(), std::size_t(1));
}

void TestVoteResults::csv()
{
    std::vector<Vote> list = votes(15, 5, 1, 2);
    list.back().firstLabel = QStringLiteral("a, \"new\"");
    const QStringList lines = toCsv(resultsOf(list)).split(QStringLiteral("\r\n"));
    QCOMPARE(lines[1], QStringLiteral("\"a, \"\"new\"\"\",b,15,5,1,2,0.7500,0.5313,0.8881,yes"));
}

QTEST_GUILESS_MAIN(TestVoteResults)
#include "tst_voteresults.moc"
