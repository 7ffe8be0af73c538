// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/schema.h"

#include "store/database.h"
#include "store/filelock.h"

#include <QCoreApplication>
#include <QFile>

namespace diptych {

namespace {

// "Dipt": tells our files from other programs' databases. Source: sqlite.org/fileformat.html, application id.
constexpr int applicationId = 0x44697074;
constexpr std::chrono::milliseconds migrationTimeout {60'000};

Failure refused(const char *text, const QString &path)
{
    return Failure({.kind = Error::Kind::Storage,
        .message = QCoreApplication::translate("diptych::SessionStore", text).arg(path)});
}

QStringList firstVersion()
{
    return {
        QStringLiteral("CREATE TABLE sessions(id TEXT PRIMARY KEY, title TEXT NOT NULL, created_at INTEGER NOT NULL, "
                       "updated_at INTEGER NOT NULL, system_prompt TEXT NOT NULL, settings TEXT NOT NULL)"),
        QStringLiteral("CREATE TABLE panes(session_id TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE, "
                       "position INTEGER NOT NULL, id TEXT NOT NULL, endpoint_id TEXT NOT NULL, model TEXT NOT NULL, "
                       "is_synced INTEGER NOT NULL, PRIMARY KEY(session_id, position)) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE turns(id INTEGER PRIMARY KEY AUTOINCREMENT, "
                       "session_id TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE, at INTEGER NOT NULL, "
                       "prompt TEXT NOT NULL)"),
        QStringLiteral("CREATE INDEX turns_of_session ON turns(session_id, id)"),
        QStringLiteral(
            "CREATE TABLE answers(id INTEGER PRIMARY KEY AUTOINCREMENT, "
            "turn_id INTEGER NOT NULL REFERENCES turns ON DELETE CASCADE, pane_id TEXT NOT NULL, "
            "endpoint_id TEXT NOT NULL, model TEXT NOT NULL, model_label TEXT NOT NULL, state TEXT NOT NULL, "
            "message TEXT NOT NULL, finish_reason TEXT NOT NULL, error TEXT, metrics TEXT NOT NULL)"),
        QStringLiteral("CREATE INDEX answers_of_turn ON answers(turn_id)"),
        QStringLiteral("CREATE TABLE journal(id INTEGER PRIMARY KEY, "
                       "answer_id INTEGER NOT NULL REFERENCES answers ON DELETE CASCADE, text TEXT NOT NULL, "
                       "reasoning TEXT NOT NULL)"),
        QStringLiteral("CREATE INDEX journal_of_answer ON journal(answer_id)"),
    };
}

/// Panes override settings, streaming answers know who writes them, and all text can be searched.
QStringList secondVersion()
{
    return {
        QStringLiteral("ALTER TABLE panes ADD COLUMN overrides TEXT NOT NULL DEFAULT '{\"v\":1}'"),
        QStringLiteral("ALTER TABLE answers ADD COLUMN writer TEXT NOT NULL DEFAULT ''"),
        QStringLiteral("CREATE INDEX answers_streaming ON answers(writer) WHERE state = 'streaming'"),
        QStringLiteral("CREATE VIRTUAL TABLE turn_search USING fts5(body, tokenize='unicode61 remove_diacritics 2')"),
        QStringLiteral("CREATE TRIGGER turn_removed AFTER DELETE ON turns BEGIN "
                       "DELETE FROM turn_search WHERE rowid = old.id; END"),
        QStringLiteral("INSERT INTO turn_search(rowid, body) SELECT t.id, %1 FROM turns t").arg(searchableText()),
    };
}

/// Turns are a tree, lists have folders and a trash, answers know how they came about, and people judge them.
QStringList thirdVersion()
{
    return {
        QStringLiteral("ALTER TABLE sessions ADD COLUMN folder TEXT NOT NULL DEFAULT ''"),
        QStringLiteral("ALTER TABLE sessions ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0"),
        QStringLiteral("ALTER TABLE sessions ADD COLUMN trashed_at INTEGER"),
        QStringLiteral("ALTER TABLE sessions ADD COLUMN variables TEXT NOT NULL DEFAULT '{}'"),
        QStringLiteral("ALTER TABLE sessions ADD COLUMN view TEXT NOT NULL DEFAULT '{}'"),
        QStringLiteral("ALTER TABLE sessions ADD COLUMN leaf_turn INTEGER NOT NULL DEFAULT 0"),
        QStringLiteral("ALTER TABLE panes ADD COLUMN system_prompt TEXT"),
        QStringLiteral("ALTER TABLE turns ADD COLUMN parent_id INTEGER NOT NULL DEFAULT 0"),
        QStringLiteral("ALTER TABLE turns ADD COLUMN adopted_answer INTEGER NOT NULL DEFAULT 0"),
        QStringLiteral("UPDATE turns SET parent_id = coalesce((SELECT max(p.id) FROM turns p "
                       "WHERE p.session_id = turns.session_id AND p.id < turns.id), 0)"),
        QStringLiteral("ALTER TABLE answers ADD COLUMN extra TEXT NOT NULL DEFAULT '{\"v\":1}'"),
        QStringLiteral("CREATE TABLE recordings(answer_id INTEGER PRIMARY KEY REFERENCES answers ON DELETE CASCADE, "
                       "steps BLOB NOT NULL, exchange BLOB NOT NULL)"),
        QStringLiteral("CREATE TABLE votes(id INTEGER PRIMARY KEY AUTOINCREMENT, "
                       "session_id TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE, "
                       "turn_id INTEGER NOT NULL REFERENCES turns ON DELETE CASCADE, "
                       "first_endpoint TEXT NOT NULL, first_model TEXT NOT NULL, first_label TEXT NOT NULL, "
                       "second_endpoint TEXT NOT NULL, second_model TEXT NOT NULL, second_label TEXT NOT NULL, "
                       "choice TEXT NOT NULL, is_blind INTEGER NOT NULL, at INTEGER NOT NULL)"),
        QStringLiteral("CREATE INDEX votes_of_session ON votes(session_id)"),
        QStringLiteral("CREATE INDEX votes_of_turn ON votes(turn_id)"),
    };
}

/// Folders that are empty, and what a list of thousands of sessions needs to be quick.
QStringList fourthVersion()
{
    return {
        QStringLiteral("CREATE TABLE folders(path TEXT PRIMARY KEY) WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX turns_tree ON turns(session_id, parent_id)"),
        QStringLiteral("CREATE INDEX sessions_in_trash ON sessions(trashed_at) WHERE trashed_at IS NOT NULL"),
        QStringLiteral("CREATE INDEX sessions_by_time ON sessions(updated_at)"),
        // With an index of beginnings: a search that is being typed ends in one, and short ones begin thousands of
        // words.
        QStringLiteral("DROP TABLE turn_search"),
        QStringLiteral("CREATE VIRTUAL TABLE turn_search USING fts5(body, prefix='2 3', "
                       "tokenize='unicode61 remove_diacritics 2')"),
        QStringLiteral("INSERT INTO turn_search(rowid, body) SELECT t.id, %1 FROM turns t").arg(searchableText()),
    };
}

/// The statements that lead from version index to index + 1; a new file runs them all.
std::vector<QStringList> migrations()
{
    return {firstVersion(), secondVersion(), thirdVersion(), fourthVersion()};
}

Result<int> versionOf(const Database &database)
{
    const Result<QVariant> version = database.value(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return Failure(version.error());
    return version->toInt();
}

/// The version; refuses files that are not ours or that are newer. Writes nothing.
Result<int> checkedVersion(const Database &database)
{
    const Result<int> version = versionOf(database);
    if (!version)
        return version;
    const Result<QVariant> tables = database.value(QStringLiteral("SELECT count(*) FROM sqlite_master"));
    if (!tables)
        return Failure(tables.error());
    const Result<QVariant> application = database.value(QStringLiteral("PRAGMA application_id"));
    if (!application)
        return Failure(application.error());
    const bool isNew = tables->toInt() == 0 && *version == 0;
    if (!isNew && application->toInt() != applicationId) {
        return refused(
            "%1 is a database of another program. It was left as it is. Choose another data folder, or move the "
            "file away.",
            database.path());
    }
    if (*version > schemaVersion) {
        return refused("%1 was written by a newer version of Diptych. It was left as it is. Use the newer version, or "
                       "choose another data folder.",
            database.path());
    }
    return version;
}

QString freeBackupName(const QString &path, int version)
{
    QString name = QStringLiteral("%1.v%2.bak").arg(path).arg(version);
    for (int number = 2; QFile::exists(name); ++number)
        name = QStringLiteral("%1.v%2-%3.bak").arg(path).arg(version).arg(number);
    return name;
}

/// A copy of the state that is committed, also of what is still in the write-ahead log.
Result<void> backUp(Database &database, int version)
{
    const QString name = freeBackupName(database.path(), version);
    if (auto copied = database.run(QStringLiteral("VACUUM INTO ?"), {name}); !copied) {
        QFile::remove(name);
        return Failure(copied.error());
    }
    return {};
}

Result<void> migrate(Database &database, int from)
{
    return database.transaction([&database, from]() -> Result<void> {
        const std::vector<QStringList> steps = migrations();
        for (int version = from; version < schemaVersion; ++version) {
            if (auto done = database.runAll(steps.at(size_t(version))); !done)
                return done;
        }
        return database.runAll({QStringLiteral("PRAGMA application_id=%1").arg(applicationId),
            QStringLiteral("PRAGMA user_version=%1").arg(schemaVersion)});
    });
}

/// Only one process at a time gets here, so that nobody backs up or changes what another is migrating.
Result<void> bringUpToDate(Database &database)
{
    FileLock lock(QString(database.path() + QStringLiteral(".migrating")));
    if (!lock.tryLock(migrationTimeout))
        return refused(
            "%1 can not be prepared: its folder can not be written, or another program holds it.", database.path());
    const Result<int> version = checkedVersion(database);
    if (!version)
        return Failure(version.error());
    if (*version > 0 && *version < schemaVersion) {
        if (auto saved = backUp(database, *version); !saved)
            return saved;
    }
    if (auto mode = database.value(QStringLiteral("PRAGMA journal_mode=WAL")); !mode)
        return Failure(mode.error());
    return migrate(database, *version);
}

} // namespace

QString searchableText()
{
    // json_valid: one damaged record must not keep the rest from being found.
    const QString text =
        QStringLiteral("(SELECT coalesce(group_concat(json_extract(part.value, '$.text'), ''), '') "
                       "FROM json_each(CASE WHEN json_valid(%1) THEN %1 ELSE '{}' END, '$.content') part)");
    return QStringLiteral(
        "%1 || coalesce((SELECT group_concat(char(10) || %2, '') FROM answers a WHERE a.turn_id = t.id), '')")
        .arg(text.arg(QStringLiteral("t.prompt")), text.arg(QStringLiteral("a.message")));
}

Result<void> prepareSchema(Database &database)
{
    const Result<int> version = checkedVersion(database);
    if (!version)
        return Failure(version.error());
    const Result<QVariant> mode = database.value(QStringLiteral("PRAGMA journal_mode"));
    if (!mode)
        return Failure(mode.error());
    // A backup that was put in place has the right version, but no write-ahead log.
    if (*version == schemaVersion && mode->toString() == u"wal")
        return {};
    return bringUpToDate(database);
}

} // namespace diptych
