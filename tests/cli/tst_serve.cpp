// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpSocket>
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
    void refusesAWrongKey();
    void takenPortIsFive();
    void endsOnSignals_data();
    void endsOnSignals();

private:
    QByteArray ask(const QByteArray &head);
    QByteArray log();

    std::unique_ptr<QProcess> m_process;
    QByteArray m_log;
    quint16 m_port = 0;
    QByteArray m_key;
};

void TestServe::init()
{
    m_log.clear();
    m_process = std::make_unique<QProcess>();
    m_process->start(QStringLiteral(DIPTYCH_CLI), {QStringLiteral("serve")});
    QTRY_VERIFY_WITH_TIMEOUT(log().contains('\n'), 30'000);
    static const QRegularExpression pattern(QStringLiteral("^serving http://127\\.0\\.0\\.1:(\\d+) .*key: (\\w+)\\)"));
    const QRegularExpressionMatch match = pattern.match(QString::fromUtf8(m_log));
    QVERIFY2(match.hasMatch(), m_log.constData());
    m_port = match.captured(1).toUShort();
    m_key = match.captured(2).toLatin1();
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

QByteArray TestServe::ask(const QByteArray &head)
{
    QTcpSocket socket;
    QSignalSpy left(&socket, &QTcpSocket::disconnected);
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
    socket.write(head + "\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\nConnection: close\r\n\r\n");
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

QTEST_GUILESS_MAIN(TestServe)
#include "tst_serve.moc"
