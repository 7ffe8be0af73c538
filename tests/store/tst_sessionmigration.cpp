// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessionstore.h"

#include "samples.h"
#include "store/database.h"
#include "store/schema.h"
#include "store/sessioncodec.h"

#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

namespace {

// Version 1 as it was, frozen here: it must not follow later changes of the program.
const char *const firstVersion[] = {
    "CREATE TABLE sessions(id TEXT PRIMARY KEY, title TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER "
    "NOT NULL, "
    "system_prompt TEXT NOT NULL, settings TEXT NOT NULL)",
    "CREATE TABLE panes(session_id TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE, position INTEGER NOT NULL, "
    "id TEXT NOT NULL, endpoint_id TEXT NOT NULL, model TEXT NOT NULL, is_synced INTEGER NOT NULL, "
    "PRIMARY KEY(session_id, position)) WITHOUT ROWID",
    "CREATE TABLE turns(id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL REFERENCES sessions ON DELETE "
    "CASCADE, "
    "at INTEGER NOT NULL, prompt TEXT NOT NULL)",
    "CREATE INDEX turns_of_session ON turns(session_id, id)",
    "CREATE TABLE answers(id INTEGER PRIMARY KEY AUTOINCREMENT, turn_id INTEGER NOT NULL REFERENCES turns ON DELETE "
    "CASCADE, "
    "pane_id TEXT NOT NULL, endpoint_id TEXT NOT NULL, model TEXT NOT NULL, model_label TEXT NOT NULL, state TEXT NOT "
    "NULL, "
    "message TEXT NOT NULL, finish_reason TEXT NOT NULL, error TEXT, metrics TEXT NOT NULL)",
    "CREATE INDEX answers_of_turn ON answers(turn_id)",
    "CREATE TABLE journal(id INTEGER PRIMARY KEY, answer_id INTEGER NOT NULL REFERENCES answers ON DELETE CASCADE, "
    "text TEXT NOT NULL, reasoning TEXT NOT NULL)",
    "CREATE INDEX journal_of_answer ON journal(answer_id)",
    "INSERT INTO sessions VALUES('s1', 'Old', 1, 2, 'Be kind.', '{\"v\":1,\"temperature\":0.5}')",
    "INSERT INTO panes VALUES('s1', 0, 'left', 'built-in', 'guide', 1)",
    "INSERT INTO turns VALUES(5, 's1', 3, '{\"v\":1,\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Good "
    "morning\"}]}')",
    "INSERT INTO turns VALUES(6, 's1', 4, 'damaged')",
    "INSERT INTO answers VALUES(9, 5, 'left', 'built-in', 'guide', 'guide — Built-in', 'streaming', "
    "'{\"v\":1,\"role\":\"assistant\",\"content\":[]}', '', NULL, '{\"v\":1}')",
    "INSERT INTO journal VALUES(1, 9, 'Moin', '')",
    "INSERT INTO journal VALUES(2, 9, ' moin', '')",
    "PRAGMA application_id=1147760756",
    "PRAGMA user_version=1",
};

} // namespace

class TestSessionMigration : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aNewerFileIsLeftAlone();
    void anotherProgramsFileIsLeftAlone();
    void aFailedMigrationLeavesTheFileAsItWas();
    void theFirstVersionIsBroughtUpToDate();
    void aBackupIsNeverOverwritten();
    void aRestoredBackupIsUsable();
    void anEmptyFileIsANewOne();

private:
    void make(const QStringList &statements) const;
    void makeFirstVersion() const;
    [[nodiscard]] QByteArray bytes() const;

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path;
};

void TestSessionMigration::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_path = m_directory->filePath(QStringLiteral("sessions.sqlite"));
}

void TestSessionMigration::make(const QStringList &statements) const
{
    const auto database = Database::open(m_path);
    QVERIFY(database);
    QVERIFY((*database)->runAll(statements));
}

void TestSessionMigration::makeFirstVersion() const
{
    QStringList statements;
    for (const char *statement : firstVersion)
        statements.append(QString::fromUtf8(statement));
    make(statements);
}

QByteArray TestSessionMigration::bytes() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestSessionMigration::aNewerFileIsLeftAlone()
{
    makeFirstVersion();
    make({QStringLiteral("PRAGMA user_version=%1").arg(schemaVersion + 1)});
    const QByteArray before = bytes();
    const auto store = SessionStore::open(m_path);
    QVERIFY(!store);
    QCOMPARE(store.error().kind, Error::Kind::Storage);
    QVERIFY(store.error().message.contains(u"newer"));
    QVERIFY(store.error().message.contains(m_path));
    QCOMPARE(bytes(), before);
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files).size(), 1);
}

