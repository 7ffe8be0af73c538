// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/repeatrun.h"
#include "scriptedprovider.h"

#include <QSignalSpy>
#include <QTest>

using namespace diptych;

class TestRepeatRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void startsAfterTheCallReturned();
    void failedAnswerDoesNotEndTheRun();
    void hopelessErrorStopsAsking_data();
    void hopelessErrorStopsAsking();
    void onlyAFewAtOnce();
    void everyAnswerIsKeptInItsPlace();
    void cancelKeepsWhatArrived();
    void cancelBeforeTheStart();
    void nonsensicalOptionsAskOnce();
    void destroyingDropsTheRequests();
    void destroyingInsideASlot();

private:
    ScriptedChatReply *chat(std::size_t index) const { return m_provider->chats.at(index); }
    [[nodiscard]] RepeatRun *run(int count, int parallel)
    {
        m_run = std::make_unique<RepeatRun>(*m_provider,
            ChatRequest {.messages = {Message::fromText(Role::User, QStringLiteral("again"))}, .sampling = {.seed = 7}},
            RepeatRun::Options {.count = count, .parallel = parallel});
        return m_run.get();
    }
    std::unique_ptr<ScriptedProvider> m_provider;
    std::unique_ptr<RepeatRun> m_run;
};

void TestRepeatRun::init()
{
    m_run.reset();
    m_provider = std::make_unique<ScriptedProvider>(Endpoint {.id = QStringLiteral("e")});
}

void TestRepeatRun::startsAfterTheCallReturned()
{
    RepeatRun *repeats = run(2, 2);
    QVERIFY(m_provider->chats.empty());
    QCOMPARE(repeats->total(), 2);
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(2));
    QCOMPARE(chat(0)->request(), chat(1)->request());
    QCOMPARE(chat(0)->request().sampling.seed, 7);
}

void TestRepeatRun::failedAnswerDoesNotEndTheRun()
{
    RepeatRun *repeats = run(3, 1);
    QSignalSpy finished(repeats, &RepeatRun::finished);
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(1));
    chat(0)->text(QStringLiteral("half"));
    chat(0)->failWith({.kind = Error::Kind::Network, .message = QStringLiteral("gone")});
    QCOMPARE(m_provider->chats.size(), std::size_t(2));
    chat(1)->text(QStringLiteral("whole"));
    chat(1)->finishWith();
    chat(2)->finishWith();
    QCOMPARE(finished.size(), 1);
    QVERIFY(!repeats->error());
    QCOMPARE(repeats->done(), 3);
    QCOMPARE(repeats->outcomes()[0].error->kind, Error::Kind::Network);
    QCOMPARE(repeats->outcomes()[0].response.text(), QStringLiteral("half"));
    QVERIFY(!repeats->outcomes()[1].error);
}

void TestRepeatRun::hopelessErrorStopsAsking_data()
{
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("key") << Error::Kind::Authentication;
    QTest::newRow("no such model") << Error::Kind::NotFound;
    QTest::newRow("request") << Error::Kind::InvalidRequest;
    QTest::newRow("unsupported") << Error::Kind::Unsupported;
}

void TestRepeatRun::hopelessErrorStopsAsking()
{
    QFETCH(Error::Kind, kind);
    RepeatRun *repeats = run(20, 2);
    QSignalSpy finished(repeats, &RepeatRun::finished);
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(2));
    chat(0)->failWith({.kind = kind, .message = QStringLiteral("no")});
    QCOMPARE(finished.size(), 0); // the other one is still under way
    chat(1)->text(QStringLiteral("late"));
    chat(1)->finishWith();
    QCOMPARE(finished.size(), 1);
    QCOMPARE(m_provider->chats.size(), std::size_t(2));
    QCOMPARE(repeats->error()->kind, kind);
    QCOMPARE(repeats->outcomes()[1].response.text(), QStringLiteral("late"));
    QCOMPARE(repeats->outcomes()[2].state, RepeatRun::Outcome::State::Waiting);
}

