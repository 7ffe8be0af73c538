// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace diptych;

/// The program as scripts see it, against the built-in endpoint and a scripted server.
class TestCli : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void wrongUsageIsTwo_data();
    void wrongUsageIsTwo();
    void helpNamesExitCodes();
    void failuresHaveTheirCodes_data();
    void failuresHaveTheirCodes();
    void refusedConnectionIsFive();
    void keyComesFromTheEnvironment();
    void streamsText();
    void jsonLinesAreJson();
    void errorsAreJsonToo();
    void readsStandardInput();
    void interruptKeepsWhatArrived();
    void compareKeepsTheOrder();
    void compareGoesOnAfterAFailure();
    void embedWritesAVectorForEachLine();
    void similarityIsOneOnTheDiagonal();
    void listsModels();

private:
    struct Outcome {
        int code = -1;
        QByteArray out {};
        QByteArray err {};
    };
    Outcome run(const QStringList &arguments, const QByteArray &input = {});
    QStringList atServer(const QStringList &arguments) const;

    std::unique_ptr<FakeServer> m_server;
};

namespace {

std::vector<QJsonObject> jsonLines(const QByteArray &output)
{
    std::vector<QJsonObject> lines;
    const QList<QByteArray> texts = output.split('\n');
    for (const QByteArray &text : texts) {
        if (!text.isEmpty())
            lines.push_back(QJsonDocument::fromJson(text).object());
    }
    return lines;
}

QByteArray chunk(const QByteArray &text)
{
    return R"({"id":"1","model":"m","choices":[{"index":0,"delta":{"content":")" + text + R"("}}]})";
}

const QByteArray lastChunk = R"({"id":"1","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})";

} // namespace

void TestCli::init()
{
    m_server = std::make_unique<FakeServer>();
}

TestCli::Outcome TestCli::run(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(QStringLiteral(DIPTYCH_CLI), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (finished.isEmpty() && !finished.wait(60'000))
        return {};
    return {.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
        .out = process.readAllStandardOutput(),
        .err = process.readAllStandardError()};
}

QStringList TestCli::atServer(const QStringList &arguments) const
{
    return arguments
        + QStringList {QStringLiteral("--url"), m_server->url(QStringLiteral("/v1")).toString(),
            QStringLiteral("--kind"), QStringLiteral("openai"), QStringLiteral("--retries"), QStringLiteral("0")};
}

void TestCli::wrongUsageIsTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char *name, const char *line) {
        QTest::newRow(name) << QString::fromLatin1(line).split(u' ', Qt::SkipEmptyParts);
    };
    row("no command", "");
    row("unknown command", "sing");
    row("unknown option", "chat --loud hello");
    row("no prompt", "chat");
    row("two prompts", "chat hello there");
    row("not a number", "chat --temperature hot hello");
    row("not a whole number", "chat --max-tokens 1.5 hello");
    row("extra without a value", "chat --extra safe_prompt hello");
    row("unknown extras mode", "chat --extras keep hello");
    row("unknown kind", "chat --url http://127.0.0.1:1/v1 --kind magic hello");
    row("no URL", "chat --url ! hello");
    row("key variable that is not set", "chat --url http://127.0.0.1:1/v1 --key-env DIPTYCH_NO_SUCH_KEY hello");
    row("key without a URL", "chat --key-env HOME hello");
    row("compare with one model", "compare -m guide hello");
    row("unknown format", "embed --format int7 hello");
    row("port out of range", "serve --port 70000");
}

void TestCli::wrongUsageIsTwo()
{
    QFETCH(const QStringList, arguments);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.code, 2);
    QCOMPARE(outcome.out, QByteArray());
    QVERIFY2(outcome.err.startsWith("error: "), outcome.err.constData());
}

void TestCli::helpNamesExitCodes()
{
    for (const QString &line :
        {QStringLiteral("--help"), QStringLiteral("chat --help"), QStringLiteral("serve --help")}) {
        const Outcome outcome = run(line.split(u' '));
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.out.contains("130"));
    }
}

void TestCli::failuresHaveTheirCodes_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::newRow("401") << 401 << QByteArray(R"({"error":{"code":"401","message":"Access denied."}})") << 4;
    QTest::newRow("422") << 422
                         << QByteArray(R"({"error":{"code":"parameter_not_supported","message":"No such thing.",)"
                                       R"("param":"temperature"}})")
                         << 3;
    QTest::newRow("500") << 500 << QByteArray("oops") << 1;
    QTest::newRow("not JSON") << 200 << QByteArray("<html>") << 1;
}

void TestCli::failuresHaveTheirCodes()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    m_server->enqueue(FakeResponse::json(status, body));
    const Outcome outcome = run(atServer({QStringLiteral("chat"), QStringLiteral("hello")}));
    QTEST(outcome.code, "code");
    QCOMPARE(outcome.out, QByteArray());
    QVERIFY2(outcome.err.contains("error: "), outcome.err.constData());
}

void TestCli::refusedConnectionIsFive()
{
    m_server->close();
    const Outcome outcome = run({QStringLiteral("chat"), QStringLiteral("hello"), QStringLiteral("--url"),
        QStringLiteral("http://127.0.0.1:1/v1"), QStringLiteral("--retries"), QStringLiteral("0")});
    QCOMPARE(outcome.code, 5);
    QVERIFY2(outcome.err.contains("error: "), outcome.err.constData());
}

