// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/extrasexperiment.h"

#include "scriptedprovider.h"

#include <QSignalSpy>
#include <QTest>

using namespace diptych;
using State = ExtrasExperiment::Arm::State;

class TestExtrasExperiment : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void unknownEndpointStartsNothing();
    void oneRefusalLeavesTheOthers();
    void cancelEndsAllThree();
    void changedEndpointEndsAllThree();
    void destroyingWhileRunningIsQuiet();
    void startingAgainForgetsTheFirst();
    void lastQuestionIsAskedAgain();

private:
    ScriptedChatReply *chat(std::size_t index) const { return m_provider->chats.at(index); }
    [[nodiscard]] State state(std::size_t index) const { return m_experiment->arms().at(index).state; }

    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<ExtrasExperiment> m_experiment;
    const ModelRef m_model {QStringLiteral("e"), QStringLiteral("m")};
    const ChatRequest m_request {.model = QStringLiteral("m"), .extras = {{QStringLiteral("top_k"), 1}}};
};

void TestExtrasExperiment::init()
{
    m_experiment.reset();
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e")});
    m_experiment = std::make_unique<ExtrasExperiment>(*m_connections);
}

void TestExtrasExperiment::unknownEndpointStartsNothing()
{
    m_experiment->start({QStringLiteral("gone"), QStringLiteral("m")}, m_request);
    QVERIFY(!m_experiment->isRunning());
    QCOMPARE(state(0), State::Idle);
}

void TestExtrasExperiment::oneRefusalLeavesTheOthers()
{
    QSignalSpy started(m_experiment.get(), &ExtrasExperiment::replyStarted);
    QSignalSpy finished(m_experiment.get(), &ExtrasExperiment::finished);
    m_experiment->start(m_model, m_request);
    QCOMPARE(started.size(), 3);
    QCOMPARE(chat(0)->request().extrasMode, ExtrasMode::Error);
    QCOMPARE(chat(1)->request().extrasMode, ExtrasMode::Drop);
    QCOMPARE(chat(2)->request().extrasMode, ExtrasMode::PassThrough);
    QCOMPARE(chat(2)->request().extras, m_request.extras);
    chat(0)->failWith({.kind = Error::Kind::Unsupported, .parameter = QStringLiteral("top_k")});
    chat(2)->text(QStringLiteral("Hel"));
    QCOMPARE(m_experiment->arms()[2].text, QStringLiteral("Hel"));
    QVERIFY(m_experiment->isRunning());
    chat(1)->finishWith();
    chat(2)->text(QStringLiteral("lo"));
    chat(2)->mutableExchange().status = 200;
    chat(2)->mutableExchange().requestBody = "{\"top_k\":1}";
    QCOMPARE(finished.size(), 0);
    chat(2)->finishWith();
    QCOMPARE(finished.size(), 1);
    QCOMPARE(state(0), State::Failed);
    QCOMPARE(m_experiment->arms()[0].error->parameter, QStringLiteral("top_k"));
    QCOMPARE(state(1), State::Answered);
    QCOMPARE(m_experiment->arms()[2].text, QStringLiteral("Hello"));
    QCOMPARE(m_experiment->arms()[2].body, QByteArray("{\"top_k\":1}"));
}

void TestExtrasExperiment::cancelEndsAllThree()
{
    QSignalSpy finished(m_experiment.get(), &ExtrasExperiment::finished);
    m_experiment->start(m_model, m_request);
    chat(1)->text(QStringLiteral("partly"));
    m_experiment->cancel();
    QCOMPARE(finished.size(), 1);
    for (std::size_t arm = 0; arm < 3; ++arm)
        QCOMPARE(state(arm), State::Cancelled);
    QCOMPARE(m_experiment->arms()[1].text, QStringLiteral("partly"));
}

void TestExtrasExperiment::changedEndpointEndsAllThree()
{
    m_experiment->start(m_model, m_request);
    m_connections->update({.id = QStringLiteral("e"), .extrasMode = ExtrasMode::Drop});
    QVERIFY(!m_experiment->isRunning());
    QCOMPARE(state(2), State::Cancelled);
}

void TestExtrasExperiment::destroyingWhileRunningIsQuiet()
{
    m_experiment->start(m_model, m_request);
    QSignalSpy changed(m_experiment.get(), &ExtrasExperiment::armChanged);
    m_experiment.reset();
    QCOMPARE(changed.size(), 0);
    QVERIFY(!m_provider->chats.front());
}

void TestExtrasExperiment::startingAgainForgetsTheFirst()
{
    m_experiment->start(m_model, m_request);
    chat(0)->text(QStringLiteral("old"));
    m_experiment->start(m_model, m_request);
    QCOMPARE(m_experiment->arms()[0].text, QString());
    QCOMPARE(state(0), State::Running);
    QCOMPARE(m_provider->chats.size(), std::size_t(6));
}

void TestExtrasExperiment::lastQuestionIsAskedAgain()
{
    ChatRequest request;
    request.messages = {Message::fromText(Role::System, QStringLiteral("s")),
        Message::fromText(Role::User, QStringLiteral("q")), Message::fromText(Role::Assistant, QStringLiteral("a"))};
    const QString fallback = QStringLiteral("f");
    QCOMPARE(withLastQuestion(request, fallback).messages.size(), std::size_t(2));
    QCOMPARE(withLastQuestion(request, fallback).messages.back().text(), QStringLiteral("q"));
    request.messages.resize(1);
    QCOMPARE(withLastQuestion(request, fallback).messages.back().text(), fallback);
    QCOMPARE(withLastQuestion({}, fallback).messages.front().role, Role::User);
}

QTEST_GUILESS_MAIN(TestExtrasExperiment)
#include "tst_extrasexperiment.moc"
