// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectionwarmer.h"

#include "models/conversation.h"
#include "scriptedprovider.h"

#include <QTest>

using namespace diptych;

class TestConnectionWarmer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void onePaneIsNoRace();
    void everyEndpointGetsWhatItNeeds();
    void keysInARowWarmOnce();
    void missingEndpointsAreNoMatter();

private:
    ScriptedProvider *provider(const char *id) const
    {
        return static_cast<ScriptedProvider *>(m_connections->provider(QString::fromLatin1(id)));
    }
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<Conversation> m_conversation;
};

static ModelRef model(const char *endpoint)
{
    return {QString::fromLatin1(endpoint), QStringLiteral("m")};
}

void TestConnectionWarmer::init()
{
    m_conversation.reset();
    m_connections = std::make_unique<Connections>(
        [](const Endpoint &endpoint) { return std::make_unique<ScriptedProvider>(endpoint); });
    m_connections->add({.id = QStringLiteral("a")});
    m_connections->add({.id = QStringLiteral("b")});
    m_conversation = std::make_unique<Conversation>(*m_connections, nullptr);
}

void TestConnectionWarmer::onePaneIsNoRace()
{
    ConnectionWarmer warmer(*m_conversation, *m_connections);
    warmer.promptEdited();
    m_conversation->startNew({model("a"), model("b")});
    m_conversation->setPaneSynced(QStringLiteral("p2"), false);
    warmer.promptEdited();
    QVERIFY(provider("a")->warmUps.empty());
    QVERIFY(provider("b")->warmUps.empty());
    m_conversation->setPaneSynced(QStringLiteral("p2"), true);
    warmer.promptEdited();
    QCOMPARE(provider("b")->warmUps, std::vector<int> {1});
}

void TestConnectionWarmer::everyEndpointGetsWhatItNeeds()
{
    m_conversation->startNew({model("a"), model("b"), model("a")});
    ConnectionWarmer(*m_conversation, *m_connections).promptEdited();
    QCOMPARE(provider("a")->warmUps, std::vector<int> {2});
    QCOMPARE(provider("b")->warmUps, std::vector<int> {1});
    QVERIFY(provider("a")->chats.empty());
}

void TestConnectionWarmer::keysInARowWarmOnce()
{
    m_conversation->startNew({model("a"), model("b")});
    ConnectionWarmer warmer(*m_conversation, *m_connections);
    for (int key = 0; key < 20; ++key)
        warmer.promptEdited();
    QCOMPARE(provider("a")->warmUps.size(), std::size_t(1));
}

void TestConnectionWarmer::missingEndpointsAreNoMatter()
{
    m_conversation->startNew({model("gone"), model("b")});
    ConnectionWarmer(*m_conversation, *m_connections).promptEdited();
    QCOMPARE(provider("b")->warmUps, std::vector<int> {1});
}

QTEST_GUILESS_MAIN(TestConnectionWarmer)
#include "tst_connectionwarmer.moc"
