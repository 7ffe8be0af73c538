// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/conversationundo.h"

#include "models/conversation.h"
#include "scriptedprovider.h"

#include <QAction>
#include <QTest>

using namespace diptych;

class TestConversationUndo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void removedPaneComesBackWithItsAnswers();
    void addedPaneGoesAndComesBack();
    void newPaneDoesNotInheritAnswers();
    void movesAreUndone();
    void paneEditsAreUndoneOneByOne();
    void typingIsOneEdit();
    void titleOfTheFirstPromptIsNoEdit();
    void adoptedAnswerIsUndone();
    void editedPromptIsOneEdit();
    void rewoundConversationComesBack();
    void removingAStreamingPaneKeepsItsText();
    void anotherSessionClearsTheHistory();
    void actionsSayWhatTheyDo();

private:
    ScriptedChatReply *chat(std::size_t index) const { return m_provider->chats.at(index); }
    QStringList paneIds() const;
    void ask(const char *text);
    void answerAll();

    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<Conversation> m_conversation;
    std::unique_ptr<ConversationUndo> m_undo;
};

static const QString one = QStringLiteral("p1");
static const QString two = QStringLiteral("p2");

static ModelRef model(const char *name)
{
    return {QStringLiteral("e"), QString::fromLatin1(name)};
}

void TestConversationUndo::init()
{
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint")});
    m_conversation = std::make_unique<Conversation>(*m_connections, nullptr);
    m_conversation->startNew({model("a"), model("b")});
    m_undo = std::make_unique<ConversationUndo>(*m_conversation);
}

void TestConversationUndo::cleanup()
{
    m_undo.reset();
    m_conversation.reset();
    m_connections.reset();
}

QStringList TestConversationUndo::paneIds() const
{
    QStringList ids;
    for (const PaneState &pane : m_conversation->session().panes)
        ids.append(pane.id);
    return ids;
}

void TestConversationUndo::ask(const char *text)
{
    m_conversation->ask(Message::fromText(Role::User, QString::fromLatin1(text)));
}

void TestConversationUndo::answerAll()
{
    for (const auto &reply : m_provider->chats) {
        if (reply && !reply->isFinished()) {
            reply->text(QStringLiteral("answer of %1").arg(reply->request().model));
            reply->finishWith();
        }
    }
}

void TestConversationUndo::removedPaneComesBackWithItsAnswers()
{
    m_conversation->setPaneOverrides(one, {.logprobs = true});
    ask("Hello?");
    answerAll();
    m_conversation->removePane(one);
    QCOMPARE(paneIds(), QStringList {two});
    m_undo->stack().undo();
    QCOMPARE(paneIds(), QStringList({one, two}));
    QCOMPARE(m_conversation->pane(one)->overrides.logprobs, std::optional(true));
    QCOMPARE(answerOf(m_conversation->session().turns[0], one)->message.text(), QStringLiteral("answer of a"));
    m_undo->stack().redo();
    QCOMPARE(paneIds(), QStringList {two});
}

void TestConversationUndo::addedPaneGoesAndComesBack()
{
    const QString added = m_conversation->addPane(model("c"));
    QCOMPARE(m_undo->stack().undoText(), QStringLiteral("add pane 3"));
    m_undo->stack().undo();
    QCOMPARE(paneIds(), QStringList({one, two}));
    m_undo->stack().redo();
    QCOMPARE(paneIds(), QStringList({one, two, added}));
    QCOMPARE(m_conversation->pane(added)->model, model("c"));
}

void TestConversationUndo::newPaneDoesNotInheritAnswers()
{
    ask("Hello?");
    answerAll();
    m_conversation->removePane(two);
    const QString added = m_conversation->addPane(model("c"));
    QVERIFY(added != two);
    QVERIFY(!answerOf(m_conversation->session().turns[0], added));
}

void TestConversationUndo::movesAreUndone()
{
    m_conversation->movePane(two, 0);
    QCOMPARE(paneIds(), QStringList({two, one}));
    m_undo->stack().undo();
    QCOMPARE(paneIds(), QStringList({one, two}));
}

void TestConversationUndo::paneEditsAreUndoneOneByOne()
{
    m_conversation->setPaneModel(one, model("c"));
    m_conversation->setPaneSynced(two, false);
    m_conversation->setPaneSystemPrompt(two, QStringLiteral("Be brief."));
    QCOMPARE(m_undo->stack().count(), 3);
    QCOMPARE(m_undo->stack().undoText(), QStringLiteral("system prompt of pane 2"));
    m_undo->stack().undo();
    QVERIFY(!m_conversation->pane(two)->systemPrompt);
    QVERIFY(!m_conversation->pane(two)->isSynced);
    QCOMPARE(m_undo->stack().undoText(), QStringLiteral("unlink pane 2"));
    m_undo->stack().undo();
    QVERIFY(m_conversation->pane(two)->isSynced);
    QCOMPARE(m_conversation->pane(one)->model, model("c"));
    m_undo->stack().undo();
    QCOMPARE(m_conversation->pane(one)->model, model("a"));
}

