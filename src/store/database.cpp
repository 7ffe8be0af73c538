// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

namespace diptych {

namespace {

// Source: sqlite.org/rescode.html, primary result codes.
constexpr int sqliteBusy = 5;
constexpr int sqliteLocked = 6;
constexpr int sqliteReadOnly = 8;
constexpr int sqliteIoError = 10;
constexpr int sqliteCorrupt = 11;
constexpr int sqliteFull = 13;
constexpr int sqliteCantOpen = 14;
constexpr int sqliteNotADatabase = 26;

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::Database", text);
}

QString advice(int code)
{
    switch (code) {
    case sqliteBusy:
    case sqliteLocked:
        return translated("%1 is in use by another program. Close it and try again.");
    case sqliteReadOnly:
        return translated("%1 can not be written. Check the permissions of the file and of its folder.");
    case sqliteIoError:
        return translated("%1 could not be read or written. Check the disk and its free space.");
    case sqliteCorrupt:
    case sqliteNotADatabase:
        return translated(
            "%1 is damaged or is not a database. It was left as it is. Move it away to start afresh, or put "
            "a backup in its place.");
    case sqliteFull:
        return translated("%1 can not grow: the disk is full. Make room; what is missing is written then.");
    case sqliteCantOpen:
        return translated("%1 can not be opened. Check that its folder exists and can be written.");
    default:
        return translated("%1 could not be used.");
    }
}

/// SQLite takes a file of a few bytes for a new one and would write over them.
bool isOtherContent(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.size() > 0 && !file.peek(16).startsWith("SQLite format 3");
}

void bind(QSqlQuery &query, const QVariantList &values)
{
    for (const QVariant &value : values) {
        const bool isNullText = value.typeId() == QMetaType::QString && value.toString().isNull();
        query.addBindValue(isNullText ? QVariant(QStringLiteral("")) : value);
    }
}

} // namespace

Database::Database(const QString &path)
    : m_path(path)
    , m_connection(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

Result<std::unique_ptr<Database>> Database::open(const QString &path)
{
    std::unique_ptr<Database> database(new Database(path));
    if (isOtherContent(path))
        return Failure(database->describe(sqliteNotADatabase, {}));
    QSqlDatabase connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), database->m_connection);
    connection.setDatabaseName(path);
    connection.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(defaultBusyTimeout.count()));
    if (!connection.isValid()) {
        return Failure({.kind = Error::Kind::Storage,
            .message = translated("The SQLite driver of Qt is missing. Install the package libqt6sql6-sqlite.")});
    }
    if (!connection.open())
        return Failure(database->describe(connection.lastError()));
    // These are settings of the connection, not of the file.
    if (auto set =
            database->runAll({QStringLiteral("PRAGMA foreign_keys=ON"), QStringLiteral("PRAGMA synchronous=NORMAL")});
        !set)
        return Failure(set.error());
    return database;
}

Database::~Database()
{
    QSqlDatabase::database(m_connection, false).close();
    QSqlDatabase::removeDatabase(m_connection);
}

void Database::setBusyTimeout(std::chrono::milliseconds timeout)
{
    // Can not fail: it only sets a number.
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.exec(QStringLiteral("PRAGMA busy_timeout=%1").arg(timeout.count()));
}

Result<qint64> Database::run(const QString &sql, const QVariantList &values)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return Failure(describe(query.lastError()));
    bind(query, values);
    if (!query.exec())
        return Failure(describe(query.lastError()));
    return query.lastInsertId().toLongLong();
}

Result<void> Database::runAll(const QStringList &statements)
{
    for (const QString &statement : statements) {
        if (auto done = run(statement); !done)
            return Failure(done.error());
    }
    return {};
}

Result<void> Database::each(const QString &sql, const QVariantList &values, const RowReader &row) const
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return Failure(describe(query.lastError()));
    bind(query, values);
    if (!query.exec())
        return Failure(describe(query.lastError()));
    while (query.next())
        row(query);
    if (query.lastError().isValid())
        return Failure(describe(query.lastError()));
    return {};
}

Result<QVariant> Database::value(const QString &sql, const QVariantList &values) const
{
    QVariant first;
    const Result<void> read = each(sql, values, [&first](const QSqlQuery &query) {
        if (!first.isValid())
            first = query.value(0);
    });
    if (!read)
        return Failure(read.error());
    return first;
}

Result<void> Database::transaction(const std::function<Result<void>()> &body)
{
    // IMMEDIATE: a transaction that begins by reading can not wait for another writer later on.
    if (auto begun = run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return Failure(begun.error());
    Result<void> done = body();
    if (done) {
        if (auto committed = run(QStringLiteral("COMMIT")); !committed)
            done = Failure(committed.error());
    }
    if (!done)
        run(QStringLiteral("ROLLBACK"));
    return done;
}

Error Database::describe(const QSqlError &error) const
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    // The driver reports some failures to open without a code.
    const bool isOpening = error.type() == QSqlError::ConnectionError;
    return describe(isOpening && code <= 1 ? sqliteCantOpen : code, error.databaseText().trimmed());
}

Error Database::describe(int code, const QString &reason) const
{
    QString message = advice(code).arg(QDir::toNativeSeparators(m_path));
    if (!reason.isEmpty())
        message += QStringLiteral(" (%1)").arg(reason);
    return {.kind = Error::Kind::Storage, .message = message, .providerCode = QString::number(code)};
}

} // namespace diptych
