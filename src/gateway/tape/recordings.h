// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/replayfile.h"
#include "core/result.h"

#include <QHash>
#include <QObject>

namespace diptych {

/// What a recording is found by: the same request gives the same key, however its JSON is spaced and ordered.
[[nodiscard]] QByteArray recordingKey(const QByteArray &method, const QByteArray &path, const QByteArray &body);

/// The recorded exchanges of the gateway's routes: a folder for each route with a replay file for each exchange, as the
/// Wire tab opens them. Without any secret.
class Recordings : public QObject
{
    Q_OBJECT
public:
    explicit Recordings(QString folder);

    /// Errors: Storage.
    [[nodiscard]] Result<void> add(const QString &routeId, const Exchange &exchange);
    /// The next recording of that request: they take turns in the order in which they were made. Errors: NotFound,
    /// Storage (the file is gone or damaged).
    [[nodiscard]] Result<Exchange> next(const QString &routeId, const QByteArray &key);
    /// From the names of the files alone.
    [[nodiscard]] int count(const QString &routeId) const;
    [[nodiscard]] QString folder(const QString &routeId) const;
    /// Errors: Storage.
    [[nodiscard]] Result<void> clear(const QString &routeId);

Q_SIGNALS:
    void changed(const QString &routeId);
    void failed(const diptych::Error &error); ///< an exchange could not be kept

private:
    struct Shelf {
        QHash<QByteArray, QStringList> files {}; ///< by key, oldest first
        QHash<QByteArray, qsizetype> turns {};
    };
    [[nodiscard]] Shelf &shelf(const QString &routeId);
    [[nodiscard]] QStringList filesOf(const QString &routeId) const;

    QString m_folder;
    QHash<QString, Shelf> m_shelves; // read when first needed
    int m_serial = 0;
};

} // namespace diptych
