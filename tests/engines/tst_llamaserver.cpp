// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/llamaserver.h"

#include "api/connections.h"
#include "engines/llamaendpoint.h"
#include "scriptedprovider.h"

#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace diptych;
using State = LlamaServer::State;

/// A zombie that nobody has asked about yet is as gone as one can be.
static bool isAlive(qint64 processId)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(processId));
    if (processId <= 0 || !file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray line = file.readAll();
    const char state = line.mid(line.lastIndexOf(')') + 2, 1).at(0);
    return state != 'Z' && state != 'X';
}

/// Against a program of ours that speaks enough of llama-server.
class TestLlamaServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aMissingProgramIsSaid();
    void badInputIsRefusedBeforeTheStart_data();
    void badInputIsRefusedBeforeTheStart();
    void anEarlyEndIsTold_data();
    void anEarlyEndIsTold();
    void aTakenPortIsTriedAgain();
    void noFreePortIsSaid();
    void anEndLaterIsTold();
    void readyMeansHealthy();
    void theKeyIsNotOnTheCommandLine();
    void stoppingWhileLoading();
    void whoDoesNotStopIsKilled();
    void childrenGoWithTheServer();
    void theServerGoesWithUs();
    void theServerGoesWhenWeAreKilled();
    void anEndpointIsThereWhileItRuns();

private:
    void start(const char *fake);
    [[nodiscard]] QString logText() const { return m_server->log().tail(EngineLog::maxLines).join(u'\n'); }
    [[nodiscard]] qint64 childOf() const
    {
        return logText().section(QStringLiteral("child: "), 1).section(u'\n', 0, 0).toLongLong();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_model;
    std::unique_ptr<LlamaServer> m_server;
};

void TestLlamaServer::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_model = m_folder->filePath(QStringLiteral("tiny.gguf"));
    QFile file(m_model);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("GGUF\x03");
    m_server = std::make_unique<LlamaServer>();
    m_server->setProgram(QStringLiteral(FAKE_LLAMA_SERVER));
    QCOMPARE(m_server->state(), State::Stopped);
}

void TestLlamaServer::cleanup()
{
    m_server.reset();
}

void TestLlamaServer::start(const char *fake)
{
    m_server->start({.modelFile = m_model, .arguments = {QStringLiteral("--fake"), QString::fromLatin1(fake)}});
}

void TestLlamaServer::aMissingProgramIsSaid()
{
    QSignalSpy changed(m_server.get(), &LlamaServer::stateChanged);
    m_server->setProgram(QStringLiteral("/no/such/llama-server"));
    QCOMPARE(m_server->state(), State::NotFound);
    QCOMPARE(changed.size(), 1);
    start("");
    QCOMPARE(m_server->state(), State::NotFound);
    QVERIFY(m_server->program().isEmpty());
}

void TestLlamaServer::badInputIsRefusedBeforeTheStart_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QString>("problem");
    QTest::newRow("no such file") << QByteArray() << QString() << QStringLiteral("There is no file");
    QTest::newRow("another format") << QByteArray("PK\x03\x04") << QString() << QStringLiteral("not a GGUF file");
    QTest::newRow("too short") << QByteArray("GG") << QString() << QStringLiteral("not a GGUF file");
    for (const char *argument : {"--host", "--port=80", "-m", "--model", "--api-key", "--api-key-file"}) {
        QTest::newRow(argument) << QByteArray("GGUF") << QString::fromLatin1(argument)
                                << QStringLiteral("is decided here");
    }
}

void TestLlamaServer::badInputIsRefusedBeforeTheStart()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, argument);
    QFETCH(QString, problem);
    const QString path = m_folder->filePath(QStringLiteral("other.gguf"));
    if (!content.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    m_server->start({.modelFile = path, .arguments = {argument}});
    QCOMPARE(m_server->state(), State::Failed);
    QVERIFY2(m_server->problem().contains(problem), qPrintable(m_server->problem()));
    QCOMPARE(m_server->processId(), qint64(0));
}

