// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/fallbacksecretstore.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

class TestSecretStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void withoutAKeychainEveryCallFails();
    void aDamagedKeyFileIsKeptAside();
    void aKeyFileIsForItsOwnerOnly();
    void memoryForgets();
    void nothingIsEmittedBeforeTheCallReturns();
    void withoutAKeychainKeysStayInMemory();
    void allowingTheFileMovesKeysThere();
    void takingTheFileBackDeletesIt();
    void aWriteIsCarriedOutWithoutItsJob();
    void destroyingTheStoreInTheMiddleIsFine();
    void aKeychainIsUsedWhereThereIsOne();

private:
    [[nodiscard]] static Result<Secret> wait(std::unique_ptr<SecretJob> job);
    [[nodiscard]] std::unique_ptr<FallbackSecretStore> makeStore() const;

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path;
};

void TestSecretStore::initTestCase()
{
    // Whatever runs on this machine is none of the tests' business.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
}

void TestSecretStore::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_path = m_directory->filePath(QStringLiteral("keys.json"));
}

Result<Secret> TestSecretStore::wait(std::unique_ptr<SecretJob> job)
{
    QSignalSpy finished(job.get(), &SecretJob::finished);
    if (!finished.wait())
        return Failure({.kind = Error::Kind::Timeout});
    return job->result();
}

std::unique_ptr<FallbackSecretStore> TestSecretStore::makeStore() const
{
    return std::make_unique<FallbackSecretStore>(m_path, std::make_unique<KeychainSecretStore>());
}

void TestSecretStore::withoutAKeychainEveryCallFails()
{
    KeychainSecretStore keychain;
    QCOMPARE(wait(keychain.probe()).error().kind, Error::Kind::Storage);
    QCOMPARE(wait(keychain.read(QStringLiteral("k"))).error().kind, Error::Kind::Storage);
    QCOMPARE(wait(keychain.write(QStringLiteral("k"), Secret("s"))).error().kind, Error::Kind::Storage);
    QCOMPARE(wait(keychain.remove(QStringLiteral("k"))).error().kind, Error::Kind::Storage);
}

void TestSecretStore::aDamagedKeyFileIsKeptAside()
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"k\": ");
    file.close();
    FileSecretStore store(m_path);
    QCOMPARE(wait(store.read(QStringLiteral("k"))).error().kind, Error::Kind::Storage);
    QVERIFY(QFile::exists(QString(m_path + QStringLiteral(".damaged"))));
    QVERIFY(wait(store.write(QStringLiteral("k"), Secret("s"))));
}

void TestSecretStore::aKeyFileIsForItsOwnerOnly()
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{}");
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
    FileSecretStore store(m_path);
    QVERIFY(wait(store.write(QStringLiteral("k"),
        Secret("gr\xc3\xbc\xc3\x9f"
               "e"))));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(m_path) & others));
    QCOMPARE(wait(store.read(QStringLiteral("k"))),
        Secret("gr\xc3\xbc\xc3\x9f"
               "e"));
    QCOMPARE(wait(store.read(QStringLiteral("other"))), Secret());
    QVERIFY(wait(store.remove(QStringLiteral("k"))));
    QCOMPARE(wait(store.read(QStringLiteral("k"))), Secret());
    QVERIFY(store.describe().contains(u"unencrypted") && store.describe().contains(m_path));
}

void TestSecretStore::memoryForgets()
{
    MemorySecretStore store;
    QVERIFY(wait(store.write(QStringLiteral("k"), Secret("s"))));
    QCOMPARE(wait(store.read(QStringLiteral("k"))), Secret("s"));
    QVERIFY(wait(store.remove(QStringLiteral("k"))));
    QCOMPARE(wait(store.read(QStringLiteral("k"))), Secret());
    QVERIFY(store.describe().contains(u"forgotten"));
}

void TestSecretStore::nothingIsEmittedBeforeTheCallReturns()
{
    MemorySecretStore memory;
    FileSecretStore file(m_path);
    for (SecretStore *store : std::initializer_list<SecretStore *> {&memory, &file}) {
        const auto job = store->write(QStringLiteral("k"), Secret("s"));
        QVERIFY(!job->isFinished());
        QSignalSpy finished(job.get(), &SecretJob::finished);
        QVERIFY(finished.wait());
        QCOMPARE(finished.count(), 1);
    }
}

void TestSecretStore::withoutAKeychainKeysStayInMemory()
{
    const auto store = makeStore();
    QCOMPARE(store->place(), FallbackSecretStore::Place::Unknown);
    QVERIFY(wait(store->write(QStringLiteral("k"), Secret("s"))));
    QCOMPARE(store->place(), FallbackSecretStore::Place::Memory);
    QVERIFY(!store->keychainProblem().isEmpty());
    QCOMPARE(wait(store->read(QStringLiteral("k"))), Secret("s"));
    QVERIFY(!QFile::exists(m_path));
}

void TestSecretStore::allowingTheFileMovesKeysThere()
{
    const auto store = makeStore();
    QSignalSpy moved(store.get(), &FallbackSecretStore::placeChanged);
    QVERIFY(wait(store->write(QStringLiteral("k"), Secret("s"))));
    store->allowFile(true);
    QCOMPARE(store->place(), FallbackSecretStore::Place::File);
    QCOMPARE(moved.count(), 2);
    const auto later = makeStore();
    later->allowFile(true);
    QCOMPARE(wait(later->read(QStringLiteral("k"))), Secret("s"));
}

void TestSecretStore::takingTheFileBackDeletesIt()
{
    const auto store = makeStore();
    store->allowFile(true);
    QVERIFY(wait(store->write(QStringLiteral("k"), Secret("s"))));
    QVERIFY(QFile::exists(m_path));
    store->allowFile(false);
    QCOMPARE(store->place(), FallbackSecretStore::Place::Memory);
    QVERIFY(!QFile::exists(m_path));
}

void TestSecretStore::aWriteIsCarriedOutWithoutItsJob()
{
    const auto store = makeStore();
    store->allowFile(true);
    store->write(QStringLiteral("k"), Secret("s")).reset();
    QCOMPARE(wait(store->read(QStringLiteral("k"))), Secret("s"));
}

void TestSecretStore::destroyingTheStoreInTheMiddleIsFine()
{
    auto store = makeStore();
    const auto job = store->read(QStringLiteral("k"));
    store.reset();
    QVERIFY(!job->isFinished());
}

void TestSecretStore::aKeychainIsUsedWhereThereIsOne()
{
    QProcess session;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
        environment.insert(QString::fromLatin1(name), m_directory->path());
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    session.setProcessEnvironment(environment);
    session.start(QStringLiteral("dbus-run-session"),
        {QStringLiteral("--"), QStringLiteral("bash"), QStringLiteral("-c"),
            QStringLiteral(
                "printf password | gnome-keyring-daemon --unlock --components=secrets >&2 && exec \"$0\" \"$@\""),
            QStringLiteral(KEYCHAIN_HELPER), QStringLiteral("e1"), m_path});
    QVERIFY2(session.waitForFinished(), qPrintable(session.errorString()));
    const QStringList lines = QString::fromUtf8(session.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines,
        (QStringList {QStringLiteral("write:"), QStringLiteral("place:Keychain"), QStringLiteral("read:grüße"),
            QStringLiteral("keychain:grüße"), QStringLiteral("remove:"), QStringLiteral("gone:"),
            QStringLiteral("trial:")}));
    QVERIFY(!QFile::exists(m_path));
}

QTEST_GUILESS_MAIN(TestSecretStore)
#include "tst_secretstore.moc"
