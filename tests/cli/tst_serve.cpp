// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

/// diptych-cli serve, as another program sees it.
class TestServe : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void answersAndLogs();
    void namesThatClientsChooseStayOnTheirLine();
    void refusesAWrongKey();
    void takenPortIsFive();
    void endsOnSignals_data();
    void endsOnSignals();
    void answersWhatIsUnderWayBeforeItEnds();
    void aSecondSignalEndsAtOnce();
    void aFileBringsRoutes();
    void mistakesInTheFileAreNamed_data();
    void mistakesInTheFileAreNamed();
    void otherMachinesHaveToBeAllowed();
    void theFaultyModelIsServed();

private:
    void serve(const QStringList &arguments);
    [[nodiscard]] QByteArray chat(const QByteArray &body);
    QByteArray ask(const QByteArray &head, const QByteArray &body = {});
    QByteArray log();

    std::unique_ptr<QProcess> m_process;
    QByteArray m_log;
    quint16 m_port = 0;
    QByteArray m_key;
};

void TestServe::init()
{
    serve({});
}

void TestServe::serve(const QStringList &arguments)
{
    m_log.clear();
    m_process = std::make_unique<QProcess>();
    m_process->start(QStringLiteral(DIPTYCH_CLI), QStringList {QStringLiteral("serve")} + arguments);
    QTRY_VERIFY_WITH_TIMEOUT(log().contains("serving ") && log().endsWith('\n'), 30'000);
    static const QRegularExpression pattern(QStringLiteral("serving http://127\\.0\\.0\\.1:(\\d+) .*key: (\\w+)\\)"));
    const QRegularExpressionMatch match = pattern.match(QString::fromUtf8(m_log));
    QVERIFY2(match.hasMatch(), m_log.constData());
    m_port = match.captured(1).toUShort();
    m_key = match.captured(2).toLatin1();
}

QByteArray TestServe::chat(const QByteArray &body)
{
    return ask("POST /v1/chat/completions HTTP/1.1\r\nContent-Length: " + QByteArray::number(body.size())
            + "\r\napi-key: " + m_key,
        body);
}

void TestServe::cleanup()
{
    m_process->kill();
    m_process->waitForFinished();
}

QByteArray TestServe::log()
{
    m_log += m_process->readAllStandardError();
    return m_log;
}

QByteArray TestServe::ask(const QByteArray &head, const QByteArray &body)
{
    QTcpSocket socket;
    QSignalSpy left(&socket, &QTcpSocket::disconnected);
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
    socket.write(head + "\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\nConnection: close\r\n\r\n" + body);
    if (left.isEmpty() && !left.wait(30'000))
        return {};
    return socket.readAll();
}

void TestServe::answersAndLogs()
{
    const QByteArray answer = ask("GET /info?model=guide&api-version=2025-04-01 HTTP/1.1\r\napi-key: " + m_key);
    QVERIFY2(answer.startsWith("HTTP/1.1 200 "), answer.constData());
    QVERIFY(answer.contains("\"model_name\":\"guide\""));
    QTRY_VERIFY(log().contains("GET /info guide 200 "));
}

void TestServe::namesThatClientsChooseStayOnTheirLine()
{
    const QByteArray answer =
        chat(R"({"model":"a\nGET /forged\u001b[2J","messages":[{"role":"user","content":"Hi"}]})");
    QVERIFY2(answer.startsWith("HTTP/1.1 404 "), answer.constData());
    QTRY_VERIFY(log().contains("a\\u000aGET /forged\\u001b[2J 404 "));
    QVERIFY(!log().contains('\x1b'));
    QVERIFY(!log().contains("\nGET /forged"));
}

void TestServe::refusesAWrongKey()
{
    const QByteArray answer = ask("GET /info HTTP/1.1\r\napi-key: wrong");
    QVERIFY2(answer.startsWith("HTTP/1.1 401 "), answer.constData());
    QTRY_VERIFY(log().contains("GET /info - 401 "));
}

void TestServe::takenPortIsFive()
{
    QProcess second;
    QSignalSpy finished(&second, &QProcess::finished);
    second.start(
        QStringLiteral(DIPTYCH_CLI), {QStringLiteral("serve"), QStringLiteral("--port"), QString::number(m_port)});
    QVERIFY(finished.wait(30'000));
    QCOMPARE(second.exitCode(), 5);
}

void TestServe::endsOnSignals_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void TestServe::endsOnSignals()
{
    QFETCH(const int, number);
    QSignalSpy finished(m_process.get(), &QProcess::finished);
    ::kill(static_cast<pid_t>(m_process->processId()), number);
    QVERIFY(finished.wait(30'000));
    QCOMPARE(m_process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_process->exitCode(), 0);
}

void TestServe::answersWhatIsUnderWayBeforeItEnds()
{
    QTcpSocket socket;
    QSignalSpy left(&socket, &QTcpSocket::disconnected);
    QSignalSpy finished(m_process.get(), &QProcess::finished);
    const QByteArray body = R"({"model":"guide-brief","stream":true,"tokens_per_second":60,)"
                            R"("messages":[{"role":"user","content":"What are extras?"}]})";
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
    socket.write(
        "POST /v1/chat/completions HTTP/1.1\r\nConnection: close\r\nHost: 127.0.0.1:" + QByteArray::number(m_port)
        + "\r\napi-key: " + m_key + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QTRY_VERIFY(socket.bytesAvailable() > 0);
    ::kill(static_cast<pid_t>(m_process->processId()), SIGTERM);
    QTRY_VERIFY(log().contains("answering 1 more"));
    QVERIFY(left.wait(30'000) || !left.isEmpty());
    QVERIFY(socket.readAll().contains("[DONE]"));
    QVERIFY(!finished.isEmpty() || finished.wait(30'000));
    QCOMPARE(m_process->exitCode(), 0);
}

void TestServe::aSecondSignalEndsAtOnce()
{
    QTcpSocket socket;
    QSignalSpy finished(m_process.get(), &QProcess::finished);
    const QByteArray body = R"({"model":"guide","stream":true,"tokens_per_second":1,)"
                            R"("messages":[{"role":"user","content":"What are extras?"}]})";
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
    socket.write("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port)
        + "\r\napi-key: " + m_key + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QTRY_VERIFY(socket.bytesAvailable() > 0);
    ::kill(static_cast<pid_t>(m_process->processId()), SIGTERM);
    QTRY_VERIFY(log().contains("answering 1 more"));
    QVERIFY(finished.isEmpty());
    ::kill(static_cast<pid_t>(m_process->processId()), SIGTERM);
    QVERIFY(!finished.isEmpty() || finished.wait(30'000));
}

void TestServe::aFileBringsRoutes()
{
    cleanup();
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("gateway.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"port": 0, "recordings": "kept",
        "endpoints": [{"id": "nobody", "url": "http://127.0.0.1:9/v1", "kind": "openai", "retries": 0}],
        "routes": [{"name": "gpt-4o", "target": "nobody/x", "fallbacks": ["builtin/guide-brief"]},
            {"name": "taped", "target": "builtin/guide-brief", "tape": "record"},
            {"name": "shadowed", "target": "builtin/guide-brief", "shadow": "builtin/guide"}]})");
    file.close();
    serve({QStringLiteral("--config"), file.fileName()});
    const QByteArray question = R"("messages":[{"role":"user","content":"What are extras?"}]})";
    const QByteArray answer = chat(R"({"model":"gpt-4o",)" + question);
    QVERIFY2(answer.startsWith("HTTP/1.1 200 ") && answer.contains("Extras"), answer.constData());
    QTRY_VERIFY(log().contains("POST /v1/chat/completions gpt-4o 200 "));
    QVERIFY(chat(R"({"model":"taped",)" + question).startsWith("HTTP/1.1 200 "));
    QCOMPARE(QDir(folder.filePath(QStringLiteral("kept/taped"))).entryList(QDir::Files).size(), 1);
    QVERIFY(chat(R"({"model":"unknown",)" + question).startsWith("HTTP/1.1 404 "));
    QVERIFY(chat(R"({"model":"shadowed",)" + question).startsWith("HTTP/1.1 200 "));
    QFile pairs(folder.filePath(QStringLiteral("kept/shadows.jsonl")));
    QTRY_VERIFY(pairs.exists() && pairs.size() > 0);
    QVERIFY(pairs.open(QIODevice::ReadOnly));
    const QJsonObject pair = QJsonDocument::fromJson(pairs.readLine()).object();
    QCOMPARE(pair.value(u"served")[u"model"].toString(), QStringLiteral("builtin/guide-brief"));
    QCOMPARE(pair.value(u"shadow")[u"model"].toString(), QStringLiteral("builtin/guide"));
    QVERIFY(pair.value(u"shadow")[u"text"].toString().contains(u"Extras"));
}

void TestServe::mistakesInTheFileAreNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("no JSON") << QByteArray("{") << QByteArray("not JSON");
    QTest::newRow("unknown member") << QByteArray(R"({"prot": 1})") << QByteArray("prot");
    QTest::newRow("no such endpoint") << QByteArray(R"({"routes": [{"name": "a", "target": "b/c"}]})")
                                      << QByteArray("\"b\"");
    QTest::newRow("unset variable") << QByteArray(R"({"keyEnv": "DIPTYCH_TEST_UNSET"})")
                                    << QByteArray("DIPTYCH_TEST_UNSET");
    QTest::newRow("unknown member of an endpoint")
        << QByteArray(R"({"endpoints": [{"id": "a", "url": "http://127.0.0.1:9/v1", "key": "secret"}]})")
        << QByteArray("endpoints[1].key");
    QTest::newRow("two of a name") << QByteArray(
        R"({"endpoints": [{"id": "a", "url": "http://127.0.0.1:9/v1", "kind": "openai"},)"
        R"({"id": "a", "url": "http://127.0.0.1:9/v1", "kind": "openai"}]})")
                                   << QByteArray("endpoints[2].id");
    const auto typed = [](const char *text, const char *named) {
        QTest::addRow("wrong type of %s", named) << QByteArray(text) << QByteArray(named);
    };
    typed(R"({"prices": {}})", "prices: ");
    typed(R"({"keyEnv": 5})", "keyEnv: ");
    typed(R"({"endpoints": {}})", "endpoints: ");
    typed(R"({"recordings": true})", "recordings: ");
    typed(R"({"port": 80.5})", "port: ");
    typed(R"({"prices": [{"model": "m", "currency": 5}]})", "prices[1].currency: ");
    typed(R"({"prices": [{"model": "m", "ouput": 5}]})", "prices[1].ouput: ");
    const auto ofEndpoint = [](const char *member, const char *named) {
        QTest::addRow("endpoint with %s", member)
            << QByteArray(R"({"endpoints": [{"id": "a", "url": "http://127.0.0.1:9/v1", "kind": "openai", )") + member
                + "}]}"
            << QByteArray("endpoints[1].") + named;
    };
    ofEndpoint(R"("keyEnv": 5)", "keyEnv: ");
    ofEndpoint(R"("timeout": "30")", "timeout: ");
    ofEndpoint(R"("headers": ["x"])", "headers: ");
    ofEndpoint(R"("headers": {"x-a": 5})", "headers.x-a: ");
    ofEndpoint(R"("retries": "2")", "retries: ");
    ofEndpoint(R"("retries": 21)", "retries: ");
    ofEndpoint(R"("adaptation": true)", "adaptation: ");
    QTest::newRow("bad price") << QByteArray(R"({"prices": [{"input": 1}]})") << QByteArray("prices[1]");
}

void TestServe::mistakesInTheFileAreNamed()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, named);
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("gateway.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    QProcess process;
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(QStringLiteral(DIPTYCH_CLI), {QStringLiteral("serve"), QStringLiteral("--config"), file.fileName()});
    QVERIFY(finished.wait(30'000));
    QVERIFY(process.exitCode() != 0);
    const QByteArray output = process.readAllStandardError();
    QVERIFY2(output.contains(named), output.constData());
}

void TestServe::otherMachinesHaveToBeAllowed()
{
    QProcess process;
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(
        QStringLiteral(DIPTYCH_CLI), {QStringLiteral("serve"), QStringLiteral("--listen"), QStringLiteral("0.0.0.0")});
    QVERIFY(finished.wait(30'000));
    QVERIFY(process.exitCode() != 0);
    QVERIFY(process.readAllStandardError().contains("other machines"));
}

void TestServe::theFaultyModelIsServed()
{
    const QByteArray answer = chat(R"({"model":"faulty","fault":"error","messages":[{"role":"user","content":"Hi"}]})");
    QVERIFY2(answer.startsWith("HTTP/1.1 500 "), answer.constData());
    QTRY_VERIFY(log().contains("POST /v1/chat/completions faulty 500 "));
}

QTEST_GUILESS_MAIN(TestServe)
#include "tst_serve.moc"