void TestLlamaServer::anEarlyEndIsTold_data()
{
    QTest::addColumn<QByteArray>("fake");
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("line");
    QTest::newRow("a model it can not load")
        << QByteArray("badmodel") << QStringLiteral("exit code 1") << QStringLiteral("unknown model architecture");
    QTest::newRow("a crash") << QByteArray("crash") << QStringLiteral("signal 11") << QStringLiteral("argument: crash");
}

void TestLlamaServer::anEarlyEndIsTold()
{
    QFETCH(QByteArray, fake);
    QFETCH(QString, how);
    QFETCH(QString, line);
    start(fake.constData());
    QCOMPARE(m_server->state(), State::Starting);
    QTRY_COMPARE(m_server->state(), State::Failed);
    QVERIFY2(m_server->problem().contains(how), qPrintable(m_server->problem()));
    // The last lines of the log say more than an exit code.
    QVERIFY2(logText().contains(line), qPrintable(logText()));
    if (fake == "badmodel")
        QVERIFY(m_server->problem().contains(line));
    // It can be tried again.
    start("");
    QTRY_COMPARE(m_server->state(), State::Ready);
    QVERIFY(m_server->problem().isEmpty());
}

void TestLlamaServer::aTakenPortIsTriedAgain()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    int picks = 0;
    m_server->setPortPicker([&] { return ++picks == 1 ? other.serverPort() : freeLoopbackPort(); });
    start("");
    QTRY_COMPARE(m_server->state(), State::Ready);
    QCOMPARE(picks, 2);
    QVERIFY(m_server->endpoint().baseUrl.port() != other.serverPort());
    m_server->stop();
    QTRY_COMPARE(m_server->state(), State::Stopped);
    picks = 0;
    m_server->setPortPicker([&] { return ++picks, other.serverPort(); });
    start("");
    QTRY_COMPARE(m_server->state(), State::Failed);
    QCOMPARE(picks, 3);
    QVERIFY(m_server->problem().contains(u"couldn't bind"));
}

void TestLlamaServer::noFreePortIsSaid()
{
    m_server->setPortPicker([] { return quint16(0); });
    start("");
    QCOMPARE(m_server->state(), State::Failed);
    QVERIFY(m_server->problem().contains(u"no free port"));
}

void TestLlamaServer::anEndLaterIsTold()
{
    start("");
    QTRY_COMPARE(m_server->state(), State::Ready);
    ::kill(pid_t(m_server->processId()), SIGKILL);
    QTRY_COMPARE(m_server->state(), State::Failed);
    QVERIFY2(
        m_server->problem().contains(u"stopped by itself. It was ended by signal 9"), qPrintable(m_server->problem()));
}

void TestLlamaServer::readyMeansHealthy()
{
    QSignalSpy changed(m_server.get(), &LlamaServer::stateChanged);
    m_server->start({.modelFile = m_model, .contextSize = 4096, .arguments = {QStringLiteral("a b; $(c)")}});
    QTRY_COMPARE(m_server->state(), State::Ready);
    QCOMPARE(changed.size(), 2);
    const QString log = logText();
    QVERIFY(log.contains(QStringLiteral("argument: --model\nargument: %1\n").arg(m_model)));
    QVERIFY(log.contains(u"argument: --ctx-size\nargument: 4096\n"));
    QVERIFY(log.contains(u"argument: a b; $(c)\n")); // no shell has seen it
    QVERIFY(log.contains(u"argument: --host\nargument: 127.0.0.1\n"));
    m_server->stop();
    QCOMPARE(m_server->state(), State::Stopping);
    QTRY_COMPARE(m_server->state(), State::Stopped);
    QCOMPARE(m_server->processId(), qint64(0));
}

