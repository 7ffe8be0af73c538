// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>
#include <QVariant>

#include <chrono>
#include <functional>
#include <memory>

class QSqlError;
class QSqlQuery;

namespace diptych {

/// One connection to one SQLite file, with errors that say what a person can do. Lives on one thread.
class Database
{
public:
    using RowReader = std::function<void(const QSqlQuery &)>;
    static constexpr std::chrono::milliseconds defaultBusyTimeout {5'000};

    /// Opens or creates the file. Writes nothing to a file that exists. Errors: Storage.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const QString &path);
    ~Database();

    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    [[nodiscard]] const QString &path() const { return m_path; }
    /// How long a statement waits for another process that is writing.
    void setBusyTimeout(std::chrono::milliseconds timeout);

    // Values are bound in order; a null QString is stored as an empty text, an invalid QVariant as NULL.

    /// Runs a statement that returns no rows; the value is the id of the row inserted last.
    Result<qint64> run(const QString &sql, const QVariantList &values = {});
    [[nodiscard]] Result<void> runAll(const QStringList &statements);
    /// Runs a query and hands every row to `row`.
    [[nodiscard]] Result<void> each(const QString &sql, const QVariantList &values, const RowReader &row) const;
    /// The first column of the first row; an invalid QVariant when there is no row.
    [[nodiscard]] Result<QVariant> value(const QString &sql, const QVariantList &values = {}) const;

    /// Runs `body` in a write transaction of its own: all of it happens or nothing.
    [[nodiscard]] Result<void> transaction(const std::function<Result<void>()> &body);

private:
    explicit Database(const QString &path);
    [[nodiscard]] Error describe(const QSqlError &error) const;
    /// `code`: SQLite's primary result code, which is also the error's providerCode.
    [[nodiscard]] Error describe(int code, const QString &reason) const;

    QString m_path;
    QString m_connection;
};

} // namespace diptych
