// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace diptych {

/// A short text that a regular expression accepts, of at least `length` characters where its repetitions allow it.
/// Literals, classes, groups, alternatives and repetitions are understood; looking around and references back are not.
/// Unset: none was found.
[[nodiscard]] std::optional<QString> patternSample(const QString &pattern, int length = 0);

} // namespace diptych
