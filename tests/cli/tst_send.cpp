// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "clifixture.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace diptych;

/// Bytes that no adapter touches.
class TestSend : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_cli = std::make_unique<CliFixture>(); }
    void wrongUsageIsTwo_data();
    void wrongUsageIsTwo();
    void failuresHaveTheirCodes_data();
    void failuresHaveTheirCodes();
    void bodiesAreNotTouched_data();
    void bodiesAreNotTouched();
    void answersAreNotTouched();
    void keysGoWhereTheKindHasThem_data();
    void keysGoWhereTheKindHasThem();
    void aTokenCommandIsAsked();
    void headersAndQueriesAreAdded();
    void theBuiltInModelsAnswer();
    void interruptKeepsWhatArrived();

private:
    std::unique_ptr<CliFixture> m_cli;
};

void TestSend::wrongUsageIsTwo_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("more");
    QTest::newRow("no route") << QStringLiteral("send") << QStringList();
    QTest::newRow("no slash") << QStringLiteral("send info") << QStringList();
    QTest::newRow("two routes") << QStringLiteral("send /info /models") << QStringList();
    QTest::newRow("no such file") << QStringLiteral("send /x --body /no/such/file") << QStringList();
    QTest::newRow("header without a colon") << QStringLiteral("send /info --header x") << QStringList();
    QTest::newRow("two headers in one") << QStringLiteral("send /info --header")
                                        << QStringList {QStringLiteral("a: b\r\nc: d")};
    QTest::newRow("key on the command line")
        << QStringLiteral("send /info --header") << QStringList {QStringLiteral("api-key: s3cret")};
}

void TestSend::wrongUsageIsTwo()
{
    QFETCH(const QString, line);
    QFETCH(const QStringList, more);
    const CliFixture::Outcome outcome = CliFixture::run(line, more);
    QCOMPARE(outcome.code, 2);
    QCOMPARE(outcome.out, QByteArray());
    QVERIFY2(outcome.err.startsWith("error: ") && !outcome.err.contains("s3cret"), outcome.err.constData());
}

void TestSend::failuresHaveTheirCodes_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::newRow("401") << 401 << QByteArray(R"({"error":{"message":"Access denied."}})") << 4;
    QTest::newRow("422") << 422
                         << QByteArray(R"({"error":{"code":"parameter_not_supported","message":"No.","param":"seed"}})")
                         << 3;
    QTest::newRow("500") << 500 << QByteArray("oops") << 1;
}

void TestSend::failuresHaveTheirCodes()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    m_cli->server.enqueue(FakeResponse::json(status, body));
    const CliFixture::Outcome outcome =
        CliFixture::run(QStringLiteral("send /chat/completions --body -"), m_cli->at(QStringLiteral("/v1")), "{}");
    QTEST(outcome.code, "code");
    QCOMPARE(outcome.out, body); // what the server said is what was asked for
    QVERIFY2(outcome.err.contains("error: "), outcome.err.constData());
    QCOMPARE(m_cli->server.requests().size(), std::size_t(1));
}

void TestSend::bodiesAreNotTouched_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("odd spacing") << QByteArray("{ \"b\" :1,\n\t\"a\":  2.50 , \"a\": 3 }\r\n\r\n");
    QTest::newRow("invalid UTF-8") << QByteArray("{\"a\":\"\xff\xfe\x80\"}");
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf{}");
    QTest::newRow("not JSON") << QByteArray("hello");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("large") << QByteArray(1'000'000, 'x');
}

void TestSend::bodiesAreNotTouched()
{
    QFETCH(const QByteArray, body);
    const QString file = m_cli->write(QStringLiteral("body.json"), body);
    for (const QString &source : {file, QStringLiteral("-")}) {
        m_cli->server.enqueue(FakeResponse::json(200, "{}"));
        const CliFixture::Outcome outcome = CliFixture::run(QStringLiteral("send /chat/completions --body"),
            QStringList {source} + m_cli->at(QStringLiteral("/v1")), body);
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        const FakeRequest &request = m_cli->server.requests().back();
        QCOMPARE(request.method, QByteArray("POST"));
        QCOMPARE(request.target, QByteArray("/v1/chat/completions"));
        QCOMPARE(request.header("Content-Type"), QByteArray("application/json"));
        QVERIFY(request.body == body);
    }
}

void TestSend::answersAreNotTouched()
{
    const QByteArray answer("\xff\xfe\0 {\"a\" : 1}\r\n", 14);
    m_cli->server.enqueue(FakeResponse::text(200, "application/octet-stream", answer));
    const CliFixture::Outcome outcome =
        CliFixture::run(QStringLiteral("send /anything"), m_cli->at(QStringLiteral("/v1")));
    QCOMPARE(outcome.code, 0);
    QVERIFY(outcome.out == answer);
    QCOMPARE(m_cli->server.requests().back().method, QByteArray("GET"));
}

