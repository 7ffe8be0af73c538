// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/conversation.h"

#include "scriptedprovider.h"
#include "store/sessionstore.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

class TestConversation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void asksEverySyncedPaneOnce();
    void unsyncedPaneIsLeftOut();
    void historyGoesWithTheNextQuestion();
    void swappingTheModelKeepsTheConversation();
    void failedTurnIsLeftOutOfTheHistory();
    void stoppingKeepsWhatArrived();
    void askingAgainReplacesTheAnswerThatCounts();
    void newQuestionStopsTheRunningAnswer();
    void missingEndpointIsAnErrorOfThePane();
    void changedEndpointStopsItsAnswers();
    void settingsAndOverridesReachTheRequest();
    void everythingIsThereAfterReopening();
    void closingWhileStreamingKeepsTheText();

private:
    ScriptedChatReply *chat(std::size_t index) const { return m_provider->chats.at(index); }

    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestConversation::init()
{
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint")});
    m_folder = std::make_unique<QTemporaryDir>();
}

static std::vector<ModelRef> twoModels()
{
    return {{QStringLiteral("e"), QStringLiteral("a")}, {QStringLiteral("e"), QStringLiteral("b")}};
}

static Message question(const QString &text)
{
    return Message::fromText(Role::User, text);
}

void TestConversation::asksEverySyncedPaneOnce()
{
    Conversation conversation(*m_connections, nullptr);
    conversation.startNew(twoModels());
    QSignalSpy started(&conversation, &Conversation::answerStarted);
    conversation.ask(question(QStringLiteral("hello")));
    QCOMPARE(started.size(), 2);
    QCOMPARE(m_provider->chats.size(), std::size_t(2));
    QCOMPARE(chat(0)->request().model, QStringLiteral("a"));
    QCOMPARE(chat(1)->request().model, QStringLiteral("b"));
    QCOMPARE(conversation.runningCount(), 2);
    QCOMPARE(*conversation.requestUnderWay(QStringLiteral("p1")), chat(0)->request());
    QCOMPARE(conversation.session().title, QStringLiteral("hello"));
    chat(0)->text(QStringLiteral("one"));
    chat(0)->finishWith();
    QCOMPARE(conversation.runningCount(), 1);
    QVERIFY(!conversation.requestUnderWay(QStringLiteral("p1")));
    QCOMPARE(conversation.session().turns.front().answers.front().message.text(), QStringLiteral("one"));
    QCOMPARE(conversation.session().turns.front().answers.front().state, Answer::State::Complete);
}

void TestConversation::unsyncedPaneIsLeftOut()
{
    Conversation conversation(*m_connections, nullptr);
    conversation.startNew(twoModels());
    conversation.setPaneSynced(QStringLiteral("p2"), false);
    conversation.ask(question(QStringLiteral("hello")));
    QCOMPARE(m_provider->chats.size(), std::size_t(1));
    conversation.setPaneSynced(QStringLiteral("p1"), false);
    conversation.ask(question(QStringLiteral("nobody")));
    QCOMPARE(m_provider->chats.size(), std::size_t(1));
    QCOMPARE(conversation.session().turns.size(), std::size_t(1));
}

void TestConversation::historyGoesWithTheNextQuestion()
{
    Conversation conversation(*m_connections, nullptr);
    conversation.startNew(twoModels());
    conversation.setSystemPrompt(QStringLiteral("Be kind."));
    conversation.ask(question(QStringLiteral("first")), {QStringLiteral("p1")});
    chat(0)->reasoning(QStringLiteral("hm"));
    chat(0)->text(QStringLiteral("answer"));
    chat(0)->finishWith();
    conversation.ask(question(QStringLiteral("second")), {QStringLiteral("p1")});
    const std::vector<Message> messages = chat(1)->request().messages;
    QCOMPARE(messages.size(), std::size_t(4));
    QCOMPARE(messages[0], Message::fromText(Role::System, QStringLiteral("Be kind.")));
    QCOMPARE(messages[1], question(QStringLiteral("first")));
    QCOMPARE(messages[2], Message::fromText(Role::Assistant, QStringLiteral("answer")));
    QCOMPARE(messages[3], question(QStringLiteral("second")));
}