void TestLlamaServer::theKeyIsNotOnTheCommandLine()
{
    start("");
    QTRY_COMPARE(m_server->state(), State::Ready);
    const QByteArray key = m_server->endpoint().credential.reveal();
    QCOMPARE(key.size(), 64);
    QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(m_server->processId()));
    QVERIFY(commandLine.open(QIODevice::ReadOnly));
    const QByteArray words = commandLine.readAll();
    QVERIFY(words.contains("tiny.gguf"));
    QVERIFY(!words.contains(key));
}

void TestLlamaServer::stoppingWhileLoading()
{
    start("never");
    QTRY_VERIFY(logText().contains(u"server is listening"));
    QCOMPARE(m_server->state(), State::Starting);
    m_server->stop();
    QTRY_COMPARE(m_server->state(), State::Stopped);
    start("");
    m_server->stop(); // before the program runs at all
    QTRY_COMPARE(m_server->state(), State::Stopped);
}

void TestLlamaServer::whoDoesNotStopIsKilled()
{
    m_server->setStopGrace(std::chrono::milliseconds(100));
    start("stubborn");
    QTRY_COMPARE(m_server->state(), State::Ready);
    const qint64 id = m_server->processId();
    m_server->stop();
    QTRY_COMPARE(m_server->state(), State::Stopped);
    QVERIFY(!isAlive(id));
}

void TestLlamaServer::childrenGoWithTheServer()
{
    start("children");
    QTRY_COMPARE(m_server->state(), State::Ready);
    const qint64 child = childOf();
    QVERIFY(isAlive(child));
    m_server->stop();
    QTRY_COMPARE(m_server->state(), State::Stopped);
    QTRY_VERIFY(!isAlive(child));
}

void TestLlamaServer::theServerGoesWithUs()
{
    start("children");
    QTRY_COMPARE(m_server->state(), State::Ready);
    const qint64 id = m_server->processId();
    const qint64 child = childOf();
    m_server.reset();
    QVERIFY(!isAlive(id));
    QTRY_VERIFY(!isAlive(child));
}

void TestLlamaServer::theServerGoesWhenWeAreKilled()
{
    QProcess owner;
    owner.start(QStringLiteral(ENGINE_OWNER), {QStringLiteral(FAKE_LLAMA_SERVER), m_model});
    QTRY_VERIFY(owner.canReadLine());
    const QList<QByteArray> ids = owner.readLine().trimmed().split(' ');
    QCOMPARE(ids.size(), 2);
    const qint64 server = ids.at(0).toLongLong();
    const qint64 child = ids.at(1).toLongLong();
    QVERIFY(isAlive(server));
    QVERIFY(isAlive(child));
    owner.kill(); // SIGKILL: nothing of ours runs after it
    QVERIFY(owner.waitForFinished());
    QTRY_VERIFY(!isAlive(server));
    QTRY_VERIFY(!isAlive(child));
}

void TestLlamaServer::anEndpointIsThereWhileItRuns()
{
    Connections connections([](const Endpoint &endpoint) { return std::make_unique<ScriptedProvider>(endpoint); });
    const LlamaEndpoint link(*m_server, connections);
    const QString id = QLatin1String(LlamaServer::endpointId);
    QSignalSpy models(&connections, &Connections::modelsChanged);
    start("");
    QVERIFY(!connections.find(id));
    QTRY_VERIFY(connections.find(id));
    const Endpoint endpoint = *connections.find(id);
    QCOMPARE(endpoint.name, QStringLiteral("tiny (llama-server)"));
    QCOMPARE(endpoint.kind, Endpoint::Kind::OpenAiCompatible);
    QCOMPARE(endpoint.variant, QStringLiteral("llamacpp"));
    QCOMPARE(endpoint.baseUrl.host(), QStringLiteral("127.0.0.1"));
    QTRY_COMPARE(models.size(), 1);
    m_server->stop();
    QVERIFY(!connections.find(id)); // at once, not when the process is gone
    QTRY_COMPARE(m_server->state(), State::Stopped);
}

QTEST_GUILESS_MAIN(TestLlamaServer)
#include "tst_llamaserver.moc"
