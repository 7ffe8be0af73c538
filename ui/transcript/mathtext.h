// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace diptych {

/// A LaTeX formula, without its delimiters, as text that people read: Greek, operators, fractions, roots, superior and
/// inferior characters, matrices as rows. Commands that are not known stay as they are written. Empty when the formula
/// is broken, too long or too deep, and should better be shown as it is. `isDisplayed` allows several lines, for a
/// fixed-width font; otherwise the result has one. Pure; the work grows with the length only.
[[nodiscard]] QString mathText(const QString &latex, bool isDisplayed);

} // namespace diptych
