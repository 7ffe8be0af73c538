// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace diptych {

/// The same text with every unpaired surrogate replaced by U+FFFD: UTF-8, and so JSON, can not carry one.
[[nodiscard]] QString repairedText(const QString &text);

/// JSON text made acceptable to a strict parser where that is possible without guessing: invalid UTF-8 becomes U+FFFD,
/// a byte order mark is removed, and the escape of an unpaired surrogate becomes a character for private use that
/// withHalves() takes back. Everything else stays as it is.
[[nodiscard]] QByteArray repairedJson(QByteArrayView json);
/// A text of repaired JSON. A text may begin or end in half a character, whose other half stands in another text; in
/// the middle such a half becomes U+FFFD.
[[nodiscard]] QString withHalves(const QString &text);

/// The first 64 KiB, as kept in Error::bodySample.
[[nodiscard]] QByteArray bodySampleOf(QByteArrayView body);

} // namespace diptych
