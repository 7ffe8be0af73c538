// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gatewaysnippets.h"

#include "api/route.h"

#include <QTest>

using namespace diptych;

class TestGatewaySnippets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesOfModelsAreQuoted_data() { clients(); }
    void namesOfModelsAreQuoted();
    void snippetsLeadToTheGateway_data() { clients(); }
    void snippetsLeadToTheGateway();
    void addressesHaveTheirPaths();
    void exampleNamesFindTheirRoute_data();
    void exampleNamesFindTheirRoute();

private:
    static void clients()
    {
        QTest::addColumn<GatewayClient>("client");
        for (const GatewayClient client : gatewayClients())
            QTest::newRow(qPrintable(gatewayClientName(client))) << client;
    }
    const QUrl m_base {QStringLiteral("http://127.0.0.1:8089")};
};

void TestGatewaySnippets::namesOfModelsAreQuoted()
{
    QFETCH(GatewayClient, client);
    const QString code = gatewaySnippet(client, m_base, QStringLiteral("a\"%2'\\b"));
    QVERIFY2(
        code.contains(QStringLiteral("a\\\"%2'")) || code.contains(QStringLiteral("a\\\"%2'\\''")), qPrintable(code));
    QVERIFY(!code.contains(QStringLiteral("\"a\"")));
}

void TestGatewaySnippets::snippetsLeadToTheGateway()
{
    QFETCH(GatewayClient, client);
    const QString code = gatewaySnippet(client, m_base, QStringLiteral("gpt-4o"));
    QVERIFY(code.contains(QStringLiteral("127.0.0.1:8089")));
    QVERIFY(code.contains(QStringLiteral("\"gpt-4o\"")));
    QVERIFY(code.section(u'\n', 0, 0).contains(QStringLiteral("export DIPTYCH_KEY")));
    QVERIFY(code.count(QStringLiteral("DIPTYCH_KEY")) >= 2);
    QVERIFY(!code.contains(QStringLiteral("%1")) && !code.contains(QStringLiteral("%4")));
    const bool isOpenAi = client == GatewayClient::OpenAiPython || client == GatewayClient::OpenAiJavaScript
        || client == GatewayClient::Curl;
    QCOMPARE(code.contains(QStringLiteral("8089/v1")), isOpenAi);
}

void TestGatewaySnippets::addressesHaveTheirPaths()
{
    const std::vector<GatewayAddress> addresses = gatewayAddresses(m_base);
    QCOMPARE(addresses.size(), std::size_t(4));
    QCOMPARE(addresses[0], (GatewayAddress {QStringLiteral("OpenAI"), QStringLiteral("http://127.0.0.1:8089/v1")}));
    for (std::size_t i = 1; i < addresses.size(); ++i)
        QCOMPARE(addresses[i].url, QStringLiteral("http://127.0.0.1:8089"));
    QCOMPARE(gatewayAddresses(QUrl(QStringLiteral("http://[::1]:80/"))).back().url, QStringLiteral("http://[::1]:80"));
}

void TestGatewaySnippets::exampleNamesFindTheirRoute_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"*", "gpt-*", "*-mini", "a*b*c", "gpt-4o"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestGatewaySnippets::exampleNamesFindTheirRoute()
{
    QFETCH(QString, name);
    const QString example = exampleName(name);
    QVERIFY(!example.contains(u'*'));
    QVERIFY(matchesPattern(name, example));
}

QTEST_GUILESS_MAIN(TestGatewaySnippets)
#include "tst_gatewaysnippets.moc"
