// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace diptych {

/// Whether a text has a format of JSON Schema; true for formats that are not known.
/// Source: JSON Schema 2020-12, validation §7.3; RFC 3339 for dates and times. E-mail addresses are only looked at
/// roughly: what exactly is one decides its server.
[[nodiscard]] bool hasTextFormat(const QString &text, const QString &format);
/// Formats whose texts are checked; other formats only describe.
[[nodiscard]] bool isKnownFormat(const QString &format);

} // namespace diptych
