// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/activitymodel.h"

#include "scriptedprovider.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;
using namespace std::chrono_literals;
using State = ActivityModel::State;

class TestActivityModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void discardedReplyIsClosed();
    void failureIsKept();
    void cancelIsNoError();
    void finishedKeepsTheExchange();
    void retryCountsDown();
    void alreadyFinished();
    void keepsAtMostTwoHundred();
    void oldBodiesAreLetGo();
    void oldRequestsAreLetGo();
    void clearKeepsRunning();
    void exchangesWithoutAReplyAreKept();

private:
    [[nodiscard]] State state(int row) const
    {
        return m_model->index(row, 0).data(ActivityModel::StateRole).value<State>();
    }
    std::unique_ptr<ScriptedChatReply> start(const QString &label = QStringLiteral("chat"))
    {
        auto reply = std::make_unique<ScriptedChatReply>(ChatRequest {});
        m_model->add(reply.get(), label);
        return reply;
    }

    std::unique_ptr<ActivityModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestActivityModel::init()
{
    m_tester.reset();
    m_model = std::make_unique<ActivityModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
}

void TestActivityModel::discardedReplyIsClosed()
{
    auto reply = start();
    QCOMPARE(m_model->runningCount(), 1);
    QVERIFY(m_model->exchangeAt(0));
    reply.reset();
    QCOMPARE(state(0), State::Discarded);
    QCOMPARE(m_model->runningCount(), 0);
    QVERIFY(!m_model->exchangeAt(0));
    QVERIFY(!m_model->replyAt(0));
    QVERIFY(!m_model->lastError());
}

void TestActivityModel::failureIsKept()
{
    QSignalSpy failed(m_model.get(), &ActivityModel::failed);
    auto reply = start(QStringLiteral("guide"));
    reply->mutableExchange().status = 422;
    const Error error {.kind = Error::Kind::Unsupported,
        .httpStatus = 422,
        .message = QStringLiteral("no"),
        .parameter = QStringLiteral("seed")};
    reply->failWith(error);
    reply.reset();
    QCOMPARE(state(0), State::Failed);
    QCOMPARE(m_model->lastError(), error);
    QCOMPARE(m_model->errorAt(0), error);
    QCOMPARE(m_model->index(0, ActivityModel::StatusColumn).data().toString(), QStringLiteral("422"));
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).toString(), QStringLiteral("guide"));
}

void TestActivityModel::cancelIsNoError()
{
    auto reply = start();
    m_model->cancel(0);
    QTRY_COMPARE(state(0), State::Cancelled);
    QVERIFY(reply->isFinished());
    QVERIFY(!m_model->lastError());
    m_model->cancel(0); // no effect
    m_model->cancel(7);
}

void TestActivityModel::finishedKeepsTheExchange()
{
    auto reply = start(QStringLiteral("guide"));
    QCOMPARE(state(0), State::Running);
    reply->mutableExchange() = {
        .status = 200, .responseBody = "data", .bytesReceived = 4, .phases = {.firstToken = 18ms}};
    reply->finishWith();
    reply.reset();
    QCOMPARE(state(0), State::Succeeded);
    QCOMPARE(m_model->exchangeAt(0)->responseBody, QByteArray("data"));
    QCOMPARE(m_model->index(0, ActivityModel::FirstTokenColumn).data().toString(), QStringLiteral("18 ms"));
    QCOMPARE(m_model->index(0, ActivityModel::BytesColumn).data().toString(), QStringLiteral("4 B"));
    QCOMPARE(m_model->index(0, ActivityModel::LabelColumn).data().toString(), QStringLiteral("guide"));
}

void TestActivityModel::retryCountsDown()
{
    auto first = start();
    auto second = start();
    Q_EMIT first->retryScheduled({.kind = Error::Kind::RateLimited}, 2, 90s);
    QCOMPARE(m_model->retryText(), QStringLiteral("1 retry in 90 s"));
    Q_EMIT second->retryScheduled({.kind = Error::Kind::RateLimited}, 2, 30s);
    QCOMPARE(m_model->retryText(), QStringLiteral("2 retries, next in 30 s"));
    QCOMPARE(state(0), State::Waiting);
    QCOMPARE(m_model->runningCount(), 2);
    Q_EMIT second->attemptStarted(2);
    QCOMPARE(state(0), State::Running);
    first->finishWith();
    QCOMPARE(m_model->retryText(), QString());
}