void TestRepeatRun::onlyAFewAtOnce()
{
    RepeatRun *repeats = run(5, 2);
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(2));
    chat(1)->finishWith();
    QCOMPARE(m_provider->chats.size(), std::size_t(3));
    chat(0)->finishWith();
    chat(2)->finishWith();
    QCOMPARE(m_provider->chats.size(), std::size_t(5));
    QCOMPARE(repeats->done(), 3);
    QVERIFY(!repeats->isFinished());
}

void TestRepeatRun::everyAnswerIsKeptInItsPlace()
{
    RepeatRun *repeats = run(2, 2);
    QSignalSpy deltas(repeats, &RepeatRun::deltaReceived);
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(2));
    chat(1)->mutableExchange().phases = {.firstToken = std::chrono::milliseconds(5)};
    chat(1)->reasoning(QStringLiteral("hm"));
    chat(1)->text(QStringLiteral("second"));
    chat(0)->text(QStringLiteral("first"));
    chat(1)->finishWith(QStringLiteral("length"), {.promptTokens = 1, .completionTokens = 9});
    chat(0)->finishWith();
    QVERIFY(repeats->isFinished());
    QCOMPARE(deltas.size(), 5); // each end is one, too
    QCOMPARE(deltas[0][0].toInt(), 1);
    QCOMPARE(repeats->outcomes()[0].response.text(), QStringLiteral("first"));
    QCOMPARE(repeats->outcomes()[1].response.text(), QStringLiteral("second"));
    QCOMPARE(repeats->outcomes()[1].metrics.usage.completionTokens, 9);
    QCOMPARE(repeats->outcomes()[1].metrics.estimatedTextTokens, 7); // 6 of 8 characters
    QCOMPARE(repeats->outcomes()[1].metrics.phases.firstToken, std::chrono::milliseconds(5));
}

void TestRepeatRun::cancelKeepsWhatArrived()
{
    RepeatRun *repeats = run(9, 2);
    QSignalSpy finished(repeats, &RepeatRun::finished);
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(2));
    chat(1)->text(QStringLiteral("so far"));
    repeats->cancel();
    repeats->cancel();
    QCOMPARE(finished.size(), 1);
    QCOMPARE(repeats->error()->kind, Error::Kind::Cancelled);
    QCOMPARE(m_provider->chats.size(), std::size_t(2));
    QCOMPARE(repeats->outcomes()[1].response.text(), QStringLiteral("so far"));
    QCOMPARE(repeats->outcomes()[1].error->kind, Error::Kind::Cancelled);
    QTRY_VERIFY(!m_provider->chats[0] && !m_provider->chats[1]);
}

void TestRepeatRun::cancelBeforeTheStart()
{
    RepeatRun *repeats = run(9, 2);
    QSignalSpy finished(repeats, &RepeatRun::finished);
    repeats->cancel();
    QCOMPARE(finished.size(), 1);
    QVERIFY(!QTest::qWaitFor([this] { return !m_provider->chats.empty(); }, 20));
    QCOMPARE(finished.size(), 1);
    QVERIFY(m_provider->chats.empty());
}

void TestRepeatRun::nonsensicalOptionsAskOnce()
{
    RepeatRun *repeats = run(-3, 0);
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(1));
    chat(0)->finishWith();
    QVERIFY(repeats->isFinished());
}

void TestRepeatRun::destroyingDropsTheRequests()
{
    QTRY_COMPARE(run(3, 3)->total(), 3);
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(3));
    m_run.reset();
    QVERIFY(!m_provider->chats[0] && !m_provider->chats[1] && !m_provider->chats[2]);
}

void TestRepeatRun::destroyingInsideASlot()
{
    RepeatRun *repeats = run(3, 1);
    connect(repeats, &RepeatRun::answerFinished, this, [this] { m_run.reset(); });
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(1));
    chat(0)->finishWith();
    QVERIFY(!m_run);
    QCOMPARE(m_provider->chats.size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestRepeatRun)
#include "tst_repeatrun.moc"
