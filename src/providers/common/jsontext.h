// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace diptych {

/// The same text with every unpaired surrogate replaced by U+FFFD: UTF-8, and so JSON, can not carry one.
[[nodiscard]] QString repairedText(const QString &text);

/// JSON text made acceptable to a strict parser where that is possible without guessing: invalid UTF-8 and the escape
/// of an unpaired surrogate become U+FFFD, a byte order mark is removed. Everything else stays as it is.
[[nodiscard]] QByteArray repairedJson(QByteArrayView json);

/// The first 64 KiB, as kept in Error::bodySample.
[[nodiscard]] QByteArray bodySampleOf(QByteArrayView body);

} // namespace diptych
