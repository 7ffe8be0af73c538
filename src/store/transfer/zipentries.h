// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <vector>

namespace diptych {

/// A file inside an archive.
struct ZipEntry {
    QString name {}; ///< with its folders
    qint64 size = 0; ///< bytes, unpacked
    quint64 index = 0;
};

/// An archive that says it unpacks to more is not read: a few bytes can claim to be terabytes.
inline constexpr qint64 maxZipEntry = qint64(2) * 1024 * 1024 * 1024 - 1;

/// Whether bytes begin like an archive.
[[nodiscard]] bool isZip(QByteArrayView beginning);
/// Errors: InvalidRequest (no archive, damaged).
[[nodiscard]] Result<std::vector<ZipEntry>> zipEntries(const QString &path);
/// Unpacks one entry into memory. `goesOn` is asked now and then; Cancelled when it says no.
/// Errors: InvalidRequest (damaged, too large, encrypted), Cancelled.
[[nodiscard]] Result<QByteArray> readZipEntry(
    const QString &path, const ZipEntry &entry, const std::function<bool()> &goesOn);

} // namespace diptych
