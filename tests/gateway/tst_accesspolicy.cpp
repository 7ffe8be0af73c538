// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/http/accesspolicy.h"

#include <QTest>

using namespace diptych;

class TestAccessPolicy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decides_data();
    void decides();
    void healthNeedsNoKey();
};

void TestAccessPolicy::decides_data()
{
    QTest::addColumn<QList<QByteArray>>("lines");
    QTest::addColumn<int>("status");
    const QByteArray host = "Host: 127.0.0.1:8089";
    const QByteArray key = "api-key: secret";
    const auto row = [](const char *name, const QList<QByteArray> &lines, int status) {
        QTest::newRow(name) << lines << status;
    };
    row("no key", {host}, 401);
    row("wrong key", {host, "api-key: secreT"}, 401);
    row("key with more behind", {host, "api-key: secret2"}, 401);
    row("empty key", {host, "api-key: "}, 401);
    row("two keys that differ", {host, key, "Authorization: Bearer other"}, 401);
    row("Basic", {host, "Authorization: Basic c2VjcmV0"}, 401);
    row("no Host", {key}, 403);
    row("two Hosts", {host, host, key}, 403);
    row("rebound name", {"Host: evil.example:8089", key}, 403);
    row("name that begins like ours", {"Host: localhost.evil.example:8089", key}, 403);
    row("user in Host", {"Host: localhost:8089@evil.example", key}, 403);
    row("other port", {"Host: 127.0.0.1:80", key}, 403);
    row("no port", {"Host: localhost", key}, 403);
    row("foreign page", {host, key, "Origin: https://evil.example"}, 403);
    row("page without origin", {host, key, "Origin: null"}, 403);
    row("api-key", {host, key}, 0);
    row("bearer", {host, "Authorization: Bearer secret"}, 0);
    row("bearer, small letters", {host, "authorization: bearer secret"}, 0);
    row("x-api-key", {host, "X-Api-Key: secret"}, 0);
    row("x-goog-api-key", {host, "x-goog-api-key: secret"}, 0);
    row("two keys that agree", {host, key, "Authorization: Bearer secret"}, 0);
    row("localhost", {"Host: LocalHost:8089", key}, 0);
    row("IPv6", {"Host: [::1]:8089", key}, 0);
    row("loopback page", {host, key, "Origin: http://localhost:3000"}, 0);
    row("fetch outside a browser", {host, key, "sec-fetch-mode: cors"}, 0);
}

void TestAccessPolicy::decides()
{
    QFETCH(const QList<QByteArray>, lines);
    QFETCH(const int, status);
    HttpServerRequest request;
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        request.headers.push_back({line.left(colon), line.mid(colon + 1).trimmed()});
    }
    const auto refusal = AccessPolicy(Secret("secret"), 8089).refusal(request);
    QCOMPARE(refusal ? refusal->httpStatus : 0, status);
    QVERIFY(!refusal || (refusal->kind == Error::Kind::Authentication && !refusal->message.contains(u"secret")));
}

void TestAccessPolicy::healthNeedsNoKey()
{
    const HttpServerRequest request {.headers = {{"Host", "localhost:8089"}}};
    QVERIFY(!AccessPolicy(Secret("secret"), 8089).refusal(request, false));
}

QTEST_GUILESS_MAIN(TestAccessPolicy)
#include "tst_accesspolicy.moc"
