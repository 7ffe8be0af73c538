// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/votedesk.h"

#include "models/blindround.h"
#include "models/conversation.h"
#include "scriptedprovider.h"
#include "store/sessionstore.h"
#include "store/votestore.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;
using Choice = Vote::Choice;

/// Votes and blind rounds of a conversation with a real database.
class TestVoteDesk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nothingToJudge();
    void failedAnswersAreNotJudged();
    void nothingWhileAnswersCome();
    void oneModelIsNoChoice();
    void aVoteIsStored();
    void votingAgainReplacesTheVote();
    void threePanesAreThreePairs();
    void undoTakesTheLastVoteBack();
    void votesAreThereAfterReopening();
    void sameModelsInSeveralPanes();
    void withoutAStore();
    void failingStoreIsReported();
    void blindHidesUntilAllIsJudged();
    void blindOrderChangesFromRoundToRound();
    void blindStaysHiddenOverSeveralTurns();
    void blindHidesEarlierTurns();
    void panesComeAndGoInABlindRound();
    void revealedVotesAreNotBlind();

private:
    ScriptedChatReply *chat(std::size_t index) const { return m_provider->chats.at(index); }
    void start(const QStringList &models);
    void ask();
    void answerAll();
    [[nodiscard]] std::vector<Vote> stored() const { return m_store->votes().votes().value(); }

    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SessionStore> m_store;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<Conversation> m_conversation;
    std::unique_ptr<BlindRound> m_blind;
    std::unique_ptr<VoteDesk> m_desk;
    std::size_t m_answered = 0;
};

void TestVoteDesk::init()
{
    m_desk.reset();
    m_blind.reset();
    m_conversation.reset();
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint")});
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = SessionStore::open(m_folder->filePath(QStringLiteral("s.db"))).value();
    m_conversation = std::make_unique<Conversation>(*m_connections, m_store.get());
    m_blind = std::make_unique<BlindRound>(*m_conversation, QRandomGenerator(1));
    m_desk = std::make_unique<VoteDesk>(*m_conversation, *m_blind);
    m_answered = 0;
}

void TestVoteDesk::start(const QStringList &models)
{
    std::vector<ModelRef> refs;
    for (const QString &model : models)
        refs.push_back({QStringLiteral("e"), model});
    m_conversation->startNew(refs);
}

void TestVoteDesk::ask()
{
    m_conversation->ask(Message::fromText(Role::User, QStringLiteral("which?")));
}

void TestVoteDesk::answerAll()
{
    for (; m_answered < m_provider->chats.size(); ++m_answered) {
        chat(m_answered)->text(QStringLiteral("this"));
        chat(m_answered)->finishWith();
    }
}

static QStringList two()
{
    return {QStringLiteral("a"), QStringLiteral("b")};
}

void TestVoteDesk::nothingToJudge()
{
    QCOMPARE(m_desk->turn(), -1);
    QCOMPARE(m_desk->current(), -1);
    m_desk->vote(Choice::First);
    m_desk->undo();
    m_desk->setCurrent(3);
    start({QStringLiteral("a")});
    ask();
    answerAll();
    QVERIFY(m_desk->pairs().empty());
    QVERIFY(!m_desk->isOneModel());
    m_desk->vote(Choice::First);
    QVERIFY(stored().empty());
}

void TestVoteDesk::failedAnswersAreNotJudged()
{
    start(two());
    ask();
    chat(0)->text(QStringLiteral("this"));
    chat(0)->finishWith();
    chat(1)->failWith({.kind = Error::Kind::Network});
    QVERIFY(m_desk->pairs().empty());
    m_conversation->regenerate(QStringLiteral("p2"));
    chat(2)->finishWith(); // empty
    QVERIFY(m_desk->pairs().empty());
}