void TestConversation::swappingTheModelKeepsTheConversation()
{
    Conversation conversation(*m_connections, nullptr);
    conversation.startNew(twoModels());
    conversation.ask(question(QStringLiteral("first")), {QStringLiteral("p1")});
    chat(0)->text(QStringLiteral("answer"));
    chat(0)->finishWith();
    conversation.setPaneModel(QStringLiteral("p1"), {QStringLiteral("e"), QStringLiteral("c")});
    QCOMPARE(m_provider->chats.size(), std::size_t(1)); // swapping asks nothing by itself
    conversation.ask(question(QStringLiteral("second")), {QStringLiteral("p1")});
    QCOMPARE(chat(1)->request().model, QStringLiteral("c"));
    QCOMPARE(chat(1)->request().messages.size(), std::size_t(3));
    QCOMPARE(conversation.session().turns[0].answers[0].model.model, QStringLiteral("a"));
}

void TestConversation::failedTurnIsLeftOutOfTheHistory()
{
    Conversation conversation(*m_connections, nullptr);
    conversation.startNew(twoModels());
    conversation.ask(question(QStringLiteral("first")), {QStringLiteral("p1")});
    chat(0)->failWith({.kind = Error::Kind::Provider, .httpStatus = 500, .message = QStringLiteral("broken")});
    const Answer &answer = conversation.session().turns[0].answers[0];
    QCOMPARE(answer.state, Answer::State::Failed);
    QCOMPARE(answer.error->message, QStringLiteral("broken"));
    conversation.ask(question(QStringLiteral("second")), {QStringLiteral("p1")});
    QCOMPARE(chat(1)->request().messages.size(), std::size_t(1));
}

void TestConversation::stoppingKeepsWhatArrived()
{
    Conversation conversation(*m_connections, nullptr);
    conversation.startNew(twoModels());
    conversation.ask(question(QStringLiteral("first")));
    chat(0)->text(QStringLiteral("half an ans"));
    conversation.stopAll();
    QCOMPARE(conversation.runningCount(), 0);
    const Answer &answer = conversation.session().turns[0].answers[0];
    QCOMPARE(answer.state, Answer::State::Stopped);
    QCOMPARE(answer.message.text(), QStringLiteral("half an ans"));
}

void TestConversation::askingAgainReplacesTheAnswerThatCounts()
{
    Conversation conversation(*m_connections, nullptr);
    conversation.startNew(twoModels());
    conversation.ask(question(QStringLiteral("first")), {QStringLiteral("p1")});
    chat(0)->text(QStringLiteral("old"));
    chat(0)->finishWith();
    conversation.regenerate(QStringLiteral("p1"));
    QCOMPARE(m_provider->chats.size(), std::size_t(2));
    QCOMPARE(chat(1)->request().messages.size(), std::size_t(1)); // not its own old answer
    chat(1)->text(QStringLiteral("new"));
    chat(1)->finishWith();
    const Turn &turn = conversation.session().turns.front();
    QCOMPARE(turn.answers.size(), std::size_t(2));
    QCOMPARE(answerOf(turn, QStringLiteral("p1"))->message.text(), QStringLiteral("new"));
    conversation.regenerate(QStringLiteral("p2")); // has no answer yet: is asked the last prompt
    QCOMPARE(chat(2)->request().messages.back(), question(QStringLiteral("first")));
}

void TestConversation::newQuestionStopsTheRunningAnswer()
{
    Conversation conversation(*m_connections, nullptr);
    conversation.startNew(twoModels());
    conversation.ask(question(QStringLiteral("first")), {QStringLiteral("p1")});
    chat(0)->text(QStringLiteral("part"));
    conversation.ask(question(QStringLiteral("second")), {QStringLiteral("p1")});
    QCOMPARE(conversation.session().turns[0].answers[0].state, Answer::State::Stopped);
    QCOMPARE(conversation.runningCount(), 1);
    QCOMPARE(chat(1)->request().messages.size(), std::size_t(3));
}

void TestConversation::missingEndpointIsAnErrorOfThePane()
{
    Conversation conversation(*m_connections, nullptr);
    conversation.startNew({{QStringLiteral("gone"), QStringLiteral("x")}});
    QSignalSpy finished(&conversation, &Conversation::answerFinished);
    conversation.ask(question(QStringLiteral("hello")));
    QCOMPARE(finished.size(), 1);
    QCOMPARE(conversation.session().turns[0].answers[0].error->kind, Error::Kind::NotFound);
    QCOMPARE(conversation.runningCount(), 0);
}

