// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/turncomparison.h"

#include <QTest>

using namespace diptych;

class TestTurnComparison : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsCompared();
    void sharedTurnsAreLeftOut();
    void differencesAreFoundByWords();
    void lengthsMayDiffer();
    void othersAnswersAreNotShared();
    void branchesAreFollowedToTheirEnd();
};

namespace {

Turn turn(qint64 id, qint64 parentId, const QString &prompt, const QString &answer)
{
    Turn made {.id = id, .parentId = parentId, .prompt = Message::fromText(Role::User, prompt)};
    if (!answer.isEmpty()) {
        made.answers.push_back({.paneId = QStringLiteral("a"),
            .modelLabel = QStringLiteral("m%1").arg(id),
            .state = Answer::State::Complete,
            .message = Message::fromText(Role::Assistant, answer)});
    }
    return made;
}

const std::vector<PaneState> panes {{.id = QStringLiteral("a")}};

} // namespace

void TestTurnComparison::nothingIsCompared()
{
    QCOMPARE(compareTurns({}, {}, panes), TurnComparison());
}

void TestTurnComparison::sharedTurnsAreLeftOut()
{
    const Turn first = turn(1, 0, QStringLiteral("One"), QStringLiteral("eins"));
    const TurnComparison same = compareTurns({first}, {first}, panes);
    QCOMPARE(same.sharedTurns, 1);
    QVERIFY(same.rows.empty());
    QVERIFY(same.panes.empty());
}

void TestTurnComparison::differencesAreFoundByWords()
{
    const TurnComparison found = compareTurns({turn(1, 0, QStringLiteral("Ask"), QStringLiteral("the red house"))},
        {turn(2, 0, QStringLiteral("Ask"), QStringLiteral("the blue house"))}, panes);
    QCOMPARE(found.sharedTurns, 0);
    QCOMPARE(found.rows.size(), size_t(2));
    QVERIFY(found.rows[0].paneId.isEmpty() && found.rows[0].hunks.empty());
    QCOMPARE(found.rows[1].hunks.size(), size_t(1));
    const TextHunk &hunk = found.rows[1].hunks[0];
    QCOMPARE(found.rows[1].left.mid(hunk.baseStart, hunk.baseLength), QStringLiteral("red"));
    QCOMPARE(found.rows[1].right.mid(hunk.start, hunk.length), QStringLiteral("blue"));
    QCOMPARE(found.panes.size(), size_t(1));
    QCOMPARE(found.panes[0].answers, 1);
    QCOMPARE(found.panes[0].same, 0);
    QCOMPARE(found.panes[0].leftLabel, QStringLiteral("m1"));
    QCOMPARE(found.panes[0].rightLabel, QStringLiteral("m2"));
    QCOMPARE(found.panes[0].changedShare, 7.0 / 27.0);
}

void TestTurnComparison::lengthsMayDiffer()
{
    const TurnComparison found = compareTurns({turn(1, 0, QStringLiteral("A"), QStringLiteral("x"))},
        {turn(2, 0, QStringLiteral("A"), QStringLiteral("x")), turn(3, 2, QStringLiteral("B"), QStringLiteral("y"))},
        panes);
    QCOMPARE(found.rows.size(), size_t(4));
    QVERIFY(found.rows[3].left.isEmpty());
    QCOMPARE(found.rows[3].right, QStringLiteral("y"));
    QCOMPARE(found.rows[3].turn, 2);
    QCOMPARE(found.panes[0].answers, 1);
    QCOMPARE(found.panes[0].same, 1);
    QCOMPARE(found.panes[0].changedShare, 0.0);
}

void TestTurnComparison::othersAnswersAreNotShared()
{
    // Turns that were never stored have no ids to be the same by.
    const Turn unstored = turn(0, 0, QStringLiteral("A"), QStringLiteral("x"));
    QCOMPARE(compareTurns({unstored}, {unstored}, panes).sharedTurns, 0);
}

void TestTurnComparison::branchesAreFollowedToTheirEnd()
{
    Session session;
    session.turns = {turn(1, 0, QStringLiteral("1"), {}), turn(2, 1, QStringLiteral("2"), {})};
    session.otherTurns = {turn(3, 1, QStringLiteral("3"), {}), turn(4, 3, QStringLiteral("4"), {})};
    QCOMPARE(branchThrough(session, 0), session.turns);
    const std::vector<Turn> other = branchThrough(session, 3);
    QCOMPARE(other.size(), size_t(3));
    QCOMPARE(other[2].id, 4);
    QVERIFY(branchThrough(session, 99).empty());
}

QTEST_GUILESS_MAIN(TestTurnComparison)
#include "tst_turncomparison.moc"
