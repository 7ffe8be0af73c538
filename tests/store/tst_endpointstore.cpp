// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/endpointstore.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

class TestEndpointStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aDamagedFileIsKeptAside_data();
    void aDamagedFileIsKeptAside();
    void aFolderThatIsMissingIsAnError();
    void damagedEntriesAreSkipped();
    void noSecretIsWritten();
    void everythingElseComesBack();
    void secretsFindTheirWayBack();
    void savingReplacesAndRemovingRemoves();
    void builtInEndpointsAreNotSaved();

private:
    [[nodiscard]] QByteArray bytes() const;
    void write(const QByteArray &contents) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path;
};

namespace {

Endpoint sample()
{
    Endpoint endpoint {.id = QStringLiteral("e1"),
        .name = QStringLiteral("Größe"),
        .kind = Endpoint::Kind::AzureFoundry,
        .variant = QStringLiteral("v"),
        .baseUrl = QUrl(QStringLiteral("https://my.services.ai.azure.com/models?tenant=a%26b&key=s3cret-query")),
        .auth = Endpoint::Auth::Both,
        .credential = Secret("s3cret-key"),
        .tokenCommand = QStringLiteral("az account get-access-token"),
        .tokenScope = QStringLiteral("https://ml.azure.com/.default"),
        .apiVersion = QStringLiteral("2025-04-01"),
        .defaultModel = QStringLiteral("phi"),
        .headers = {{"x-team", "blue"}, {"Authorization", "Basic s3cret-header"}, {"x-api-key", "s3cret-x"}},
        .extrasMode = ExtrasMode::Drop,
        .adaptation = Adaptation::Strict,
        .extras = {{QStringLiteral("safe_prompt"), true}},
        .modelExtras = {{QStringLiteral("phi"), {{QStringLiteral("top_k"), 5}}}}};
    using std::chrono::milliseconds;
    endpoint.connection = {
        .deadlines = {.connect = milliseconds(1), .firstByte = milliseconds(0), .idle = milliseconds(3)},
        .proxy = {.mode = ProxyOptions::Mode::Http,
            .host = QStringLiteral("proxy"),
            .port = 3128,
            .user = QStringLiteral("me"),
            .password = Secret("s3cret-proxy")},
        .tls = {.caFile = QStringLiteral("/a"),
            .clientCertificateFile = QStringLiteral("/b"),
            .clientKeyFile = QStringLiteral("/c")},
        .retry = {.maxRetries = 0,
            .baseDelay = milliseconds(4),
            .maxDelay = milliseconds(5),
            .maxRetryAfter = milliseconds(6)}};
    return endpoint;
}

Endpoint withoutSecrets(Endpoint endpoint)
{
    for (const NamedSecret &named : secretsOf(endpoint))
        setSecret(endpoint, named.key, {});
    return endpoint;
}

} // namespace

void TestEndpointStore::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_path = m_directory->filePath(QStringLiteral("endpoints.json"));
}

QByteArray TestEndpointStore::bytes() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestEndpointStore::write(const QByteArray &contents) const
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(contents);
}

void TestEndpointStore::aDamagedFileIsKeptAside_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("noise") << QByteArray("\x00\x01\x02", 3);
    QTest::newRow("cut off") << QByteArray("{\"endpoints\": [{\"id\":");
    QTest::newRow("an array") << QByteArray("[]");
}

void TestEndpointStore::aDamagedFileIsKeptAside()
{
    QFETCH(QByteArray, contents);
    write(contents);
    const EndpointStore store(m_path);
    const auto endpoints = store.load();
    QVERIFY(!endpoints);
    QCOMPARE(endpoints.error().kind, Error::Kind::Storage);
    QVERIFY2(endpoints.error().message.contains(QString(m_path + QStringLiteral(".damaged"))),
        qPrintable(endpoints.error().message));
    QFile aside(m_path + QStringLiteral(".damaged"));
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), contents);
    QVERIFY(store.load());
    QVERIFY(store.save(sample()));
    // A second accident does not overwrite what was kept of the first.
    write("again");
    QVERIFY(!store.load());
    QVERIFY(QFile::exists(QString(m_path + QStringLiteral(".damaged-2"))));
}

