// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace diptych {

/// The text of a file in UTF-8, UTF-16 or UTF-32, with a byte order mark or without; UTF-32 only with one. Unset when
/// it is in another encoding or no text at all.
[[nodiscard]] std::optional<QString> plainText(const QByteArray &bytes);

} // namespace diptych
