// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/requestsession.h"

#include "models/conversation.h"
#include "scriptedprovider.h"
#include "store/sessionstore.h"

#include <QTemporaryDir>
#include <QTest>

using namespace diptych;
using namespace std::chrono_literals;

class TestRequestSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nothingAskedIsAnEmptySession();
    void callsOfToolsAreLeftOutAndCounted();
    void anAnswerFirstIsLeftOut();
    void attachmentsStayInTheSession();
    void questionsInARowAreOne();
    void historyAndSettingsAreTheClients();
    void anUnfinishedShadowIsMarked();
    void shadowsStandSideBySide();
    void adoptedSessionsAreStored();

private:
    [[nodiscard]] static Message message(Role role, const char *text)
    {
        return Message::fromText(role, QString::fromLatin1(text));
    }
    [[nodiscard]] RequestSession open(std::vector<Message> messages) const
    {
        return sessionFromRequest({.messages = std::move(messages)}, {m_model}, *m_connections);
    }
    [[nodiscard]] ShadowPair pair() const
    {
        ShadowPair made {.at = QDateTime::currentDateTimeUtc(),
            .request = {.messages = {message(Role::System, "Be brief."), message(Role::User, "One?"),
                            message(Role::Assistant, "1."), message(Role::User, "Two?")}},
            .served = {.model = m_model, .isFinished = true, .firstToken = 5ms, .duration = 9ms},
            .shadow = {.model = {QStringLiteral("e"), QStringLiteral("b")}, .isFinished = true}};
        made.served.response.choices.push_back(
            {.message = message(Role::Assistant, "2."), .finishReason = QStringLiteral("stop")});
        made.shadow.response.choices.push_back({.message = message(Role::Assistant, "Two.")});
        return made;
    }

    const ModelRef m_model {QStringLiteral("e"), QStringLiteral("a")};
    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
};

void TestRequestSession::init()
{
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Lab")});
}

void TestRequestSession::nothingAskedIsAnEmptySession()
{
    const RequestSession made = open({});
    QVERIFY(made.session.turns.empty());
    QCOMPARE(made.session.panes.size(), std::size_t(1));
    QVERIFY(made.prompt.isEmpty());
}

void TestRequestSession::callsOfToolsAreLeftOutAndCounted()
{
    Message call = message(Role::Assistant, "");
    call.toolCalls.push_back({.id = QStringLiteral("1"), .name = QStringLiteral("weather")});
    const RequestSession made = open({message(Role::User, "Rain?"), call, message(Role::Tool, "no")});
    QCOMPARE(made.leftOut, 2);
    QCOMPARE(made.prompt, QStringLiteral("Rain?"));
    QVERIFY(made.session.turns.empty());
}

void TestRequestSession::anAnswerFirstIsLeftOut()
{
    const RequestSession made = open({message(Role::Assistant, "Hello"), message(Role::User, "Hi")});
    QCOMPARE(made.leftOut, 1);
    QCOMPARE(made.prompt, QStringLiteral("Hi"));
}

void TestRequestSession::attachmentsStayInTheSession()
{
    Message picture = message(Role::User, "What is it?");
    picture.content.emplace_back(ImagePart {.url = QStringLiteral("data:image/png;base64,AA==")});
    const RequestSession made = open({picture});
    QVERIFY(made.prompt.isEmpty());
    QCOMPARE(made.session.turns.size(), std::size_t(1));
    QCOMPARE(made.session.turns.front().prompt, picture);
    QVERIFY(made.session.turns.front().answers.empty());
}

void TestRequestSession::questionsInARowAreOne()
{
    const RequestSession made = open({message(Role::User, "A"), message(Role::User, "B"), message(Role::Assistant, "C"),
        message(Role::Assistant, "D"), message(Role::User, "E")});
    QCOMPARE(made.session.turns.size(), std::size_t(1));
    QCOMPARE(made.session.turns.front().prompt.text(), QStringLiteral("A\n\nB"));
    QCOMPARE(made.session.turns.front().answers.front().message.text(), QStringLiteral("C\n\nD"));
    QCOMPARE(made.prompt, QStringLiteral("E"));
}

