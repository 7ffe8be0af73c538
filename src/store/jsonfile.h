// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QFileDevice>
#include <QJsonObject>
#include <QString>

#include <functional>

namespace diptych {

/// One JSON object in a file that is replaced as a whole, so that it is never half-written. Several processes may
/// change it at once.
class JsonFile
{
public:
    /// `permissions`: of the file when it is written; none: as the system makes files.
    explicit JsonFile(QString path, QFileDevice::Permissions permissions = {});

    [[nodiscard]] const QString &path() const { return m_path; }
    /// Empty when there is no file. A file that is not a JSON object is moved aside, and that is the error.
    /// Errors: Storage.
    [[nodiscard]] Result<QJsonObject> read() const;
    /// Reads, changes, writes. Errors: Storage.
    [[nodiscard]] Result<void> change(const std::function<void(QJsonObject &)> &edit) const;

private:
    [[nodiscard]] Result<void> write(const QJsonObject &object) const;
    [[nodiscard]] Error failure(const QString &message, const QString &reason) const;
    [[nodiscard]] Error movedAside() const;

    QString m_path;
    QFileDevice::Permissions m_permissions;
};

} // namespace diptych