void TestSessionMigration::anotherProgramsFileIsLeftAlone()
{
    make({QStringLiteral("CREATE TABLE bookmarks(url TEXT)")});
    const QByteArray before = bytes();
    const auto store = SessionStore::open(m_path);
    QVERIFY(!store);
    QVERIFY(store.error().message.contains(u"another program"));
    QCOMPARE(bytes(), before);
}

void TestSessionMigration::aFailedMigrationLeavesTheFileAsItWas()
{
    makeFirstVersion();
    // The migration stumbles over this one half-way.
    make({QStringLiteral("CREATE TABLE turn_search(x)")});
    QVERIFY(!SessionStore::open(m_path));
    const auto database = Database::open(m_path);
    QCOMPARE((*database)->value(QStringLiteral("PRAGMA user_version"))->toInt(), 1);
    QVERIFY(!(*database)->value(QStringLiteral("SELECT overrides FROM panes")));
    QVERIFY(QFile::exists(QString(m_path + QStringLiteral(".v1.bak"))));
}

void TestSessionMigration::theFirstVersionIsBroughtUpToDate()
{
    makeFirstVersion();
    const auto store = SessionStore::open(m_path);
    QVERIFY2(store, qPrintable(store ? QString() : store.error().message));
    const Result<Session> session = (*store)->load(QStringLiteral("s1"));
    QVERIFY(session);
    QCOMPARE(session->title, QStringLiteral("Old"));
    QCOMPARE(session->settings.sampling.temperature, 0.5);
    QCOMPARE(session->panes.at(0).overrides, RequestSettings {});
    const Answer &answer = session->turns.at(0).answers.at(0);
    QCOMPARE(answer.state, Answer::State::Interrupted);
    QCOMPARE(answer.message.text(), QStringLiteral("Moin moin"));
    QCOMPARE((*store)->search(QStringLiteral("morning moin"))->size(), size_t(1));
    QCOMPARE(session->turns.at(1).parentId, session->turns.at(0).id); // one after the other, as they were
    QCOMPARE(session->turns.at(0).parentId, 0);
    QVERIFY(!session->panes.at(0).systemPrompt);
    QVERIFY(!session->trashedAt.isValid());
    QVERIFY(!session->turns.at(1).prompt.text().isEmpty());

    const auto backup = Database::open(m_path + QStringLiteral(".v1.bak"));
    QCOMPARE((*backup)->value(QStringLiteral("PRAGMA user_version"))->toInt(), 1);
    QCOMPARE((*backup)->value(QStringLiteral("SELECT state FROM answers"))->toString(), QStringLiteral("streaming"));
}

void TestSessionMigration::aBackupIsNeverOverwritten()
{
    QFile earlier(m_path + QStringLiteral(".v1.bak"));
    QVERIFY(earlier.open(QIODevice::WriteOnly));
    earlier.write("precious");
    earlier.close();
    makeFirstVersion();
    QVERIFY(SessionStore::open(m_path));
    QVERIFY(earlier.open(QIODevice::ReadOnly));
    QCOMPARE(earlier.readAll(), QByteArray("precious"));
    QVERIFY(QFile::exists(QString(m_path + QStringLiteral(".v1-2.bak"))));
}

void TestSessionMigration::aRestoredBackupIsUsable()
{
    makeFirstVersion();
    QVERIFY(SessionStore::open(m_path));
    make({QStringLiteral("PRAGMA journal_mode=DELETE")});
    QVERIFY(SessionStore::open(m_path));
    const auto database = Database::open(m_path);
    QCOMPARE((*database)->value(QStringLiteral("PRAGMA journal_mode"))->toString(), QStringLiteral("wal"));
}

void TestSessionMigration::anEmptyFileIsANewOne()
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    const auto store = SessionStore::open(m_path);
    QVERIFY(store);
    QVERIFY((*store)->list()->empty());
    QVERIFY(!QFile::exists(QString(m_path + QStringLiteral(".v0.bak"))));
}

QTEST_GUILESS_MAIN(TestSessionMigration)
#include "tst_sessionmigration.moc"