void TestEndpointStore::aFolderThatIsMissingIsAnError()
{
    const EndpointStore store(m_directory->filePath(QStringLiteral("no/such/endpoints.json")));
    QVERIFY(store.load());
    QCOMPARE(store.save(sample()).error().kind, Error::Kind::Storage);
}

void TestEndpointStore::damagedEntriesAreSkipped()
{
    write("{\"endpoints\":[7,{},{\"id\":\"x\"},{\"id\":\"y\",\"url\":\"http://h/v1\",\"kind\":\"Unheard\",\"auth\":3,"
          "\"connection\":{\"connectMs\":-5,\"maxRetries\":\"x\"},\"mood\":1}]}");
    const auto endpoints = EndpointStore(m_path).load();
    QVERIFY(endpoints);
    QCOMPARE(endpoints->size(), size_t(1));
    QCOMPARE(endpoints->front().kind, Endpoint::Kind::OpenAiCompatible);
    QCOMPARE(endpoints->front().auth, Endpoint::Auth::Bearer);
    QCOMPARE(endpoints->front().connection.deadlines.connect, std::chrono::milliseconds(0));
    QCOMPARE(endpoints->front().connection.retry, RetryOptions {});
}

void TestEndpointStore::noSecretIsWritten()
{
    Endpoint endpoint = sample();
    endpoint.baseUrl.setUserInfo(QStringLiteral("me:s3cret-url"));
    QVERIFY(EndpointStore(m_path).save(endpoint));
    QVERIFY(bytes().contains("my.services.ai.azure.com"));
    QVERIFY2(!bytes().contains("s3cret"), bytes().constData());
}

void TestEndpointStore::everythingElseComesBack()
{
    QVERIFY(EndpointStore(m_path).save(sample()));
    const auto endpoints = EndpointStore(m_path).load();
    QVERIFY(endpoints);
    QCOMPARE(*endpoints, std::vector<Endpoint> {withoutSecrets(sample())});
}

void TestEndpointStore::secretsFindTheirWayBack()
{
    const std::vector<NamedSecret> secrets = secretsOf(sample());
    QCOMPARE(secrets.size(), size_t(5));
    Endpoint endpoint = withoutSecrets(sample());
    // A stored endpoint knows which secrets it has.
    QCOMPARE(secretsOf(endpoint).size(), size_t(5));
    for (const NamedSecret &named : secrets)
        setSecret(endpoint, named.key, named.secret);
    setSecret(endpoint, QStringLiteral("e2"), Secret("another's"));
    setSecret(endpoint, QStringLiteral("e1/header/x-team"), Secret("not a secret header"));
    QCOMPARE(endpoint, sample());
}

void TestEndpointStore::savingReplacesAndRemovingRemoves()
{
    const EndpointStore store(m_path);
    Endpoint second = sample();
    second.id = QStringLiteral("e2");
    QVERIFY(store.save(sample()));
    QVERIFY(store.save(second));
    Endpoint changed = sample();
    changed.name = QStringLiteral("Other");
    QVERIFY(store.save(changed));
    QCOMPARE(*store.load(), (std::vector<Endpoint> {withoutSecrets(changed), withoutSecrets(second)}));
    QVERIFY(store.remove(QStringLiteral("e1")));
    QVERIFY(store.remove(QStringLiteral("nobody")));
    QCOMPARE(*store.load(), std::vector<Endpoint> {withoutSecrets(second)});
    // No lock or temporary file stays behind.
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files).size(), 1);
}

void TestEndpointStore::builtInEndpointsAreNotSaved()
{
    Endpoint endpoint = sample();
    endpoint.kind = Endpoint::Kind::BuiltIn;
    QVERIFY(EndpointStore(m_path).save(endpoint));
    QVERIFY(!QFile::exists(m_path));
}

QTEST_GUILESS_MAIN(TestEndpointStore)
#include "tst_endpointstore.moc"
