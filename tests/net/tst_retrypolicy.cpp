// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/retrypolicy.h"

#include <QTest>

using namespace diptych;
using std::chrono::milliseconds;

class TestRetryPolicy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decidesWhatToRetry_data();
    void decidesWhatToRetry();
    void delayGrowsAndIsBounded_data();
    void delayGrowsAndIsBounded();
    void serverDecidesTheDelay();
    void readsHowLongToWait_data();
    void readsHowLongToWait();
};

void TestRetryPolicy::decidesWhatToRetry_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<int>("attempt");
    QTest::addColumn<bool>("again");
    const auto row = [](const char *name, int status, Error::Kind kind, bool again, int attempt = 1) {
        QTest::newRow(name) << status << kind << attempt << again;
    };
    row("bad request", 400, Error::Kind::InvalidRequest, false);
    row("wrong key", 401, Error::Kind::Authentication, false);
    row("not found", 404, Error::Kind::NotFound, false);
    row("unsupported", 422, Error::Kind::Unsupported, false);
    row("redirect refused", 307, Error::Kind::Network, false);
    row("cut in mid-answer", 200, Error::Kind::Network, false);
    row("bad JSON", 200, Error::Kind::Protocol, false);
    row("certificate", 0, Error::Kind::Tls, false);
    row("deadline", 0, Error::Kind::Timeout, false);
    row("cancelled", 0, Error::Kind::Cancelled, false);
    row("request timeout", 408, Error::Kind::Provider, true);
    row("conflict", 409, Error::Kind::Provider, true);
    row("rate limit", 429, Error::Kind::RateLimited, true);
    row("server error", 500, Error::Kind::Provider, true);
    row("overloaded", 529, Error::Kind::Provider, true);
    row("no connection", 0, Error::Kind::Network, true);
    row("last retry", 503, Error::Kind::Provider, true, 2);
    row("retries used up", 503, Error::Kind::Provider, false, 3);
}

void TestRetryPolicy::decidesWhatToRetry()
{
    QFETCH(int, status);
    QFETCH(Error::Kind, kind);
    QFETCH(int, attempt);
    const RetryPolicy policy({.maxRetries = 2});
    QTEST(policy.delayAfter(attempt, {.kind = kind, .httpStatus = status}, 0.5).has_value(), "again");
    QVERIFY(!RetryPolicy({.maxRetries = 0}).delayAfter(1, {.kind = kind, .httpStatus = status}, 0.5));
}

void TestRetryPolicy::delayGrowsAndIsBounded_data()
{
    QTest::addColumn<int>("attempt");
    QTest::addColumn<double>("random");
    QTest::addColumn<int>("expected");
    QTest::newRow("first, shortest") << 1 << 0.0 << 400;
    QTest::newRow("first, middle") << 1 << 0.4 << 500;
    QTest::newRow("second") << 2 << 0.4 << 1000;
    QTest::newRow("fourth") << 4 << 0.4 << 4000;
    QTest::newRow("bounded") << 40 << 0.4 << 8000;
    QTest::newRow("bounded, longest") << 2000 << 1.0 << 10400;
}

void TestRetryPolicy::delayGrowsAndIsBounded()
{
    QFETCH(int, attempt);
    QFETCH(double, random);
    const RetryPolicy policy({.maxRetries = 5000});
    const auto delay = policy.delayAfter(attempt, {.httpStatus = 500}, random);
    QVERIFY(delay);
    QTEST(int(delay->count()), "expected");
}

void TestRetryPolicy::serverDecidesTheDelay()
{
    const RetryPolicy policy({.maxRetries = 2, .maxRetryAfter = milliseconds(60'000)});
    Error error {.kind = Error::Kind::RateLimited, .httpStatus = 429, .retryAfter = milliseconds(2500)};
    QCOMPARE(policy.delayAfter(1, error, 0.9), milliseconds(2500));
    error.retryAfter = milliseconds(0);
    QCOMPARE(policy.delayAfter(1, error, 0.9), milliseconds(0));
    error.retryAfter = milliseconds(60'001);
    QVERIFY(!policy.delayAfter(1, error, 0.9));
}

void TestRetryPolicy::readsHowLongToWait_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("expected"); // -1: unset
    const auto row = [](const char *title, const char *name, const char *value, qint64 expected) {
        QTest::newRow(title) << QByteArray(name) << QByteArray(value) << expected;
    };
    row("words", "Retry-After", "soon", -1);
    row("empty", "Retry-After", "", -1);
    row("negative", "Retry-After", "-3", -1);
    row("not a number", "retry-after-ms", "nan", -1);
    row("infinite", "retry-after-ms", "inf", -1);
    row("wrong date", "Retry-After", "Sun, 99 Nov 2026 08:49:37 GMT", -1);
    row("milliseconds", "retry-after-ms", "1500", 1500);
    row("milliseconds with a fraction", "retry-after-ms", "12.6", 13);
    row("Azure's milliseconds", "x-ms-retry-after-ms", "700", 700);
    row("seconds", "retry-after", "3", 3000);
    row("seconds with a fraction", "Retry-After", "0.25", 250);
    row("huge", "Retry-After", "1e300", 1'000'000'000'000);
    row("date", "Retry-After", "Sun, 08 Nov 2026 08:50:07 GMT", 30'000);
    row("RFC 850 date", "Retry-After", "Sunday, 08-Nov-26 08:50:07 GMT", 30'000);
    row("asctime date", "Retry-After", "Sun Nov  8 08:50:07 2026", 30'000);
    row("date in the past", "Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT", 0);
}

void TestRetryPolicy::readsHowLongToWait()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    const QDateTime now(QDate(2026, 11, 8), QTime(8, 49, 37), Qt::UTC);
    const auto delay = retryAfter({{.name = "Other", .value = "1"}, {.name = name, .value = value}}, now);
    QTEST(qint64(delay ? delay->count() : -1), "expected");
}

QTEST_GUILESS_MAIN(TestRetryPolicy)

#include "tst_retrypolicy.moc"
