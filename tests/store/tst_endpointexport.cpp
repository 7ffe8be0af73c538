// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/endpointexport.h"

#include <QTest>

using namespace diptych;

namespace {

Endpoint sample()
{
    Endpoint endpoint {.id = QStringLiteral("e1"),
        .name = QStringLiteral("Größe"),
        .kind = Endpoint::Kind::Native,
        .native = QStringLiteral("gemini"),
        .variant = QStringLiteral("v"),
        .baseUrl = QUrl(QStringLiteral("https://me:s3cret-url@g.example.com/v1beta?tenant=a%26b&key=s3cret-query")),
        .auth = Endpoint::Auth::ApiKey,
        .credential = Secret("s3cret-key"),
        .tokenScope = QStringLiteral("scope"),
        .defaultModel = QStringLiteral("g"),
        .headers = {{"x-team", "blue"}, {"x-goog-api-key", "s3cret-header"}, {"X-Auth-Token", "s3cret-token"}},
        .adaptation = Adaptation::Strict,
        .extras = {{QStringLiteral("a"), 1}}};
    endpoint.connection.proxy = {.mode = ProxyOptions::Mode::Http,
        .host = QStringLiteral("proxy"),
        .port = 3128,
        .user = QStringLiteral("me"),
        .password = Secret("s3cret-proxy")};
    return endpoint;
}

QByteArray fileWith(const QByteArray &entry)
{
    return "{\"diptychEndpoints\":1,\"endpoints\":[" + entry + "]}";
}

} // namespace

class TestEndpointExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void otherFilesAreRefused_data();
    void otherFilesAreRefused();
    void badEntriesAreToldAndSkipped_data();
    void badEntriesAreToldAndSkipped();
    void noSecretLeaves();
    void everythingElseArrives();
    void nothingIsOverwritten();
    void aTokenCommandWaitsForConsent();
    void secretsInTheFileAreNotTaken();
    void missingSecretsAreNamed();
    void theBuiltInEndpointStays();
};

void TestEndpointExport::otherFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("noise") << QByteArray("\x00\xff", 2);
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("another object") << QByteArray("{\"a\":1}");
    QTest::newRow("cut off") << exportEndpoints({sample()}).chopped(5);
    QTest::newRow("a newer format") << QByteArray("{\"diptychEndpoints\":2,\"endpoints\":[]}");
}

void TestEndpointExport::otherFilesAreRefused()
{
    QFETCH(QByteArray, json);
    const auto result = importEndpoints(json);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Storage);
    QVERIFY(!result.error().message.isEmpty());
}

void TestEndpointExport::badEntriesAreToldAndSkipped_data()
{
    QTest::addColumn<QByteArray>("entry");
    for (const char *entry : {"1", "null", "[]", "{}", "{\"url\":\"\"}", "{\"url\":\"file:///etc/passwd\"}",
             "{\"url\":\"https://\"}", "{\"url\":7}", "{\"url\":\"https://a.example\",\"kind\":\"Nonsense\"}",
             "{\"url\":\"http://127.0.0.1:1\",\"kind\":\"BuiltIn\"}"})
        QTest::newRow(entry) << QByteArray(entry);
}

void TestEndpointExport::badEntriesAreToldAndSkipped()
{
    QFETCH(QByteArray, entry);
    const auto result = importEndpoints(fileWith("{\"url\":\"https://a.example/v1\"}," + entry));
    QVERIFY(result);
    QCOMPARE(result->endpoints.size(), std::size_t(1));
    QCOMPARE(result->problems.size(), 1);
    QVERIFY2(result->problems.front().contains(u"2"), qPrintable(result->problems.front()));
}

void TestEndpointExport::noSecretLeaves()
{
    const QByteArray json = exportEndpoints({sample()});
    QVERIFY2(!json.contains("s3cret"), json.constData());
    QVERIFY(!json.contains("\"e1\""));
}

void TestEndpointExport::everythingElseArrives()
{
    const auto result = importEndpoints(exportEndpoints({sample()}));
    QVERIFY(result && result->problems.isEmpty());
    Endpoint expected = sample();
    const Endpoint &endpoint = result->endpoints.at(0).endpoint;
    expected.id = endpoint.id;
    expected.credential = {};
    expected.connection.proxy.password = {};
    expected.baseUrl = QUrl(QStringLiteral("https://g.example.com/v1beta?tenant=a%26b&key="));
    expected.headers[1].value.clear();
    expected.headers[2].value.clear();
    QVERIFY(endpoint == expected);
}

void TestEndpointExport::nothingIsOverwritten()
{
    const QByteArray json = exportEndpoints({sample(), sample()});
    const auto first = importEndpoints(json);
    const auto second = importEndpoints(json);
    const QSet<QString> ids {sample().id, first->endpoints[0].endpoint.id, first->endpoints[1].endpoint.id,
        second->endpoints[0].endpoint.id, second->endpoints[1].endpoint.id};
    QCOMPARE(ids.size(), 5);
}

void TestEndpointExport::aTokenCommandWaitsForConsent()
{
    Endpoint endpoint = sample();
    endpoint.tokenCommand = QStringLiteral("az account get-access-token --scope {scope}");
    const auto result = importEndpoints(exportEndpoints({endpoint}));
    const ImportedEndpoint &imported = result->endpoints.at(0);
    QVERIFY(imported.endpoint.tokenCommand.isEmpty());
    QCOMPARE(imported.withheldTokenCommand, endpoint.tokenCommand);
    QVERIFY(imported.notes.join(u' ').contains(endpoint.tokenCommand));
}

void TestEndpointExport::secretsInTheFileAreNotTaken()
{
    const auto result =
        importEndpoints(fileWith("{\"url\":\"https://u:s3cret@a.example/v1?key=s3cret\",\"credential\":\"s3cret\","
                                 "\"headers\":[{\"name\":\"Authorization\",\"value\":\"s3cret\"}]}"));
    QVERIFY(result);
    QVERIFY(!exportEndpoints({result->endpoints.at(0).endpoint}).contains("s3cret"));
    const Endpoint &endpoint = result->endpoints.at(0).endpoint;
    QVERIFY(endpoint.credential.isEmpty() && endpoint.baseUrl.userInfo().isEmpty());
    QVERIFY(endpoint.headers.at(0).value.isEmpty() && !endpoint.baseUrl.toString().contains(u"s3cret"));
}

void TestEndpointExport::missingSecretsAreNamed()
{
    const QString notes = importEndpoints(exportEndpoints({sample()}))->endpoints.at(0).notes.join(u'\n');
    QVERIFY(notes.contains(u"proxy"));
    QVERIFY(notes.contains(u"x-goog-api-key"));
    Endpoint open = sample();
    open.auth = Endpoint::Auth::None;
    open.connection.proxy = {};
    open.headers.clear();
    open.baseUrl = QUrl(QStringLiteral("http://localhost:8080/v1"));
    QCOMPARE(importEndpoints(exportEndpoints({open}))->endpoints.at(0).notes, QStringList());
}

void TestEndpointExport::theBuiltInEndpointStays()
{
    Endpoint builtin = sample();
    builtin.kind = Endpoint::Kind::BuiltIn;
    QVERIFY(importEndpoints(exportEndpoints({builtin}))->endpoints.empty());
}

QTEST_GUILESS_MAIN(TestEndpointExport)
#include "tst_endpointexport.moc"
