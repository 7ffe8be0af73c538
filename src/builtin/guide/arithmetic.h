// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace diptych {

/// A sum found in a question, and what it comes to.
struct Calculation {
    QString expression {}; ///< as it was understood, e.g. "15% * 80"
    std::optional<double> value {}; ///< unset: it has none (division by zero, too large)
    bool operator==(const Calculation &) const = default;
};

/// Works out what is asked by "What is 3 * (4 + 5)?", "15% of 80", "2^10": + - * / ^, parentheses, percentages and the
/// words for them. Unset when the question is not a sum.
[[nodiscard]] std::optional<Calculation> calculate(const QString &question);

} // namespace diptych
