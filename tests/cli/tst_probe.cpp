// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;

/// The probe as scripts see it: a server that refuses, and the built-in models.
class TestProbe : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wrongUsageIsTwo_data();
    void wrongUsageIsTwo();
    void planAsksNothing();
    void rateLimitKeepsWhatWasFound();
    void refusedKeyIsFour();
    void refusalsOfAServer();
    void builtInModel();

private:
    struct Outcome {
        int code = -1;
        QByteArray out {};
        QByteArray err {};
    };
    static Outcome run(const QStringList &arguments);
    static QStringList at(const FakeServer &server, const QStringList &arguments);
};

namespace {

FakeResponse models()
{
    return FakeResponse::json(200, R"({"object": "list", "data": [{"id": "m", "object": "model"}]})");
}

FakeResponse answer()
{
    return FakeResponse::json(200,
        R"({"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [{"index": 0,
            "message": {"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}]})");
}

} // namespace

TestProbe::Outcome TestProbe::run(const QStringList &arguments)
{
    QProcess process;
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(QStringLiteral(DIPTYCH_CLI), QStringList {QStringLiteral("probe")} + arguments);
    process.closeWriteChannel();
    if (finished.isEmpty() && !finished.wait(60'000))
        return {};
    return {.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
        .out = process.readAllStandardOutput(),
        .err = process.readAllStandardError()};
}

QStringList TestProbe::at(const FakeServer &server, const QStringList &arguments)
{
    return arguments
        + QStringList {QStringLiteral("-m"), QStringLiteral("m"), QStringLiteral("--url"),
            server.url(QStringLiteral("/v1")).toString(), QStringLiteral("--kind"), QStringLiteral("openai")};
}

void TestProbe::wrongUsageIsTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("an argument") << QStringList {QStringLiteral("hello")};
    QTest::newRow("no such question") << QStringList {QStringLiteral("--only"), QStringLiteral("tools,singing")};
}

void TestProbe::wrongUsageIsTwo()
{
    QFETCH(QStringList, arguments);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.startsWith("error: "), outcome.err.constData());
}

void TestProbe::planAsksNothing()
{
    FakeServer server;
    server.enqueue(models());
    const Outcome outcome = run(at(server, {QStringLiteral("--only"), QStringLiteral("tools,seed")}));
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.out.count('\n'), 2);
    QVERIFY2(outcome.err.contains("not known"), outcome.err.constData());
    QCOMPARE(server.requests().size(), std::size_t(1));
}

void TestProbe::rateLimitKeepsWhatWasFound()
{
    FakeServer server;
    server.enqueue(models());
    server.enqueue(answer());
    server.enqueue(FakeResponse::json(429, R"({"error": {"message": "slow down"}})").header("Retry-After", "60"));
    const Outcome outcome =
        run(at(server, {QStringLiteral("--yes"), QStringLiteral("--only"), QStringLiteral("chat,tools,seed")}));
    QCOMPARE(outcome.code, 1);
    QCOMPARE(outcome.out.count('\n'), 1);
    QVERIFY(outcome.out.startsWith("supported"));
    QVERIFY2(outcome.err.contains("slow down"), outcome.err.constData());
}

void TestProbe::refusedKeyIsFour()
{
    FakeServer server;
    server.enqueue(FakeResponse::json(401, R"({"error": {"message": "no such key"}})"));
    const Outcome outcome = run(at(server, {QStringLiteral("--yes")}));
    QCOMPARE(outcome.code, 4);
    QCOMPARE(outcome.out, QByteArray());
}

void TestProbe::refusalsOfAServer()
{
    FakeServer server;
    server.enqueue(models());
    server.enqueue(answer());
    server.enqueue(FakeResponse::json(422,
        R"({"status": 422, "code": "parameter_not_supported", "detail": {"loc": ["body", "tools"]}, "message": "No."})"));
    server.enqueue(FakeResponse::json(404, R"({"error": {"code": "404", "message": "Resource not found"}})"));
    const Outcome outcome = run(at(server,
        {QStringLiteral("--yes"), QStringLiteral("--json"), QStringLiteral("--only"),
            QStringLiteral("chat,tools,text_embeddings,dimensions")}));
    QCOMPARE(outcome.code, 0);
    const QList<QByteArray> lines = outcome.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 3); // dimensions rest on embeddings, which are refused
    const char *const expected[] {"supported", "refused", "refused"};
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QJsonObject line = QJsonDocument::fromJson(lines[i]).object();
        QCOMPARE(line[QStringLiteral("state")].toString(), QLatin1String(expected[i]));
        QVERIFY(!line[QStringLiteral("evidence")].toString().isEmpty());
    }
}

void TestProbe::builtInModel()
{
    const Outcome outcome = run({QStringLiteral("--yes"), QStringLiteral("-m"), QStringLiteral("guide")});
    QCOMPARE(outcome.code, 0);
    for (const char *line :
        {"supported  tools ", "supported  json_schema ", "refused    images ", "refused    logprobs "})
        QVERIFY2(outcome.out.contains(line), outcome.out.constData());
}

QTEST_GUILESS_MAIN(TestProbe)
#include "tst_probe.moc"
