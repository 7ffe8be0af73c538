// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/conversation.h"

#include "scriptedprovider.h"
#include "store/recordingstore.h"
#include "store/sessionstore.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

/// What a conversation can do besides asking in a row: branches, continuing, tools, adopted answers.
class TestConversationBranches : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void anEditedPromptIsABranch();
    void branchesAreThereAfterReopening();
    void rewindingBeginsABranch();
    void aPartialAnswerIsContinued();
    void anotherTextCanBeContinued();
    void oneTurnIsAskedOfAnotherModel();
    void allGoOnFromTheAdoptedAnswer();
    void toolResultsLeadToTheAnswer();
    void toolResultsThatAreMissingAreNamed();
    void theOrderOfStartingRotates();
    void panesHaveSystemPromptsOfTheirOwn();
    void repeatsStayOutOfTheHistory();
    void aRemovedPaneCanBePutBack();
    void answersAreRecordings();

private:
    ScriptedChatReply *chat(std::size_t index) const { return m_provider->chats.at(index); }
    void answer(std::size_t index, const QString &text) const
    {
        chat(index)->text(text);
        chat(index)->finishWith();
    }
    std::unique_ptr<Conversation> conversation(SessionStore *store = nullptr)
    {
        auto made = std::make_unique<Conversation>(*m_connections, store);
        made->startNew({{QStringLiteral("e"), QStringLiteral("a")}, {QStringLiteral("e"), QStringLiteral("b")}});
        return made;
    }
    [[nodiscard]] std::unique_ptr<SessionStore> openStore() const
    {
        return *SessionStore::open(m_folder->filePath(QStringLiteral("sessions.db")));
    }

    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const QString one = QStringLiteral("p1");
const QString two = QStringLiteral("p2");

Message question(const QString &text)
{
    return Message::fromText(Role::User, text);
}

QStringList texts(const ChatRequest &request)
{
    QStringList lines;
    for (const Message &message : request.messages)
        lines.append(message.text());
    return lines;
}

} // namespace

