// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationknowledge.h"

#include "api/connections.h"
#include "scriptedprovider.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

class TestApplicationKnowledge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void damagedFilesAreTold();
    void failureToWriteIsTold();
    void survivesARestart();
    void otherServerForgets();

private:
    const ModelRef m_model {QStringLiteral("e"), QStringLiteral("m")};
    const CapabilityState m_refused {.state = CapabilityState::State::Refused};
};

void TestApplicationKnowledge::damagedFilesAreTold()
{
    const QTemporaryDir folder;
    for (const QString &name : {QStringLiteral("capabilities.json"), QStringLiteral("prices.json")}) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{");
    }
    std::vector<Error> errors;
    const ApplicationKnowledge knowledge(folder.path(), errors);
    QCOMPARE(errors.size(), std::size_t(2));
}

void TestApplicationKnowledge::failureToWriteIsTold()
{
    std::vector<Error> errors;
    ApplicationKnowledge knowledge(QStringLiteral("/proc/no/such/folder"), errors);
    const QSignalSpy failed(&knowledge, &ApplicationKnowledge::failed);
    knowledge.prices().setPrices({{.model = QStringLiteral("m")}});
    QCOMPARE(failed.count(), 1);
}

void TestApplicationKnowledge::survivesARestart()
{
    const QTemporaryDir folder;
    std::vector<Error> errors;
    {
        ApplicationKnowledge knowledge(folder.path(), errors);
        knowledge.book().note(m_model, QStringLiteral("seed"), m_refused);
        knowledge.prices().setPrices({{.model = QStringLiteral("m"), .input = 1.0}});
    }
    ApplicationKnowledge knowledge(folder.path(), errors);
    QVERIFY(errors.empty());
    QCOMPARE(knowledge.book().capabilities(m_model).size(), 1);
    QCOMPARE(knowledge.prices().prices().size(), std::size_t(1));
}

void TestApplicationKnowledge::otherServerForgets()
{
    const QTemporaryDir folder;
    std::vector<Error> errors;
    ApplicationKnowledge knowledge(folder.path(), errors);
    Connections connections([](const Endpoint &endpoint) { return std::make_unique<ScriptedProvider>(endpoint); });
    knowledge.follow(connections);
    Endpoint endpoint {.id = QStringLiteral("e"), .baseUrl = QUrl(QStringLiteral("https://one.example.com"))};
    connections.add(endpoint);
    knowledge.book().note(m_model, QStringLiteral("seed"), m_refused);
    endpoint.name = QStringLiteral("another name");
    connections.update(endpoint);
    QCOMPARE(knowledge.book().entries().size(), std::size_t(1));
    endpoint.baseUrl = QUrl(QStringLiteral("https://two.example.com"));
    connections.update(endpoint);
    QVERIFY(knowledge.book().entries().empty());
    knowledge.book().note(m_model, QStringLiteral("seed"), m_refused);
    connections.remove(QStringLiteral("e"));
    QVERIFY(knowledge.book().entries().empty());
}

QTEST_MAIN(TestApplicationKnowledge)
#include "tst_applicationknowledge.moc"