void TestVoteDesk::nothingWhileAnswersCome()
{
    start({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
    ask();
    for (const std::size_t index : {std::size_t(0), std::size_t(1)}) {
        chat(index)->text(QStringLiteral("this"));
        chat(index)->finishWith();
    }
    QVERIFY(m_desk->pairs().empty());
    chat(2)->text(QStringLiteral("this"));
    chat(2)->finishWith();
    QCOMPARE(m_desk->pairs().size(), std::size_t(3));
}

void TestVoteDesk::oneModelIsNoChoice()
{
    start({QStringLiteral("a"), QStringLiteral("a")});
    ask();
    answerAll();
    QVERIFY(m_desk->pairs().empty());
    QVERIFY(m_desk->isOneModel());
}

void TestVoteDesk::aVoteIsStored()
{
    start(two());
    ask();
    answerAll();
    QCOMPARE(m_desk->turn(), 0);
    QCOMPARE(m_desk->current(), 0);
    m_desk->vote(Choice::Second);
    QCOMPARE(m_desk->pairs()[0].vote->choice, Choice::Second);
    const std::vector<Vote> votes = stored();
    QCOMPARE(votes.size(), std::size_t(1));
    QCOMPARE(votes[0].sessionId, m_conversation->session().id);
    QCOMPARE(votes[0].turnId, m_conversation->session().turns[0].id);
    QCOMPARE(votes[0].first.model, QStringLiteral("a"));
    QCOMPARE(votes[0].secondLabel, QStringLiteral("b — Endpoint"));
    QCOMPARE(votes[0].choice, Choice::Second);
    QVERIFY(!votes[0].isBlind);
    QVERIFY(votes[0].at.isValid());
}

void TestVoteDesk::votingAgainReplacesTheVote()
{
    start(two());
    ask();
    answerAll();
    m_desk->vote(Choice::First);
    m_desk->setCurrent(0);
    m_desk->vote(Choice::BothBad);
    QCOMPARE(stored().size(), std::size_t(1));
    QCOMPARE(stored()[0].choice, Choice::BothBad);
    QCOMPARE(m_desk->votes().size(), std::size_t(1));
}

void TestVoteDesk::threePanesAreThreePairs()
{
    start({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
    ask();
    answerAll();
    QCOMPARE(m_desk->pairs().size(), std::size_t(3));
    m_desk->vote(Choice::First);
    QCOMPARE(m_desk->current(), 1); // the next one that is not judged
    m_desk->setCurrent(2);
    m_desk->vote(Choice::Tie);
    QCOMPARE(m_desk->current(), 1);
    m_desk->vote(Choice::Second);
    QCOMPARE(m_desk->current(), 2); // all judged: the last one is shown
    QCOMPARE(stored().size(), std::size_t(3));
}

void TestVoteDesk::undoTakesTheLastVoteBack()
{
    start(two());
    ask();
    answerAll();
    m_desk->vote(Choice::First);
    ask();
    answerAll();
    m_desk->vote(Choice::Tie);
    m_desk->undo();
    QCOMPARE(m_desk->turn(), 1);
    QVERIFY(!m_desk->pairs()[0].vote);
    QCOMPARE(stored().size(), std::size_t(1));
    m_desk->undo();
    QCOMPARE(m_desk->turn(), 0); // where it had been given
    QVERIFY(stored().empty());
    QVERIFY(!m_desk->canUndo());
}

void TestVoteDesk::votesAreThereAfterReopening()
{
    start(two());
    ask();
    answerAll();
    m_desk->vote(Choice::First);
    const QString id = m_conversation->session().id;
    m_conversation->startNew({});
    QVERIFY(m_desk->pairs().empty());
    QVERIFY(m_conversation->open(id));
    QCOMPARE(m_desk->pairs().size(), std::size_t(1));
    QCOMPARE(m_desk->pairs()[0].vote->choice, Choice::First);
    QVERIFY(!m_desk->canUndo());
}

void TestVoteDesk::sameModelsInSeveralPanes()
{
    start({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("a")});
    ask();
    answerAll();
    QCOMPARE(m_desk->pairs().size(), std::size_t(2)); // not the first with the third
    m_desk->setCurrent(1); // b against the second a
    m_desk->vote(Choice::First);
    QVERIFY(!m_desk->pairs()[0].vote);
    QCOMPARE(m_desk->pairs()[1].vote->choice, Choice::First);
    QCOMPARE(stored()[0].first.model, QStringLiteral("b"));
}

void TestVoteDesk::withoutAStore()
{
    Conversation conversation(*m_connections, nullptr);
    BlindRound blind(conversation);
    VoteDesk desk(conversation, blind);
    conversation.startNew({{QStringLiteral("e"), QStringLiteral("a")}, {QStringLiteral("e"), QStringLiteral("b")}});
    conversation.ask(Message::fromText(Role::User, QStringLiteral("which?")));
    answerAll();
    desk.vote(Choice::First);
    QCOMPARE(desk.votes().size(), std::size_t(1));
    desk.undo();
    QVERIFY(desk.votes().empty());
}

void TestVoteDesk::failingStoreIsReported()
{
    start(two());
    ask();
    answerAll();
    QVERIFY(m_store->remove(m_conversation->session().id)); // the vote has no turn to belong to
    QSignalSpy failed(m_desk.get(), &VoteDesk::failed);
    m_desk->vote(Choice::First);
    QCOMPARE(failed.size(), 1);
    QVERIFY(m_desk->votes().empty());
    QVERIFY(!m_desk->pairs()[0].vote);
}

void TestVoteDesk::blindHidesUntilAllIsJudged()
{
    start({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
    QCOMPARE(m_blind->alias(QStringLiteral("p1")), QString());
    m_blind->setEnabled(true);
    QVERIFY(m_blind->isHidden());
    QStringList names;
    for (const QString &id : m_blind->order())
        names << m_blind->alias(id);
    QCOMPARE(names, (QStringList {QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("C")}));
    ask();
    answerAll();
    QCOMPARE(m_desk->pairs()[0].first, m_blind->order()[0]); // as shown
    m_desk->vote(Choice::First);
    m_desk->vote(Choice::First);
    QVERIFY(m_blind->isHidden());
    m_desk->vote(Choice::First);
    QVERIFY(!m_blind->isHidden());
    QCOMPARE(m_blind->alias(QStringLiteral("p1")), QString());
    QCOMPARE(m_blind->order()[0], QStringLiteral("p1"));
    for (const Vote &vote : stored())
        QVERIFY(vote.isBlind);
}

void TestVoteDesk::blindOrderChangesFromRoundToRound()
{
    start({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")});
    m_blind->setEnabled(true);
    QStringList orders;
    for (int round = 0; round < 6; ++round) {
        orders << m_blind->order().join(u' ');
        m_blind->reveal();
        ask();
        QVERIFY(m_blind->isHidden());
        answerAll();
    }
    orders.removeDuplicates();
    QVERIFY(orders.size() > 2);
}

void TestVoteDesk::blindStaysHiddenOverSeveralTurns()
{
    start(two());
    m_blind->setEnabled(true);
    const QStringList order = m_blind->order();
    ask();
    answerAll();
    ask();
    answerAll();
    QVERIFY(m_blind->isHidden());
    QCOMPARE(m_blind->order(), order); // what was said before must stay with who said it
    QCOMPARE(m_blind->firstTurn(), 0);
}

void TestVoteDesk::blindHidesEarlierTurns()
{
    start(two());
    ask();
    answerAll();
    QCOMPARE(m_blind->firstTurn(), 0);
    m_blind->setEnabled(true);
    QCOMPARE(m_blind->firstTurn(), 1);
    ask();
    answerAll();
    m_desk->vote(Choice::Tie);
    QCOMPARE(m_blind->firstTurn(), 0); // all is shown
    ask();
    QCOMPARE(m_blind->firstTurn(), 2);
    m_blind->setEnabled(false);
    QCOMPARE(m_blind->firstTurn(), 0);
    QVERIFY(!m_blind->isHidden());
}

void TestVoteDesk::panesComeAndGoInABlindRound()
{
    start(two());
    m_blind->setEnabled(true);
    const QString added = m_conversation->addPane({QStringLiteral("e"), QStringLiteral("c")});
    QCOMPARE(m_blind->order().size(), 3);
    QVERIFY(!m_blind->alias(added).isEmpty());
    m_conversation->removePane(QStringLiteral("p1"));
    QCOMPARE(m_blind->order().size(), 2);
    QCOMPARE(m_blind->alias(QStringLiteral("p1")), QString());
    start({QStringLiteral("x"), QStringLiteral("y"), QStringLiteral("z")});
    QCOMPARE(m_blind->order().size(), 3);
}

void TestVoteDesk::revealedVotesAreNotBlind()
{
    start(two());
    m_blind->setEnabled(true);
    ask();
    answerAll();
    m_desk->vote(Choice::First);
    m_desk->undo();
    QVERIFY(!m_blind->isHidden()); // nobody forgets what they saw
    m_desk->vote(Choice::First);
    QVERIFY(!stored().at(0).isBlind);
}

QTEST_GUILESS_MAIN(TestVoteDesk)
#include "tst_votedesk.moc"