void TestConversationUndo::typingIsOneEdit()
{
    for (const char *text : {"B", "Be", "Be b", "Be brief."})
        m_conversation->setSystemPrompt(QString::fromLatin1(text));
    QCOMPARE(m_undo->stack().count(), 1);
    m_conversation->setSettings({.logprobs = true});
    QCOMPARE(m_undo->stack().count(), 2); // another kind of edit
    m_undo->stack().undo();
    QCOMPARE(m_conversation->session().systemPrompt, QStringLiteral("Be brief."));
    m_undo->stack().undo();
    QVERIFY(m_conversation->session().systemPrompt.isEmpty());
    m_conversation->setSystemPrompt(QStringLiteral("x"));
    m_conversation->setSystemPrompt({});
    QCOMPARE(m_undo->stack().count(), 0); // nothing came of it
}

void TestConversationUndo::titleOfTheFirstPromptIsNoEdit()
{
    ask("What is it?");
    QCOMPARE(m_conversation->session().title, QStringLiteral("What is it?"));
    QVERIFY(!m_undo->stack().canUndo());
    m_conversation->setTitle(QStringLiteral("Other"));
    m_undo->stack().undo();
    QCOMPARE(m_conversation->session().title, QStringLiteral("What is it?"));
}

void TestConversationUndo::adoptedAnswerIsUndone()
{
    ask("Hello?");
    answerAll();
    const Turn &turn = m_conversation->session().turns[0];
    m_conversation->adoptAnswer(0, answerOf(turn, two)->id);
    m_undo->stack().undo();
    QCOMPARE(turn.adoptedAnswerId, 0);
    m_undo->stack().redo();
    QCOMPARE(turn.adoptedAnswerId, answerOf(turn, two)->id);
}

void TestConversationUndo::editedPromptIsOneEdit()
{
    ask("First?");
    answerAll();
    ask("Second?");
    answerAll();
    m_conversation->editTurn(0, Message::fromText(Role::User, QStringLiteral("Better?")));
    answerAll();
    QCOMPARE(m_conversation->session().turns.size(), std::size_t(1));
    QCOMPARE(m_undo->stack().count(), 1);
    m_undo->stack().undo();
    QCOMPARE(m_conversation->session().turns.size(), std::size_t(2));
    QCOMPARE(m_conversation->session().turns[1].prompt.text(), QStringLiteral("Second?"));
    m_undo->stack().redo();
    QCOMPARE(m_conversation->session().turns.back().prompt.text(), QStringLiteral("Better?"));
}

void TestConversationUndo::rewoundConversationComesBack()
{
    ask("First?");
    answerAll();
    ask("Second?");
    answerAll();
    m_conversation->rewindTo(-1);
    QVERIFY(m_conversation->session().turns.empty());
    m_undo->stack().undo();
    QCOMPARE(m_conversation->session().turns.size(), std::size_t(2));
    m_undo->stack().redo();
    QVERIFY(m_conversation->session().turns.empty());
    m_undo->stack().undo();
    m_conversation->rewindTo(0);
    m_undo->stack().undo();
    m_undo->stack().redo();
    QCOMPARE(m_conversation->session().turns.size(), std::size_t(1)); // not the newest leaf: as it was
}

void TestConversationUndo::removingAStreamingPaneKeepsItsText()
{
    ask("Hello?");
    chat(0)->text(QStringLiteral("half"));
    m_conversation->removePane(one);
    QCOMPARE(m_conversation->runningCount(), 1);
    m_undo->stack().undo();
    const Answer *answer = answerOf(m_conversation->session().turns[0], one);
    QCOMPARE(answer->message.text(), QStringLiteral("half"));
    QCOMPARE(answer->state, Answer::State::Stopped);
    answerAll();
    QCOMPARE(m_conversation->runningCount(), 0);
}

void TestConversationUndo::anotherSessionClearsTheHistory()
{
    m_conversation->addPane(model("c"));
    m_conversation->startNew({model("a")});
    QVERIFY(!m_undo->stack().canUndo());
}

void TestConversationUndo::actionsSayWhatTheyDo()
{
    QObject owner;
    const QAction *undo = m_undo->createUndoAction(&owner);
    QVERIFY(!undo->isEnabled());
    m_conversation->removePane(two);
    QVERIFY(undo->isEnabled());
    QCOMPARE(undo->text(), QStringLiteral("Undo: remove pane 2"));
    QVERIFY(undo->shortcuts().contains(QKeySequence(QStringLiteral("Ctrl+Z"))));
}

QTEST_MAIN(TestConversationUndo)
#include "tst_conversationundo.moc"
