// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providerfixture.h"
#include "replywatch.h"

#include <QSignalSpy>
#include <QTest>

using namespace diptych;
using namespace std::chrono_literals;
using test::ProviderFixture;
using test::waitFor;
using Kind = Error::Kind;

/// When a request is sent again, and when it must not be.
class TestRetries : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_fixture.reset(); }
    void busyThenGood_data();
    void busyThenGood();
    void attemptsAreKept();
    void givesUpAfterTheLast();
    void neverAfterAGoodAnswerBegan();
    void neverForWhatWillNotPass_data();
    void neverForWhatWillNotPass();
    void longWaitsEndInTheError();
    void cancelledWhileWaiting();
    void destroyedWhileWaiting();
    void retriedNow();
    void retriedNowFromItsOwnSignal();
    void endlessErrorBodyIsCut();
    void aRefusedRedirectionSaysWhy();

private:
    std::unique_ptr<ProviderFixture> m_fixture;
};

void TestRetries::init()
{
    m_fixture = std::make_unique<ProviderFixture>(test::wireFormats().front(), 2);
}

void TestRetries::busyThenGood_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {408, 409, 429, 500, 502, 503, 504, 529})
        QTest::addRow("%d", status) << status;
}

void TestRetries::busyThenGood()
{
    QFETCH(const int, status);
    FakeResponse first = FakeResponse::json(status, R"({"error":{"message":"busy"}})").header("retry-after-ms", "7");
    m_fixture->server.enqueue(first);
    m_fixture->server.enqueue(m_fixture->goodChat());
    const auto reply = m_fixture->ask();
    QSignalSpy scheduled(reply.get(), &Reply::retryScheduled);
    QSignalSpy started(reply.get(), &Reply::attemptStarted);
    QVERIFY(waitFor(*reply));
    QVERIFY(!reply->error());
    QCOMPARE(scheduled.count(), 1);
    QCOMPARE(scheduled.first().at(0).value<Error>().message, QStringLiteral("busy"));
    QCOMPARE(scheduled.first().at(0).value<Error>().httpStatus, status);
    QVERIFY(scheduled.first().at(2).value<std::chrono::milliseconds>() == 7ms);
    QCOMPARE(started.count(), 2);
    QCOMPARE(started.last().at(0).toInt(), 2);
    QCOMPARE(reply->response().text(), QStringLiteral("Hello"));
}

void TestRetries::attemptsAreKept()
{
    for (int i = 0; i < 2; ++i)
        m_fixture->server.enqueue(FakeResponse::json(503, "{}").header("retry-after-ms", "1"));
    m_fixture->server.enqueue(m_fixture->goodChat());
    const auto reply = m_fixture->ask();
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->earlierAttempts().size(), std::size_t(2));
    QCOMPARE(reply->earlierAttempts()[1].status, 503);
    QCOMPARE(reply->earlierAttempts()[1].attempt, 2);
    QCOMPARE(reply->exchange().attempt, 3);
    QCOMPARE(reply->exchange().status, 200);
    QCOMPARE(m_fixture->server.requests()[2].body, m_fixture->server.requests()[0].body);
}

void TestRetries::givesUpAfterTheLast()
{
    for (int i = 0; i < 4; ++i)
        m_fixture->server.enqueue(FakeResponse::json(503, "{}").header("retry-after-ms", "1"));
    const auto reply = m_fixture->ask();
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Kind::Provider);
    QCOMPARE(m_fixture->server.requests().size(), std::size_t(3));
    QCOMPARE(reply->earlierAttempts().size(), std::size_t(2));
}

void TestRetries::neverAfterAGoodAnswerBegan()
{
    m_fixture->server.enqueue(m_fixture->chat({}).thenReset());
    m_fixture->server.enqueue(m_fixture->goodChat());
    const auto reply = m_fixture->ask();
    QVERIFY(waitFor(*reply));
    QVERIFY(reply->error());
    QCOMPARE(m_fixture->server.requests().size(), std::size_t(1));
}

void TestRetries::neverForWhatWillNotPass_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 401, 403, 404, 405, 422, 424, 431, 501})
        QTest::addRow("%d", status) << status;
}