void TestConversationBranches::init()
{
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint")});
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestConversationBranches::anEditedPromptIsABranch()
{
    const auto talk = conversation();
    talk->ask(question(QStringLiteral("first")), {one});
    answer(0, QStringLiteral("1"));
    talk->ask(question(QStringLiteral("second")), {one});
    answer(1, QStringLiteral("2"));
    QSignalSpy shown(talk.get(), &Conversation::branchShown);
    talk->editTurn(1, question(QStringLiteral("better")));
    QCOMPARE(shown.size(), 1);
    QCOMPARE(m_provider->chats.size(), std::size_t(3)); // only the pane that had answered
    QCOMPARE(texts(chat(2)->request()),
        QStringList({QStringLiteral("first"), QStringLiteral("1"), QStringLiteral("better")}));
    answer(2, QStringLiteral("3"));
    const Session &session = talk->session();
    QCOMPARE(session.turns.size(), std::size_t(2));
    QCOMPARE(session.otherTurns.size(), std::size_t(1));
    QCOMPARE(siblings(session, session.turns[1].id).size(), std::size_t(2));
    QCOMPARE(leaves(session).size(), std::size_t(2));
    const qint64 old = session.otherTurns.front().id;
    talk->showBranch(old);
    QCOMPARE(talk->session().turns.back().prompt.text(), QStringLiteral("second"));
    talk->showBranch(talk->session().turns.front().id); // the branch that was continued last
    QCOMPARE(talk->session().turns.back().prompt.text(), QStringLiteral("better"));
    talk->editTurn(7, question(QStringLiteral("nowhere")));
    QCOMPARE(m_provider->chats.size(), std::size_t(3));
}

void TestConversationBranches::branchesAreThereAfterReopening()
{
    QString id;
    {
        const auto store = openStore();
        const auto talk = conversation(store.get());
        talk->ask(question(QStringLiteral("first")), {one});
        answer(0, QStringLiteral("1"));
        talk->editTurn(0, question(QStringLiteral("other")));
        answer(1, QStringLiteral("2"));
        talk->showBranch(talk->session().otherTurns.front().id);
        id = talk->session().id;
    }
    const auto store = openStore();
    Conversation talk(*m_connections, store.get());
    QVERIFY(talk.open(id));
    QCOMPARE(talk.session().turns.front().prompt.text(), QStringLiteral("first"));
    QCOMPARE(talk.session().otherTurns.front().prompt.text(), QStringLiteral("other"));
    QCOMPARE(talk.session().otherTurns.front().answers.front().message.text(), QStringLiteral("2"));
}

void TestConversationBranches::rewindingBeginsABranch()
{
    const auto talk = conversation();
    talk->ask(question(QStringLiteral("first")), {one});
    answer(0, QStringLiteral("1"));
    talk->ask(question(QStringLiteral("second")), {one});
    talk->rewindTo(0);
    QCOMPARE(talk->runningCount(), 0);
    talk->ask(question(QStringLiteral("third")), {one});
    QCOMPARE(talk->session().turns.back().parentId, talk->session().turns.front().id);
    QCOMPARE(talk->session().otherTurns.size(), std::size_t(1));
    talk->rewindTo(-1);
    QVERIFY(talk->session().turns.empty());
    talk->ask(question(QStringLiteral("anew")), {one});
    QCOMPARE(talk->session().turns.front().parentId, 0);
    QCOMPARE(leaves(talk->session()).size(), std::size_t(3));
}

void TestConversationBranches::aPartialAnswerIsContinued()
{
    const auto store = openStore();
    const auto talk = conversation(store.get());
    talk->ask(question(QStringLiteral("count")), {one});
    chat(0)->text(QStringLiteral("one, two"));
    talk->continueAnswer(one, 0);
    QCOMPARE(chat(1)->request().messages.back(), Message::fromText(Role::Assistant, QStringLiteral("one, two")));
    QCOMPARE(talk->answerUnderWay(one)->givenLength, 8);
    chat(1)->text(QStringLiteral(", three"));
    store->flushJournal();
    QCOMPARE(store->load(talk->session().id)->turns[0].answers[1].message.text(), QStringLiteral("one, two, three"));
    chat(1)->finishWith();
    const Answer *last = answerOf(talk->session().turns[0], one);
    QCOMPARE(last->message.text(), QStringLiteral("one, two, three"));
    QCOMPARE(last->givenLength, 8);
    QCOMPARE(last->state, Answer::State::Complete);
    QCOMPARE(talk->session().turns[0].answers[0].state, Answer::State::Stopped);
}

void TestConversationBranches::anotherTextCanBeContinued()
{
    const auto talk = conversation();
    talk->ask(question(QStringLiteral("pet")), {one});
    answer(0, QStringLiteral("a dog"));
    talk->continueAnswer(one, 0, QStringLiteral("a c"));
    answer(1, QStringLiteral("at"));
    QCOMPARE(answerOf(talk->session().turns[0], one)->message.text(), QStringLiteral("a cat"));
    talk->continueAnswer(one, 0, QLatin1String(""));
    QCOMPARE(chat(2)->request().messages.back().role, Role::User); // nothing given: simply asked again
}

void TestConversationBranches::oneTurnIsAskedOfAnotherModel()
{
    const auto talk = conversation();
    talk->ask(question(QStringLiteral("first")), {one});
    answer(0, QStringLiteral("1"));
    talk->regenerate(one, 0, {QStringLiteral("e"), QStringLiteral("other")});
    QCOMPARE(chat(1)->request().model, QStringLiteral("other"));
    QCOMPARE(talk->answerUnderWay(one)->model.model, QStringLiteral("other"));
    answer(1, QStringLiteral("2"));
    talk->ask(question(QStringLiteral("second")), {one});
    QCOMPARE(chat(2)->request().model, QStringLiteral("a"));
    QCOMPARE(texts(chat(2)->request()).at(1), QStringLiteral("2"));
}

void TestConversationBranches::allGoOnFromTheAdoptedAnswer()
{
    const auto talk = conversation();
    talk->ask(question(QStringLiteral("first")));
    answer(0, QStringLiteral("of a"));
    answer(1, QStringLiteral("of b"));
    QSignalSpy changed(talk.get(), &Conversation::turnChanged);
    talk->adoptAnswer(0, talk->session().turns[0].answers[1].id);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(texts(talk->requestFor(one, {})).back(), QStringLiteral("of b"));
    talk->adoptAnswer(0, 0);
    QCOMPARE(texts(talk->requestFor(one, {})).back(), QStringLiteral("of a"));
    talk->adoptAnswer(0, 12'345); // no such answer: each its own
    QCOMPARE(texts(talk->requestFor(one, {})).back(), QStringLiteral("of a"));
}

static ChatDelta callOf(const QString &id)
{
    return {
        .toolCalls = {{.index = 0, .id = id, .name = QStringLiteral("weather"), .arguments = QStringLiteral("{}")}}};
}

static Message resultOf(const QString &id)
{
    Message result = Message::fromText(Role::Tool, QStringLiteral("sunny"));
    result.toolCallId = id;
    return result;
}

void TestConversationBranches::toolResultsLeadToTheAnswer()
{
    const auto store = openStore();
    const auto talk = conversation(store.get());
    talk->ask(question(QStringLiteral("weather?")), {one});
    chat(0)->delta(callOf(QStringLiteral("c1")));
    chat(0)->finishWith(QStringLiteral("tool_calls"));
    QCOMPARE(answerOf(talk->session().turns[0], one)->state, Answer::State::AwaitingTools);
    QCOMPARE(store->load(talk->session().id)->turns[0].answers[0].state, Answer::State::AwaitingTools);
    QVERIFY(talk->setToolResults(one, {resultOf(QStringLiteral("c1"))}));
    const ChatRequest request = chat(1)->request();
    QCOMPARE(request.messages.size(), std::size_t(3));
    QCOMPARE(request.messages[1].toolCalls.front().id, QStringLiteral("c1"));
    QCOMPARE(request.messages[2].text(), QStringLiteral("sunny"));
    chat(1)->text(QStringLiteral("It "));
    store->flushJournal(); // what a crash would leave behind
    QCOMPARE(store->load(talk->session().id)->turns[0].answers[0].message.text(), QStringLiteral("It "));
    answer(1, QStringLiteral("is sunny."));
    QCOMPARE(talk->session().turns[0].answers.size(), std::size_t(1));
    const Answer stored = store->load(talk->session().id)->turns[0].answers[0];
    QCOMPARE(stored, talk->session().turns[0].answers[0]);
    QCOMPARE(stored.toolRounds.size(), std::size_t(2));
    // The rounds are part of what the model is told later.
    QCOMPARE(texts(talk->requestFor(one, {})),
        QStringList({QStringLiteral("weather?"), QString(), QStringLiteral("sunny"), QStringLiteral("It is sunny.")}));
}

void TestConversationBranches::toolResultsThatAreMissingAreNamed()
{
    const auto talk = conversation();
    QCOMPARE(talk->setToolResults(one, {}).error().kind, Error::Kind::InvalidRequest);
    talk->ask(question(QStringLiteral("weather?")), {one});
    chat(0)->delta(callOf(QStringLiteral("c1")));
    chat(0)->finishWith(QStringLiteral("tool_calls"));
    const Result<void> given = talk->setToolResults(one, {resultOf(QStringLiteral("c2"))});
    QVERIFY(!given);
    QVERIFY(given.error().message.contains(u"weather"));
    QCOMPARE(m_provider->chats.size(), std::size_t(1));
    QVERIFY(!talk->setToolResults(two, {}));
}

void TestConversationBranches::theOrderOfStartingRotates()
{
    const auto talk = conversation();
    talk->ask(question(QStringLiteral("first")));
    talk->ask(question(QStringLiteral("second")));
    QCOMPARE(answerOf(talk->session().turns[0], one)->startOrder, 1);
    QCOMPARE(answerOf(talk->session().turns[0], two)->startOrder, 2);
    QCOMPARE(answerOf(talk->session().turns[1], one)->startOrder, 2);
    QCOMPARE(answerOf(talk->session().turns[1], two)->startOrder, 1);
    QCOMPARE(chat(2)->request().model, QStringLiteral("b"));
}

void TestConversationBranches::panesHaveSystemPromptsOfTheirOwn()
{
    const auto talk = conversation();
    talk->setSystemPrompt(QStringLiteral("common"));
    talk->setPaneSystemPrompt(two, QStringLiteral("own"));
    QCOMPARE(texts(talk->requestFor(one, {})), QStringList {QStringLiteral("common")});
    QCOMPARE(texts(talk->requestFor(two, {})), QStringList {QStringLiteral("own")});
    talk->setPaneSystemPrompt(two, QLatin1String(""));
    QVERIFY(talk->requestFor(two, {}).messages.empty());
    talk->setPaneSystemPrompt(two, std::nullopt);
    QCOMPARE(texts(talk->requestFor(two, {})), QStringList {QStringLiteral("common")});
}

void TestConversationBranches::repeatsStayOutOfTheHistory()
{
    const auto talk = conversation();
    talk->ask(question(QStringLiteral("first")), {one});
    answer(0, QStringLiteral("original"));
    Answer repeat = talk->session().turns[0].answers[0];
    repeat.message = Message::fromText(Role::Assistant, QStringLiteral("again"));
    repeat.repeat = 2;
    talk->addAnswers(0, {repeat});
    QCOMPARE(talk->session().turns[0].answers.size(), std::size_t(2));
    QVERIFY(talk->session().turns[0].answers[0].id != talk->session().turns[0].answers[1].id);
    QCOMPARE(texts(talk->requestFor(one, {})).back(), QStringLiteral("original"));
}

void TestConversationBranches::aRemovedPaneCanBePutBack()
{
    const auto talk = conversation();
    talk->ask(question(QStringLiteral("first")));
    answer(0, QStringLiteral("of a"));
    const PaneState pane = *talk->pane(one);
    talk->removePane(one);
    talk->restorePane(pane, 0);
    QCOMPARE(talk->session().panes.front(), pane);
    QCOMPARE(texts(talk->requestFor(one, {})).back(), QStringLiteral("of a"));
    talk->restorePane(pane, 0);
    QCOMPARE(talk->session().panes.size(), std::size_t(2));
    talk->movePane(one, 9);
    QCOMPARE(talk->session().panes.back(), pane);
}

void TestConversationBranches::answersAreRecordings()
{
    const auto store = openStore();
    const auto talk = conversation(store.get());
    talk->ask(question(QStringLiteral("first")), {one});
    chat(0)->reasoning(QStringLiteral("hm"));
    chat(0)->text(QStringLiteral("abc"));
    answer(0, QStringLiteral("de"));
    const Result<Recording> recording = store->recordings().load(talk->session().turns[0].answers[0].id);
    QVERIFY2(recording, qPrintable(recording ? QString() : recording.error().message));
    QCOMPARE(recording->steps.size(), std::size_t(3));
    QCOMPARE(recording->steps[0].reasoning, 2);
    QCOMPARE(recording->steps[1].text, 3);
    QCOMPARE(recording->steps[2].text, 5);
    QVERIFY(recording->steps[0].at <= recording->steps[2].at);
}

QTEST_GUILESS_MAIN(TestConversationBranches)
#include "tst_conversationbranches.moc"
