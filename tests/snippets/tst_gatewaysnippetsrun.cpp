// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gatewaysnippets.h"

#include "fakeserver.h"
#include "snippetrunner.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace diptych;

/// Runs what the Gateway page offers where the client is at hand; the others are only parsed.
class TestGatewaySnippetsRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void curlAsksTheGateway();
    void installedClientsAskTheGateway_data();
    void installedClientsAskTheGateway();
    void theOthersAreParsed_data();
    void theOthersAreParsed();

private:
    void check(const ProgramResult &result, const QByteArray &target) const;
    [[nodiscard]] QString code(GatewayClient client) const
    {
        return gatewaySnippet(client, m_server->url(QString()), QStringLiteral("it's \"m\" $HOME"));
    }

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<SnippetRunner> m_runner;
};

void TestGatewaySnippetsRun::init()
{
    m_server = std::make_unique<FakeServer>();
    m_runner = std::make_unique<SnippetRunner>();
    m_server->enqueue(FakeResponse::json(200,
        "{\"id\":\"1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,"
        "\"message\":{\"role\":\"assistant\",\"content\":\"I am\"}}]}"));
}

void TestGatewaySnippetsRun::check(const ProgramResult &result, const QByteArray &target) const
{
    QVERIFY2(result.isDone, result.errors.constData());
    QVERIFY2(result.output.contains("I am"), result.output.constData());
    QCOMPARE(m_server->requests().size(), std::size_t(1));
    const FakeRequest &request = m_server->requests().front();
    QCOMPARE(request.target, target);
    QCOMPARE(request.header("authorization"), QByteArray("Bearer ") + SnippetRunner::key);
    const QByteArray quoted = "\"it's \\\"m\\\" $HOME\"";
    QVERIFY2(request.body.contains(quoted), request.body.constData());
}

void TestGatewaySnippetsRun::curlAsksTheGateway()
{
    if (QByteArray(SNIPPET_CURL).isEmpty())
        QSKIP("curl is not on this machine");
    const QString script = m_runner->write(QStringLiteral("call.sh"), code(GatewayClient::Curl));
    check(m_runner->run(QStringLiteral("/bin/sh"), {script}), "/v1/chat/completions");
}

void TestGatewaySnippetsRun::installedClientsAskTheGateway_data()
{
    QTest::addColumn<GatewayClient>("client");
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("openai") << GatewayClient::OpenAiJavaScript << QByteArray("/v1/chat/completions");
    QTest::newRow("azure") << GatewayClient::AzureJavaScript
                           << QByteArray("/chat/completions?api-version=2024-05-01-preview");
}

void TestGatewaySnippetsRun::installedClientsAskTheGateway()
{
    QFETCH(GatewayClient, client);
    QFETCH(QByteArray, target);
    if (QByteArray(SNIPPET_NODE).isEmpty())
        QSKIP("Node.js is not on this machine");
    if (!QDir(QStringLiteral(SNIPPET_CLIENTS "/node_modules")).exists())
        QSKIP("the clients are not installed; tests/contract does that");
    // Modules are looked up from where the file is.
    const QString script =
        m_runner->write(QStringLiteral("gateway.mjs"), code(client), QStringLiteral(SNIPPET_CLIENTS));
    const ProgramResult result = m_runner->run(QStringLiteral(SNIPPET_NODE), {script});
    QFile::remove(script);
    check(result, target);
}

void TestGatewaySnippetsRun::theOthersAreParsed_data()
{
    QTest::addColumn<GatewayClient>("client");
    for (const GatewayClient client : gatewayClients()) {
        if (client != GatewayClient::Curl)
            QTest::newRow(qPrintable(gatewayClientName(client))) << client;
    }
}

void TestGatewaySnippetsRun::theOthersAreParsed()
{
    QFETCH(GatewayClient, client);
    const bool isPython = gatewayClientLanguage(client) == QLatin1String("python");
    const QString program = isPython ? QStringLiteral(SNIPPET_PYTHON) : QStringLiteral(SNIPPET_NODE);
    if (program.isEmpty())
        QSKIP("the language is not on this machine");
    const QString script =
        m_runner->write(isPython ? QStringLiteral("call.py") : QStringLiteral("call.mjs"), code(client));
    const ProgramResult result = m_runner->run(program,
        isPython ? QStringList {QStringLiteral("-m"), QStringLiteral("py_compile"), script}
                 : QStringList {QStringLiteral("--check"), script});
    QVERIFY2(result.isDone, result.errors.constData());
}

QTEST_GUILESS_MAIN(TestGatewaySnippetsRun)
#include "tst_gatewaysnippetsrun.moc"
