// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/paneblocks.h"

#include <QTest>

using namespace diptych;

class TestPaneBlocks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptySessionHasNone();
    void unknownPaneHasNone();
    void switchIsMarkedWhereItHappened();
    void switchIsMarkedBeforeTheNextPrompt();
    void answerOfAnotherModelForOnceIsNoSwitch();
    void hiddenNamesTellNothing();
    void answerUnderWayEndsTheBlocks();
    void adoptedAnswerIsSaid();
    void versionsAreCounted();
    void promptsCanStandElsewhere();
    void failuresKeepTheirText();
};

static const QString one = QStringLiteral("p1");

static Answer answer(qint64 id, const char *model, const char *text = "answer")
{
    return {.id = id,
        .paneId = one,
        .model = {QStringLiteral("e"), QString::fromLatin1(model)},
        .modelLabel = QString::fromLatin1(model),
        .state = Answer::State::Complete,
        .message = Message::fromText(Role::Assistant, QString::fromLatin1(text))};
}

static Turn turn(qint64 id, qint64 parent, std::vector<Answer> answers)
{
    return {.id = id,
        .parentId = parent,
        .prompt = Message::fromText(Role::User, QStringLiteral("prompt %1").arg(id)),
        .answers = std::move(answers)};
}

static Session session(const char *model, std::vector<Turn> turns)
{
    return {
        .panes = {{.id = one, .model = {QStringLiteral("e"), QString::fromLatin1(model)}}}, .turns = std::move(turns)};
}

static QStringList texts(const PaneBlocks &shown)
{
    QStringList lines;
    for (const TranscriptBlock &block : shown.blocks)
        lines.append(block.speaker == TranscriptSpeaker::Mark ? block.markdown : block.caption);
    return lines;
}

static PaneBlocks shown(const Session &session, PaneBlocksRequest request = {})
{
    request.paneId = one;
    request.modelLabel = QStringLiteral("new");
    return paneBlocks(session, request);
}

void TestPaneBlocks::emptySessionHasNone()
{
    QVERIFY(shown(session("a", {})).blocks.empty());
}

void TestPaneBlocks::unknownPaneHasNone()
{
    const Session known = session("a", {turn(1, 0, {answer(1, "a")})});
    QVERIFY(paneBlocks(known, {.paneId = QStringLiteral("p9")}).blocks.empty());
}

void TestPaneBlocks::switchIsMarkedWhereItHappened()
{
    const Session swapped = session("b", {turn(1, 0, {answer(1, "a")}), turn(2, 1, {answer(2, "b")})});
    QCOMPARE(texts(shown(swapped)),
        QStringList({QStringLiteral("1 · you"), QStringLiteral("1 · a"), QStringLiteral("model switched to b"),
            QStringLiteral("2 · you"), QStringLiteral("2 · b")}));
}

void TestPaneBlocks::switchIsMarkedBeforeTheNextPrompt()
{
    const Session swapped = session("b", {turn(1, 0, {answer(1, "a")})});
    QCOMPARE(texts(shown(swapped)).back(), QStringLiteral("model switched to new; the next prompt goes to it"));
    QVERIFY(!texts(shown(session("a", swapped.turns))).back().contains(QStringLiteral("switched"))); // swapped back
}

void TestPaneBlocks::answerOfAnotherModelForOnceIsNoSwitch()
{
    const Session once = session("a",
        {turn(1, 0, {answer(1, "a")}), turn(2, 1, {answer(2, "a"), answer(3, "b")}), turn(3, 2, {answer(4, "a")})});
    QCOMPARE(texts(shown(once)),
        QStringList({QStringLiteral("1 · you"), QStringLiteral("1 · a"), QStringLiteral("2 · you"),
            QStringLiteral("2 · b · this turn only · answer 2"), QStringLiteral("3 · you"), QStringLiteral("3 · a")}));
    // The first turn has nothing before it, but an earlier answer.
    const Session first = session("a", {turn(1, 0, {answer(1, "a"), answer(2, "b")})});
    QCOMPARE(texts(shown(first)).back(), QStringLiteral("1 · b · this turn only · answer 2"));
}

void TestPaneBlocks::hiddenNamesTellNothing()
{
    const Session swapped = session("b", {turn(1, 0, {answer(1, "a")}), turn(2, 1, {answer(2, "b")})});
    const QStringList lines = texts(shown(swapped, {.hiddenName = QStringLiteral("X"), .firstTurn = 1}));
    QCOMPARE(lines, QStringList({QStringLiteral("2 · you"), QStringLiteral("2 · X")}));
}

void TestPaneBlocks::answerUnderWayEndsTheBlocks()
{
    const Session running = session("a", {turn(1, 0, {answer(1, "a"), answer(3, "a")}), turn(2, 1, {answer(2, "a")})});
    const PaneBlocks open = shown(running, {.answerUnderWay = 3});
    QCOMPARE(open.openTurn, 0);
    QCOMPARE(texts(open), QStringList {QStringLiteral("1 · you")});
    QCOMPARE(shown(running).openTurn, -1);
}

void TestPaneBlocks::adoptedAnswerIsSaid()
{
    Session adopted = session("a", {turn(1, 0, {answer(1, "a")})});
    adopted.turns[0].adoptedAnswerId = 1;
    QCOMPARE(shown(adopted).blocks.back().footer, QStringLiteral("all panes go on with this answer"));
    Answer other = answer(7, "b");
    other.paneId = QStringLiteral("p2");
    adopted.turns[0].answers.push_back(other);
    adopted.turns[0].adoptedAnswerId = 7;
    QCOMPARE(shown(adopted).blocks.back().footer, QStringLiteral("goes on with another pane's answer"));
}

void TestPaneBlocks::versionsAreCounted()
{
    Session branched = session("a", {turn(2, 0, {answer(2, "a")})});
    branched.otherTurns = {turn(1, 0, {answer(1, "a")})};
    QCOMPARE(shown(branched).blocks.front().caption, QStringLiteral("1 · you · version 2 of 2"));
}

void TestPaneBlocks::promptsCanStandElsewhere()
{
    const Session asked = session("a", {turn(1, 0, {answer(1, "a")})});
    QCOMPARE(texts(shown(asked, {.hasPrompts = false})), QStringList {QStringLiteral("1 · a")});
    QCOMPARE(promptBlocks(asked).front().markdown, QStringLiteral("prompt 1"));
}

void TestPaneBlocks::failuresKeepTheirText()
{
    Answer failed = answer(1, "a", "half");
    failed.state = Answer::State::Failed;
    failed.error = Error {.kind = Error::Kind::Network, .message = QStringLiteral("gone")};
    const PaneBlocks blocks = shown(session("a", {turn(1, 0, {failed})}));
    QCOMPARE(blocks.blocks[1].footer, QStringLiteral("incomplete"));
    QVERIFY(blocks.blocks[2].isError);
    QCOMPARE(blocks.blocks[2].markdown, QStringLiteral("gone"));
}

QTEST_MAIN(TestPaneBlocks)
#include "tst_paneblocks.moc"