void TestConversation::changedEndpointStopsItsAnswers()
{
    Conversation conversation(*m_connections, nullptr);
    conversation.startNew(twoModels());
    conversation.ask(question(QStringLiteral("hello")));
    m_connections->update({.id = QStringLiteral("e"), .name = QStringLiteral("Renamed")});
    QCOMPARE(conversation.runningCount(), 0);
    QCOMPARE(conversation.session().turns[0].answers[1].state, Answer::State::Stopped);
}

void TestConversation::settingsAndOverridesReachTheRequest()
{
    Conversation conversation(*m_connections, nullptr);
    conversation.startNew(twoModels());
    RequestSettings all;
    all.sampling.temperature = 0.2;
    all.sampling.maxTokens = 10;
    all.extras = QJsonObject {{QStringLiteral("top_k"), 5}};
    conversation.setSettings(all);
    RequestSettings own;
    own.sampling.temperature = 1.5;
    own.extras = QJsonObject {{QStringLiteral("min_p"), 0.1}};
    conversation.setPaneOverrides(QStringLiteral("p2"), own);
    QCOMPARE(conversation.requestFor(QStringLiteral("p1"), {}).sampling.temperature, 0.2);
    const ChatRequest second = conversation.requestFor(QStringLiteral("p2"), question(QStringLiteral("x")));
    QCOMPARE(second.sampling.temperature, 1.5);
    QCOMPARE(second.sampling.maxTokens, 10);
    QCOMPARE(second.extras.keys(), QStringList({QStringLiteral("min_p"), QStringLiteral("top_k")}));
    QCOMPARE(second.messages.size(), std::size_t(1));
}

void TestConversation::everythingIsThereAfterReopening()
{
    const QString path = m_folder->filePath(QStringLiteral("sessions.db"));
    QString id;
    {
        const auto store = SessionStore::open(path);
        QVERIFY(store);
        Conversation conversation(*m_connections, store->get());
        conversation.startNew(twoModels());
        QVERIFY((*store)->list()->empty()); // nothing asked, nothing stored
        conversation.ask(question(QStringLiteral("hello")));
        id = conversation.session().id;
        chat(0)->text(QStringLiteral("one"));
        chat(0)->finishWith(QStringLiteral("length"), {.promptTokens = 3, .completionTokens = 1});
        chat(1)->failWith(
            {.kind = Error::Kind::RateLimited, .httpStatus = 429, .message = QStringLiteral("slow down")});
        conversation.setPaneSynced(QStringLiteral("p2"), false);
    }
    const auto store = SessionStore::open(path);
    QVERIFY(store);
    Conversation conversation(*m_connections, store->get());
    QVERIFY(conversation.open(id));
    const Session &session = conversation.session();
    QCOMPARE(session.title, QStringLiteral("hello"));
    QCOMPARE(session.panes.size(), std::size_t(2));
    QVERIFY(!session.panes[1].isSynced);
    QCOMPARE(session.turns.size(), std::size_t(1));
    const Answer *first = answerOf(session.turns[0], QStringLiteral("p1"));
    QCOMPARE(first->message.text(), QStringLiteral("one"));
    QCOMPARE(first->finishReason, QStringLiteral("length"));
    QCOMPARE(first->metrics.usage.promptTokens, 3);
    const Answer *second = answerOf(session.turns[0], QStringLiteral("p2"));
    QCOMPARE(second->error->httpStatus, 429);
    QVERIFY(!conversation.open(QStringLiteral("no such session")));
    QCOMPARE(conversation.session().id, id); // what was open stays open
}

void TestConversation::closingWhileStreamingKeepsTheText()
{
    const QString path = m_folder->filePath(QStringLiteral("sessions.db"));
    QString id;
    {
        const auto store = SessionStore::open(path);
        Conversation conversation(*m_connections, store->get());
        conversation.startNew(twoModels());
        conversation.ask(question(QStringLiteral("hello")));
        id = conversation.session().id;
        chat(0)->text(QStringLiteral("half"));
        (*store)->flushJournal();
    }
    const auto store = SessionStore::open(path);
    const Result<Session> session = (*store)->load(id);
    QVERIFY(session);
    const Answer *answer = answerOf(session->turns[0], QStringLiteral("p1"));
    QCOMPARE(answer->state, Answer::State::Interrupted);
    QCOMPARE(answer->message.text(), QStringLiteral("half"));
}

QTEST_GUILESS_MAIN(TestConversation)
#include "tst_conversation.moc"
