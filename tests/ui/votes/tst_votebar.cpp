// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "votes/votebar.h"

#include "models/blindround.h"
#include "models/conversation.h"
#include "models/votedesk.h"
#include "scriptedprovider.h"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace diptych;
using Choice = Vote::Choice;

class TestVoteBar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void hiddenWhileThereIsNothingToJudge();
    void votesWithAClick();
    void threePanesOfferTheirPairs();
    void undoUnchecks();
    void blindNamesAreLetters();
    void revealShowsTheNumbers();
    void closedUntilItIsWanted();
    void everythingHasAnAccessibleName();

private:
    void start(int panes);
    void ask();
    QToolButton *button(const char *name) const { return m_bar->findChild<QToolButton *>(QString::fromLatin1(name)); }

    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<Conversation> m_conversation;
    std::unique_ptr<BlindRound> m_blind;
    std::unique_ptr<VoteDesk> m_desk;
    std::unique_ptr<QWidget> m_parent;
    VoteBar *m_bar = nullptr;
};

void TestVoteBar::init()
{
    m_parent.reset();
    m_desk.reset();
    m_blind.reset();
    m_conversation.reset();
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint")});
    m_conversation = std::make_unique<Conversation>(*m_connections, nullptr);
    m_blind = std::make_unique<BlindRound>(*m_conversation, QRandomGenerator(3));
    m_desk = std::make_unique<VoteDesk>(*m_conversation, *m_blind);
    m_parent = std::make_unique<QWidget>();
    m_bar = new VoteBar(*m_conversation, *m_desk, *m_blind, m_parent.get());
}

void TestVoteBar::start(int panes)
{
    std::vector<ModelRef> models;
    for (int i = 0; i < panes; ++i)
        models.push_back({QStringLiteral("e"), QString(QChar(u'a' + char16_t(i)))});
    m_conversation->startNew(models);
}

void TestVoteBar::ask()
{
    const std::size_t first = m_provider->chats.size();
    m_conversation->ask(Message::fromText(Role::User, QStringLiteral("which?")));
    for (std::size_t index = first; index < m_provider->chats.size(); ++index) {
        m_provider->chats[index]->text(QStringLiteral("this"));
        m_provider->chats[index]->finishWith();
    }
}

void TestVoteBar::hiddenWhileThereIsNothingToJudge()
{
    QVERIFY(!m_bar->isVisibleTo(m_parent.get()));
    start(1);
    ask();
    QVERIFY(!m_bar->isVisibleTo(m_parent.get()));
    start(2);
    QVERIFY(!m_bar->isVisibleTo(m_parent.get()));
    ask();
    QVERIFY(m_bar->isVisibleTo(m_parent.get()));
}

void TestVoteBar::votesWithAClick()
{
    start(2);
    ask();
    QCOMPARE(button("voteFirst")->text(), QStringLiteral("1 better"));
    QCOMPARE(button("voteSecond")->text(), QStringLiteral("2 better"));
    QVERIFY(!m_bar->findChild<QComboBox *>()->isVisibleTo(m_bar));
    button("voteSecond")->click();
    QCOMPARE(m_desk->pairs()[0].vote->choice, Choice::Second);
    QVERIFY(button("voteSecond")->isChecked());
    button("voteBothBad")->click(); // a change of mind
    QVERIFY(button("voteBothBad")->isChecked());
    QVERIFY(!button("voteSecond")->isChecked());
    QCOMPARE(m_desk->votes().size(), std::size_t(1));
}

void TestVoteBar::threePanesOfferTheirPairs()
{
    start(3);
    ask();
    auto *pairs = m_bar->findChild<QComboBox *>();
    QVERIFY(pairs->isVisibleTo(m_bar));
    QCOMPARE(pairs->count(), 3);
    QCOMPARE(pairs->currentText(), QStringLiteral("1 and 2"));
    button("voteTie")->click();
    QCOMPARE(pairs->currentText(), QStringLiteral("1 and 3"));
    QVERIFY(!button("voteTie")->isChecked());
    Q_EMIT pairs->activated(0);
    QVERIFY(button("voteTie")->isChecked());
}

void TestVoteBar::undoUnchecks()
{
    start(2);
    ask();
    QVERIFY(!button("voteUndo")->isEnabled());
    button("voteFirst")->click();
    button("voteUndo")->click();
    QVERIFY(!button("voteFirst")->isChecked());
    QVERIFY(!button("voteUndo")->isEnabled());
}

void TestVoteBar::blindNamesAreLetters()
{
    start(2);
    m_blind->setEnabled(true);
    QVERIFY(m_bar->isVisibleTo(m_parent.get())); // says so before the first question
    QVERIFY(!button("voteFirst")->isVisibleTo(m_bar));
    ask();
    QCOMPARE(button("voteFirst")->text(), QStringLiteral("A better"));
    QCOMPARE(button("voteSecond")->text(), QStringLiteral("B better"));
    QVERIFY(button("voteReveal")->isVisibleTo(m_bar));
    const QString first = m_blind->order()[0];
    button("voteFirst")->click();
    QVERIFY(!m_blind->isHidden());
    // After the names are shown the vote stands with the right answer, whatever its place is now.
    const VoteDesk::Pair pair = m_desk->pairs()[0];
    QCOMPARE(pair.vote->choice == Choice::First ? pair.first : pair.second, first);
    QVERIFY(!button("voteReveal")->isVisibleTo(m_bar));
}

void TestVoteBar::revealShowsTheNumbers()
{
    start(2);
    m_blind->setEnabled(true);
    ask();
    button("voteReveal")->click();
    QCOMPARE(button("voteFirst")->text(), QStringLiteral("1 better"));
}

void TestVoteBar::closedUntilItIsWanted()
{
    start(2);
    ask();
    QSignalSpy wanted(m_bar, &VoteBar::wantedChanged);
    button("voteClose")->click();
    QVERIFY(!m_bar->isVisibleTo(m_parent.get()));
    QCOMPARE(wanted.size(), 1);
    ask();
    QVERIFY(!m_bar->isVisibleTo(m_parent.get()));
    m_bar->setWanted(true);
    QVERIFY(m_bar->isVisibleTo(m_parent.get()));
}

void TestVoteBar::everythingHasAnAccessibleName()
{
    start(3);
    ask();
    for (const QToolButton *child : m_bar->findChildren<QToolButton *>())
        QVERIFY2(!child->accessibleName().isEmpty(), qPrintable(child->objectName()));
    QVERIFY(!m_bar->findChild<QComboBox *>()->accessibleName().isEmpty());
}

QTEST_MAIN(TestVoteBar)
#include "tst_votebar.moc"
