// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace diptych {

/// Answers "convert 5 miles to km", "how many feet are in 3 metres", "72 °F in Celsius", "6 ft 2 in to cm": one
/// sentence of Markdown, which for units that do not fit each other says what each measures. Unset: no such question.
[[nodiscard]] std::optional<QString> convertedUnits(const QString &question);

/// A number as people read it: at most nine digits, no exponent where none is needed.
[[nodiscard]] QString readableNumber(double value);

} // namespace diptych
