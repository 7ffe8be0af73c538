// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/servervariant.h"

#include <QTest>

using namespace diptych;

class TestServerVariant : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void variant_data();
    void variant();
    void findsByName();

private:
    const ProviderDescriptor m_descriptor {.name = QStringLiteral("p"),
        .variants = {{.name = QStringLiteral("cloud"), .hosts = {QStringLiteral("api.cloud.example")}},
            {.name = QStringLiteral("box"), .localPort = 8080, .ownedBy = {QStringLiteral("boxer")}},
            {.name = QStringLiteral("crate"), .localPort = 8000, .ownedBy = {QStringLiteral("crate")}}}};
};

void TestServerVariant::variant_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("set");
    QTest::addColumn<QString>("owner");
    QTest::addColumn<QString>("variant");
    QTest::addColumn<QString>("certain");
    const auto row = [](const char *url, const char *set, const char *owner, const char *variant, const char *certain) {
        QTest::addRow("%s %s %s", url, set, owner)
            << QString::fromLatin1(url) << QString::fromLatin1(set) << QString::fromLatin1(owner)
            << QString::fromLatin1(variant) << QString::fromLatin1(certain);
    };
    row("https://elsewhere.example/v1", "", "", "", "");
    row("https://elsewhere.example:8080/v1", "", "", "", "");
    row("https://api.cloud.example.evil.example", "", "", "", "");
    row("https://api.cloud.example/v1", "", "", "cloud", "cloud");
    row("https://api.cloud.example/v1", "box", "crate", "box", "box");
    row("https://api.cloud.example/v1", "", "crate", "cloud", "cloud");
    row("http://localhost:8080/v1", "", "", "box", "");
    row("http://192.168.1.7:8000", "", "", "crate", "");
    row("http://localhost:8080/v1", "", "crate", "crate", "");
    row("http://localhost:8080/v1", "", "somebody", "box", "");
    row("https://elsewhere.example/v1", "", "boxer", "box", "");
    row("http://localhost/v1", "", "", "", "");
}

void TestServerVariant::variant()
{
    QFETCH(const QString, url);
    QFETCH(const QString, set);
    QFETCH(const QString, owner);
    Endpoint endpoint;
    endpoint.baseUrl = QUrl(url);
    endpoint.variant = set;
    const std::vector<ModelDescription> models {
        {.id = QStringLiteral("a")}, {.id = QStringLiteral("b"), .ownedBy = owner}};
    QTEST(variantOf(m_descriptor, endpoint, models), "variant");
    QTEST(certainVariant(m_descriptor, endpoint), "certain");
}

void TestServerVariant::findsByName()
{
    QCOMPARE(findVariant(m_descriptor, QStringLiteral("crate"))->localPort, 8000);
    QVERIFY(!findVariant(m_descriptor, QStringLiteral("none")));
    QVERIFY(!findVariant(m_descriptor, {}));
}

QTEST_GUILESS_MAIN(TestServerVariant)
#include "tst_servervariant.moc"