void TestRetries::neverForWhatWillNotPass()
{
    QFETCH(const int, status);
    m_fixture->server.enqueue(FakeResponse::json(status, "{}").header("retry-after-ms", "1"));
    const auto reply = m_fixture->ask();
    QSignalSpy scheduled(reply.get(), &Reply::retryScheduled);
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->httpStatus, status);
    QCOMPARE(scheduled.count(), 0);
    QVERIFY(reply->earlierAttempts().empty());
}

void TestRetries::longWaitsEndInTheError()
{
    m_fixture->server.enqueue(FakeResponse::json(429, "{}").header("Retry-After", "3600"));
    const auto reply = m_fixture->ask();
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Kind::RateLimited);
    QVERIFY(reply->error()->retryAfter == std::optional<std::chrono::milliseconds>(3600s));
}

void TestRetries::aRefusedRedirectionSaysWhy()
{
    m_fixture->server.enqueue(
        FakeResponse::text(308, "text/html", "<h1>Moved</h1>").header("Location", "http://other.example/v1"));
    const auto reply = m_fixture->ask();
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Kind::Network);
    QVERIFY2(reply->error()->message.contains(u"http://other.example/v1"), qPrintable(reply->error()->message));
    QCOMPARE(m_fixture->server.requests().size(), std::size_t(1));
}

void TestRetries::cancelledWhileWaiting()
{
    m_fixture->server.enqueue(FakeResponse::json(429, "{}").header("Retry-After", "60"));
    const auto reply = m_fixture->ask();
    QSignalSpy scheduled(reply.get(), &Reply::retryScheduled);
    QSignalSpy finished(reply.get(), &Reply::finished);
    QVERIFY(scheduled.wait());
    reply->cancel();
    QCOMPARE(reply->error()->kind, Kind::Cancelled);
    QCOMPARE(finished.count(), 1);
    QCOMPARE(reply->exchange().status, 429);
    reply->retryNow();
    // Another one goes through; the cancelled one has not come back before it.
    m_fixture->server.enqueue(m_fixture->goodChat());
    const auto second = m_fixture->ask();
    QVERIFY(waitFor(*second));
    QCOMPARE(m_fixture->server.requests().size(), std::size_t(2));
}

void TestRetries::destroyedWhileWaiting()
{
    m_fixture->server.enqueue(FakeResponse::json(503, "{}").header("retry-after-ms", "1"));
    auto reply = m_fixture->ask();
    QSignalSpy scheduled(reply.get(), &Reply::retryScheduled);
    connect(reply.get(), &Reply::retryScheduled, this, [&reply] { reply.reset(); });
    QTRY_VERIFY(!reply);
    m_fixture->server.enqueue(m_fixture->goodChat());
    const auto second = m_fixture->ask();
    QVERIFY(waitFor(*second));
    QCOMPARE(m_fixture->server.requests().size(), std::size_t(2));
}

void TestRetries::retriedNow()
{
    m_fixture->server.enqueue(FakeResponse::json(429, "{}").header("Retry-After", "60"));
    m_fixture->server.enqueue(m_fixture->goodChat());
    const auto reply = m_fixture->ask();
    QSignalSpy scheduled(reply.get(), &Reply::retryScheduled);
    QVERIFY(scheduled.wait());
    QVERIFY(reply->earlierAttempts().empty());
    reply->retryNow();
    QVERIFY(waitFor(*reply));
    QVERIFY(!reply->error());
}

void TestRetries::retriedNowFromItsOwnSignal()
{
    m_fixture->server.enqueue(FakeResponse::json(429, "{}").header("Retry-After", "60"));
    m_fixture->server.enqueue(m_fixture->goodChat());
    const auto reply = m_fixture->ask();
    connect(reply.get(), &Reply::retryScheduled, this, [&reply] { reply->retryNow(); });
    QVERIFY(waitFor(*reply));
    QVERIFY(!reply->error());
}

void TestRetries::endlessErrorBodyIsCut()
{
    m_fixture->server.enqueue(FakeResponse::text(400, "text/plain", QByteArray(4 * 1024 * 1024, 'x')).thenStall());
    const auto reply = m_fixture->ask();
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Kind::InvalidRequest);
    QCOMPARE(reply->error()->bodySample.size(), 64 * 1024);
}

QTEST_GUILESS_MAIN(TestRetries)
#include "tst_retries.moc"
