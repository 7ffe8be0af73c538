// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace diptych {

/// A duration for people, with about three digits: "0.4 ms", "18 ms", "1.25 s", "2 min 5 s".
[[nodiscard]] QString formatDuration(std::chrono::microseconds duration);
/// The same, or a dash when unset.
[[nodiscard]] QString formatDuration(const std::optional<std::chrono::microseconds> &duration);
/// A number of bytes for people: "812 B", "4.2 KB", "3.1 MB" (powers of 1000).
[[nodiscard]] QString formatBytes(qint64 bytes);
/// Makes spaces, line breaks, tabs and other control characters of a token visible: "·", "⏎", "⇥", "\u0007".
[[nodiscard]] QString visibleToken(const QString &token);

/// Cuts the middle out of lines that are too long to be laid out at once (images and vectors as base64).
[[nodiscard]] QString shortenedLines(const QString &text);

} // namespace diptych
