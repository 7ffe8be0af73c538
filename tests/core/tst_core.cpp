// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/error.h"
#include "core/exchange.h"
#include "core/secret.h"

#include <QTest>

using namespace diptych;

class TestCore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void secretPrintsAsStars();
    void secretHeaders_data();
    void secretHeaders();
    void redactedUrls_data();
    void redactedUrls();
    void headerLookupIgnoresCase();
    void retryableErrors_data();
    void retryableErrors();
    void everyKindHasAName();
    void adviceNamesTheParameter();
};

void TestCore::secretPrintsAsStars()
{
    QString printed;
    QDebug(&printed) << Secret("hunter2");
    QVERIFY(!printed.contains(QStringLiteral("hunter2")));
    QVERIFY(printed.contains(QStringLiteral("***")));
    QCOMPARE(Secret("x").reveal(), QByteArray("x"));
    QVERIFY(Secret().isEmpty());
}

void TestCore::secretHeaders_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isSecret");
    for (const char *name :
        {"Authorization", "api-key", "API-KEY", "x-api-key", "x-goog-api-key", "Proxy-Authorization", "Cookie",
            "Set-Cookie", "x-auth-token", "Private-Token", "X-Client-Secret", "ocp-apim-subscription-key"})
        QTest::newRow(name) << QByteArray(name) << true;
    for (const char *name : {"Content-Type", "extra-parameters", "x-request-id", "api-key-hint", "Idempotency-Key",
             "azureml-model-deployment"})
        QTest::newRow(name) << QByteArray(name) << false;
}

void TestCore::secretHeaders()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, isSecret);
    QCOMPARE(isSecretHeader(name), isSecret);
}

void TestCore::redactedUrls_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("redacted");
    const auto row = [](const char *url, const char *redacted) {
        QTest::newRow(url) << QString::fromLatin1(url) << QString::fromLatin1(redacted);
    };
    row("https://a.example/v1?key=s3cret", "https://a.example/v1?key=***");
    row("https://a.example/v1?alt=sse&KEY=s3cret&x=1", "https://a.example/v1?alt=sse&KEY=***&x=1");
    row("https://a.example/?api-version=1&code=s3cret%3D%3D", "https://a.example/?api-version=1&code=***");
    row("https://a.example/?%6Bey=s3cret", "https://a.example/?key=***");
    row("https://me:s3cret@a.example/?q=a%26b", "https://a.example/?q=a%26b");
    row("https://a.example/?key=&sig", "https://a.example/?key=&sig");
    row("https://a.example/?max_tokens=7&keys=2", "https://a.example/?max_tokens=7&keys=2");
    row("https://a.example/path", "https://a.example/path");
}

void TestCore::redactedUrls()
{
    QFETCH(QString, url);
    QFETCH(QString, redacted);
    QCOMPARE(QString::fromLatin1(redactedUrl(QUrl(url)).toEncoded()), redacted);
}

void TestCore::headerLookupIgnoresCase()
{
    const HeaderList headers {{"Content-Type", "text/plain"}, {"X-A", "1"}, {"x-a", "2"}};
    QCOMPARE(headerValue(headers, "content-type"), QByteArray("text/plain"));
    QCOMPARE(headerValue(headers, "X-A"), QByteArray("1"));
    QVERIFY(headerValue(headers, "none").isNull());
}

void TestCore::retryableErrors_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<bool>("isRetryable");
    const auto row = [](const char *tag, Error::Kind kind, int status, bool isRetryable) {
        QTest::newRow(tag) << Error {.kind = kind, .httpStatus = status} << isRetryable;
    };
    row("429", Error::Kind::RateLimited, 429, true);
    row("408", Error::Kind::Timeout, 408, true);
    row("409", Error::Kind::InvalidRequest, 409, true);
    row("500", Error::Kind::Provider, 500, true);
    row("529", Error::Kind::Provider, 529, true);
    // A 408 that the server sent is a timeout like our own.
    row("no connection", Error::Kind::Network, 0, true);
    row("our deadline", Error::Kind::Timeout, 0, true);
    row("400", Error::Kind::InvalidRequest, 400, false);
    row("401", Error::Kind::Authentication, 401, false);
    row("422", Error::Kind::Unsupported, 422, false);
    row("stopped", Error::Kind::Cancelled, 0, false);
    row("bad certificate", Error::Kind::Tls, 0, false);
    row("bad JSON", Error::Kind::Protocol, 200, false);
}

void TestCore::retryableErrors()
{
    QFETCH(Error, error);
    QFETCH(bool, isRetryable);
    QCOMPARE(error.isRetryable(), isRetryable);
}

void TestCore::everyKindHasAName()
{
    QCOMPARE(kindName(Error::Kind::Cancelled), QStringLiteral("Cancelled"));
    QCOMPARE(kindName(Error::Kind::Storage), QStringLiteral("Storage"));
}

void TestCore::adviceNamesTheParameter()
{
    const Error refused {.kind = Error::Kind::Unsupported, .parameter = QStringLiteral("response_format")};
    QVERIFY(whatToDo(refused).contains(QStringLiteral("response_format")));
    QVERIFY(!whatToDo({.kind = Error::Kind::Unsupported}).contains(QStringLiteral("\"\"")));
    QVERIFY(whatToDo({.kind = Error::Kind::Cancelled}).isEmpty());
}

QTEST_GUILESS_MAIN(TestCore)
#include "tst_core.moc"