void TestSend::keysGoWhereTheKindHasThem_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("azure") << QStringLiteral("azure") << QByteArray("api-key") << QByteArray("s3cret");
    QTest::newRow("azure bearer") << QStringLiteral("azure") << QByteArray("Authorization")
                                  << QByteArray("Bearer s3cret");
    QTest::newRow("openai") << QStringLiteral("openai") << QByteArray("Authorization") << QByteArray("Bearer s3cret");
    QTest::newRow("anthropic") << QStringLiteral("anthropic") << QByteArray("x-api-key") << QByteArray("s3cret");
    QTest::newRow("gemini") << QStringLiteral("gemini") << QByteArray("x-goog-api-key") << QByteArray("s3cret");
    QTest::newRow("cohere") << QStringLiteral("cohere") << QByteArray("Authorization") << QByteArray("Bearer s3cret");
}

void TestSend::keysGoWhereTheKindHasThem()
{
    QFETCH(const QString, kind);
    QFETCH(const QByteArray, header);
    m_cli->server.enqueue(FakeResponse::json(200, "{}"));
    const CliFixture::Outcome outcome =
        CliFixture::run(QStringLiteral("send /x --body - --key-env K --har %1 --kind %2")
                            .arg(m_cli->path(QStringLiteral("x.har")), kind),
            m_cli->at(QStringLiteral("/")), "{}", {{QStringLiteral("K"), QStringLiteral("s3cret")}});
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QTEST(m_cli->server.requests().at(0).header(header), "value");
    const QByteArray archive = m_cli->read(QStringLiteral("x.har"));
    QVERIFY(archive.contains(header) && !archive.contains("s3cret"));
}

void TestSend::aTokenCommandIsAsked()
{
    m_cli->server.enqueue(FakeResponse::json(200, "{}"));
    const CliFixture::Outcome outcome = CliFixture::run(QStringLiteral("send /info --kind azure --token-command"),
        QStringList {QStringLiteral("echo token-for-{scope}"), QStringLiteral("--token-scope"), QStringLiteral("s")}
            + m_cli->at(QStringLiteral("/")));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QCOMPARE(m_cli->server.requests().at(0).header("Authorization"), QByteArray("Bearer token-for-s"));
}

void TestSend::headersAndQueriesAreAdded()
{
    m_cli->server.enqueue(FakeResponse::json(200, "{}"));
    const CliFixture::Outcome outcome =
        CliFixture::run(QStringLiteral("send /x?a=1 --method delete --kind azure --api-version v9 --header"),
            QStringList {QStringLiteral("extra-parameters: pass-through"), QStringLiteral("--header"),
                QStringLiteral("Content-Type: text/plain")}
                + m_cli->at(QStringLiteral("/")));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const FakeRequest &request = m_cli->server.requests().at(0);
    QCOMPARE(request.method, QByteArray("DELETE"));
    QCOMPARE(request.path(), QByteArray("/x"));
    QVERIFY(request.target.contains("api-version=v9") && request.target.contains("a=1"));
    QCOMPARE(request.header("extra-parameters"), QByteArray("pass-through"));
    QCOMPARE(request.header("Content-Type"), QByteArray("text/plain"));
}

void TestSend::theBuiltInModelsAnswer()
{
    const CliFixture::Outcome outcome = CliFixture::run(QStringLiteral("send /chat/completions --body -"), {},
        R"({"model":"guide","messages":[{"role":"user","content":"What are extras?"}],"stream":true})");
    QCOMPARE(outcome.code, 0);
    QVERIFY(outcome.out.startsWith("data: {") && outcome.out.endsWith("data: [DONE]\n\n"));
}

void TestSend::interruptKeepsWhatArrived()
{
    m_cli->server.enqueue(FakeResponse::sse({"one"}).thenStall());
    QProcess process;
    QSignalSpy finished(&process, &QProcess::finished);
    QSignalSpy output(&process, &QProcess::readyReadStandardOutput);
    process.start(QStringLiteral(DIPTYCH_CLI),
        QStringList {QStringLiteral("send"), QStringLiteral("/x"), QStringLiteral("--record"),
            m_cli->path(QStringLiteral("x.json"))}
            + m_cli->at(QStringLiteral("/v1")));
    QVERIFY(output.wait(30'000));
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(finished.wait(30'000));
    QCOMPARE(process.exitCode(), 130);
    QCOMPARE(process.readAllStandardOutput(), QByteArray("data: one\n\n"));
    QVERIFY(m_cli->read(QStringLiteral("x.json")).contains("Cancelled"));
}

QTEST_GUILESS_MAIN(TestSend)
#include "tst_send.moc"
