// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/localservers.h"

#include "scriptedprovider.h"

#include <QSignalSpy>
#include <QTest>

using namespace diptych;

static std::vector<ProviderDescriptor> descriptors()
{
    return {{.name = QStringLiteral("ollama"),
        .displayName = QStringLiteral("Ollama"),
        .baseUrl = QStringLiteral("http://localhost:11434"),
        .localPort = 11434}};
}

class TestLocalServers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nobodyAnswers();
    void onlyServersThatListModelsAreFound();
    void knownServersAreNotAsked();
    void theQuestionIsShortAndDirect();
    void destroyingInTheMiddleIsFine();

private:
    [[nodiscard]] Connections::ProviderFactory factory();

    std::vector<Endpoint> m_asked;
    std::vector<int> m_openPorts;
};

void TestLocalServers::init()
{
    m_asked.clear();
    m_openPorts.clear();
}

Connections::ProviderFactory TestLocalServers::factory()
{
    return [this](const Endpoint &endpoint) {
        m_asked.push_back(endpoint);
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        const bool isOpen =
            std::find(m_openPorts.begin(), m_openPorts.end(), endpoint.baseUrl.port()) != m_openPorts.end();
        if (isOpen)
            provider->models = {{.id = QStringLiteral("a")}, {.id = QStringLiteral("b")}};
        else
            provider->listError = Error {.kind = Error::Kind::Network};
        return provider;
    };
}

void TestLocalServers::nobodyAnswers()
{
    LocalServers servers(factory(), descriptors());
    QSignalSpy found(&servers, &LocalServers::found);
    QSignalSpy finished(&servers, &LocalServers::finished);
    servers.search();
    QVERIFY(finished.wait());
    QCOMPARE(found.count(), 0);
    QCOMPARE(finished.count(), 1);
    QCOMPARE(m_asked.size(), size_t(4));
}

void TestLocalServers::onlyServersThatListModelsAreFound()
{
    m_openPorts = {11434};
    LocalServers servers(factory(), descriptors());
    QSignalSpy found(&servers, &LocalServers::found);
    QSignalSpy finished(&servers, &LocalServers::finished);
    servers.search();
    QVERIFY(finished.wait());
    QCOMPARE(found.count(), 1);
    const auto endpoint = found.at(0).at(0).value<Endpoint>();
    QCOMPARE(endpoint.name, QStringLiteral("Ollama"));
    QCOMPARE(endpoint.baseUrl.toString(), QStringLiteral("http://127.0.0.1:11434"));
    QCOMPARE(endpoint.kind, Endpoint::Kind::Native);
    QCOMPARE(endpoint.native, QStringLiteral("ollama"));
    QCOMPARE(endpoint.connection, ConnectionOptions {});
    QVERIFY(endpoint.id.isEmpty());
    QCOMPARE(found.at(0).at(1).toInt(), 2);
}

void TestLocalServers::knownServersAreNotAsked()
{
    LocalServers servers(factory(), descriptors());
    QSignalSpy finished(&servers, &LocalServers::finished);
    servers.search(
        {QUrl(QStringLiteral("http://localhost:11434/v1")), QUrl(QStringLiteral("http://192.168.0.2:8000/v1"))});
    QVERIFY(finished.wait());
    QCOMPARE(m_asked.size(), size_t(3));
    for (const Endpoint &endpoint : m_asked)
        QVERIFY(endpoint.baseUrl.port() != 11434);
}

void TestLocalServers::theQuestionIsShortAndDirect()
{
    LocalServers servers(factory(), descriptors());
    servers.search();
    for (const Endpoint &endpoint : m_asked) {
        QVERIFY(endpoint.connection.deadlines.connect <= std::chrono::seconds(1));
        QCOMPARE(endpoint.connection.retry.maxRetries, 0);
        QVERIFY(endpoint.connection.proxy.mode == ProxyOptions::Mode::None);
    }
}

void TestLocalServers::destroyingInTheMiddleIsFine()
{
    m_openPorts = {11434, 8080, 1234, 8000};
    auto servers = std::make_unique<LocalServers>(factory(), descriptors());
    QObject context;
    int found = 0;
    connect(servers.get(), &LocalServers::found, &context, [&] {
        ++found;
        servers.reset();
    });
    servers->search();
    QTRY_COMPARE(found, 1);
    QVERIFY(!servers);
}

QTEST_GUILESS_MAIN(TestLocalServers)
#include "tst_localservers.moc"
