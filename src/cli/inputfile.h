// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QJsonDocument>

namespace diptych::inputfile {

/// The file that an option names, at most 64 MiB; "-" is standard input. Errors: InvalidRequest that names the option
/// and the file.
[[nodiscard]] Result<QByteArray> read(const QString &option, const QString &path);
/// The same as JSON; the error says at which byte it is none.
[[nodiscard]] Result<QJsonDocument> readJson(const QString &option, const QString &path);

} // namespace diptych::inputfile