void TestCli::keyComesFromTheEnvironment()
{
    qputenv("DIPTYCH_TEST_KEY", "s3cret");
    m_server->enqueue(FakeResponse::sse({chunk("hi"), lastChunk, "[DONE]"}));
    const Outcome outcome = run(atServer({QStringLiteral("chat"), QStringLiteral("-m"), QStringLiteral("m"),
        QStringLiteral("--key-env"), QStringLiteral("DIPTYCH_TEST_KEY"), QStringLiteral("hello")}));
    qunsetenv("DIPTYCH_TEST_KEY");
    QCOMPARE(outcome.code, 0);
    QCOMPARE(m_server->requests().at(0).header("Authorization"), QByteArray("Bearer s3cret"));
    QVERIFY(!outcome.err.contains("s3cret"));
}

void TestCli::streamsText()
{
    m_server->enqueue(FakeResponse::sse({chunk("Hel"), chunk("lo"), lastChunk, "[DONE]"}));
    const Outcome outcome = run(atServer({QStringLiteral("chat"), QStringLiteral("-q"), QStringLiteral("hello")}));
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.out, QByteArray("Hello\n"));
}

void TestCli::jsonLinesAreJson()
{
    const Outcome outcome = run({QStringLiteral("chat"), QStringLiteral("--json"), QStringLiteral("What are extras?")});
    QCOMPARE(outcome.code, 0);
    const std::vector<QJsonObject> lines = jsonLines(outcome.out);
    QVERIFY(lines.size() > 2);
    QString text;
    for (const QJsonObject &line : lines) {
        if (line.value(u"type") == QStringLiteral("delta"))
            text += line.value(u"text").toString();
    }
    const QJsonObject last = lines.back();
    QCOMPARE(last.value(u"type").toString(), QStringLiteral("done"));
    QCOMPARE(last.value(u"text").toString(), text);
    QCOMPARE(last.value(u"usage").toObject().value(u"source").toString(), QStringLiteral("provider"));
    QVERIFY(last.value(u"metrics").toObject().value(u"ttft_ms").toDouble() > 0);
}

void TestCli::errorsAreJsonToo()
{
    const Outcome outcome = run({QStringLiteral("chat"), QStringLiteral("--json"), QStringLiteral("-m"),
        QStringLiteral("wordmap-256"), QStringLiteral("hello")});
    QCOMPARE(outcome.code, 3);
    const std::vector<QJsonObject> lines = jsonLines(outcome.out);
    QCOMPARE(lines.size(), std::size_t(1));
    QCOMPARE(lines[0].value(u"type").toString(), QStringLiteral("error"));
    QCOMPARE(lines[0].value(u"kind").toString(), QStringLiteral("Unsupported"));
    QVERIFY(lines[0].value(u"status").toInt() >= 400);
}

void TestCli::readsStandardInput()
{
    m_server->enqueue(FakeResponse::sse({chunk("ok"), lastChunk, "[DONE]"}));
    QCOMPARE(run(atServer({QStringLiteral("chat"), QStringLiteral("-")}), "from a pipe").code, 0);
    QVERIFY(m_server->requests().at(0).body.contains("from a pipe"));
}

void TestCli::interruptKeepsWhatArrived()
{
    m_server->enqueue(FakeResponse::sse({chunk("Hel")}).thenStall());
    QProcess process;
    QSignalSpy finished(&process, &QProcess::finished);
    QSignalSpy output(&process, &QProcess::readyReadStandardOutput);
    process.start(QStringLiteral(DIPTYCH_CLI), atServer({QStringLiteral("chat"), QStringLiteral("hello")}));
    QVERIFY(output.wait(30'000));
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(finished.wait(30'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
    QCOMPARE(process.readAllStandardOutput(), QByteArray("Hel\n"));
}

void TestCli::compareKeepsTheOrder()
{
    const Outcome outcome = run({QStringLiteral("compare"), QStringLiteral("What are extras?")});
    QCOMPARE(outcome.code, 0);
    const qsizetype first = outcome.out.indexOf("== 1  guide\n");
    const qsizetype second = outcome.out.indexOf("== 2  guide-brief\n");
    QVERIFY(first >= 0 && second > first);
    QCOMPARE(outcome.out.count("counted by the provider"), qsizetype(2));
}

void TestCli::compareGoesOnAfterAFailure()
{
    const Outcome outcome = run({QStringLiteral("compare"), QStringLiteral("-m"), QStringLiteral("wordmap-256"),
        QStringLiteral("-m"), QStringLiteral("guide-brief"), QStringLiteral("What are extras?")});
    QCOMPARE(outcome.code, 3);
    QVERIFY(outcome.err.contains("wordmap-256: error: "));
    QVERIFY(outcome.out.contains("counted by the provider"));
}

void TestCli::embedWritesAVectorForEachLine()
{
    const Outcome outcome = run({QStringLiteral("embed")}, "cat\n\ndog\n");
    QCOMPARE(outcome.code, 0);
    const std::vector<QJsonObject> lines = jsonLines(outcome.out);
    QCOMPARE(lines.size(), std::size_t(2));
    QCOMPARE(lines[1].value(u"text").toString(), QStringLiteral("dog"));
    QCOMPARE(lines[1].value(u"embedding").toArray().size(), qsizetype(256));
}

void TestCli::similarityIsOneOnTheDiagonal()
{
    const Outcome outcome = run({QStringLiteral("embed"), QStringLiteral("--similarity"), QStringLiteral("cat")});
    QCOMPARE(outcome.code, 0);
    QVERIFY2(outcome.out.contains("1.000  cat"), outcome.out.constData());
}

void TestCli::listsModels()
{
    const Outcome outcome = run({QStringLiteral("models")});
    QCOMPARE(outcome.code, 0);
    for (const char *model :
        {"guide ", "guide-brief", "babbler-5", "babbler-3", "wordmap-256", "wordmap-64", "palette"})
        QVERIFY2(outcome.out.contains(model), model);
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