void TestActivityModel::alreadyFinished()
{
    ScriptedChatReply reply {ChatRequest {}};
    reply.finishWith();
    m_model->add(&reply, QStringLiteral("late"));
    QCOMPARE(state(0), State::Succeeded);
    QCOMPARE(m_model->runningCount(), 0);
}

void TestActivityModel::keepsAtMostTwoHundred()
{
    const auto running = start(QStringLiteral("running"));
    for (int i = 0; i < ActivityModel::maxFinished + 5; ++i)
        start(QString::number(i))->finishWith();
    QCOMPARE(m_model->rowCount(), ActivityModel::maxFinished + 1);
    QCOMPARE(m_model->index(0, ActivityModel::LabelColumn).data().toString(), QStringLiteral("204"));
    QCOMPARE(m_model->runningCount(), 1);
    QCOMPARE(m_model->replyAt(m_model->rowCount() - 1), running.get());
}

void TestActivityModel::oldBodiesAreLetGo()
{
    for (int i = 0; i < 3; ++i) {
        auto reply = start();
        reply->mutableExchange().responseBody = QByteArray(30 * 1024 * 1024, 'x');
        reply->finishWith();
    }
    QVERIFY(!m_model->exchangeAt(0)->responseBody.isEmpty());
    QVERIFY(!m_model->exchangeAt(1)->responseBody.isEmpty());
    QVERIFY(m_model->exchangeAt(2)->responseBody.isEmpty());
}

void TestActivityModel::oldRequestsAreLetGo()
{
    const QJsonObject common {{QStringLiteral("input"), QString(15 * 1024 * 1024, u'x')}};
    const Exchange exchange {.method = "POST", .requestBody = QByteArray(15 * 1024 * 1024, 'x'), .status = 200};
    for (int i = 0; i < 3; ++i)
        m_model->addFinished(QStringLiteral("big"), {.attempts = {exchange}, .commonRequest = common});
    QVERIFY(!m_model->exchangeAt(1)->requestBody.isEmpty());
    QVERIFY(!m_model->commonRequestAt(1).isEmpty());
    QVERIFY(m_model->exchangeAt(2)->requestBody.isEmpty());
    QVERIFY(m_model->commonRequestAt(2).isEmpty());
    QCOMPARE(m_model->exchangeAt(2)->status, 200);
}

void TestActivityModel::clearKeepsRunning()
{
    start()->finishWith();
    const auto running = start();
    start()->finishWith();
    m_model->clearFinished();
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->replyAt(0), running.get());
}

void TestActivityModel::exchangesWithoutAReplyAreKept()
{
    QSignalSpy failed(m_model.get(), &ActivityModel::failed);
    const Exchange exchange {.method = "POST", .status = 401, .responseBody = "no", .phases = {.finished = 3ms}};
    const Error error {.kind = Error::Kind::InvalidRequest, .httpStatus = 401, .message = QStringLiteral("wrong key")};
    m_model->addFinished(QStringLiteral("refused"), {.attempts = {exchange}, .error = error});
    m_model->addFinished(QStringLiteral("played"), {.attempts = {exchange}});
    QCOMPARE(state(0), State::Succeeded);
    QCOMPARE(state(1), State::Failed);
    QCOMPARE(m_model->exchangeAt(1)->responseBody, QByteArray("no"));
    QCOMPARE(m_model->errorAt(1)->message, QStringLiteral("wrong key"));
    QCOMPARE(m_model->runningCount(), 0);
    QCOMPARE(failed.count(), 0); // somebody else's mistake is no alarm
}

QTEST_GUILESS_MAIN(TestActivityModel)
#include "tst_activitymodel.moc"