void TestRequestSession::historyAndSettingsAreTheClients()
{
    ChatRequest request {.messages = {message(Role::System, "Be brief."), message(Role::User, "One?"),
                             message(Role::Assistant, "1."), message(Role::User, "Two?")},
        .sampling = {.temperature = 0.5},
        .stream = false,
        .extras = {{QStringLiteral("top_k"), 5}}};
    const RequestSession made = sessionFromRequest(request, {m_model}, *m_connections);
    QCOMPARE(made.session.systemPrompt, QStringLiteral("Be brief."));
    QCOMPARE(made.session.title, QStringLiteral("One?"));
    Conversation conversation(*m_connections, nullptr);
    conversation.adopt(made.session);
    conversation.ask(Message::fromText(Role::User, made.prompt));
    request.model = QStringLiteral("a");
    ChatRequest asked = m_provider->chats.front()->request();
    QCOMPARE(asked, request);
}

void TestRequestSession::anUnfinishedShadowIsMarked()
{
    ShadowPair unfinished = pair();
    unfinished.shadow.isFinished = false;
    unfinished.served.error = Error {.kind = Error::Kind::Network, .message = QStringLiteral("gone")};
    const RequestSession made = sessionFromShadow(unfinished, *m_connections);
    const Turn &turn = made.session.turns.back();
    QCOMPARE(turn.answers[0].state, Answer::State::Failed);
    QCOMPARE(turn.answers[0].error, unfinished.served.error);
    QCOMPARE(turn.answers[1].state, Answer::State::Interrupted);
}

void TestRequestSession::shadowsStandSideBySide()
{
    const RequestSession made = sessionFromShadow(pair(), *m_connections);
    QCOMPARE(made.session.panes.size(), std::size_t(2));
    QCOMPARE(made.session.panes[1].model.model, QStringLiteral("b"));
    QCOMPARE(made.session.turns.size(), std::size_t(2));
    for (const Turn &turn : made.session.turns)
        QCOMPARE(turn.answers.size(), std::size_t(2));
    QCOMPARE(made.session.turns[0].answers[1].message.text(), QStringLiteral("1.")); // both had the same history
    const Turn &last = made.session.turns[1];
    QCOMPARE(last.prompt.text(), QStringLiteral("Two?"));
    QCOMPARE(last.answers[0].message.text(), QStringLiteral("2."));
    QCOMPARE(last.answers[0].finishReason, QStringLiteral("stop"));
    QCOMPARE(last.answers[0].metrics.phases.firstToken, std::optional<std::chrono::microseconds>(5ms));
    QCOMPARE(last.answers[1].message.text(), QStringLiteral("Two."));
    QCOMPARE(last.answers[1].modelLabel, QStringLiteral("b — Lab"));
}

void TestRequestSession::adoptedSessionsAreStored()
{
    const QTemporaryDir folder;
    const auto store = SessionStore::open(folder.filePath(QStringLiteral("sessions.db")));
    QVERIFY(store);
    Conversation conversation(*m_connections, store->get());
    conversation.adopt(open({message(Role::User, "Later?")}).session); // nothing to keep yet
    QVERIFY((*store)->list()->empty());
    conversation.adopt(sessionFromShadow(pair(), *m_connections).session);
    QVERIFY(m_provider->chats.empty()); // nothing is asked
    const Result<Session> stored = (*store)->load(conversation.session().id);
    QVERIFY(stored);
    QCOMPARE(stored->turns.size(), std::size_t(2));
    QCOMPARE(stored->turns[1].answers[1].message.text(), QStringLiteral("Two."));
    QCOMPARE(stored->turns[1].answers[1].state, Answer::State::Complete);
    QCOMPARE(stored->systemPrompt, QStringLiteral("Be brief."));
}

QTEST_GUILESS_MAIN(TestRequestSession)
#include "tst_requestsession.moc"
