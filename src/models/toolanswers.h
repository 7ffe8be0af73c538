// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/toolstore.h"

#include <QString>

#include <optional>

namespace diptych {

// Which result a call of a tool gets. Nothing is run for it: texts are chosen and filled in.

/// Arguments written so that equal ones are equal texts: members sorted, no blanks, 1.0 as 1. What is not JSON stays
/// as it is, without blanks around it; nothing at all means {}.
[[nodiscard]] QString canonicalArguments(const QString &arguments);
/// Indented, for people; what is not JSON comes back unchanged.
[[nodiscard]] QString prettyArguments(const QString &arguments);

/// Whether the arguments fit a row's pattern; see MockRow::arguments. A pattern that is no JSON object fits nothing.
[[nodiscard]] bool fitsPattern(const QString &arguments, const QString &pattern);
/// What is wrong with a pattern, for people; empty: nothing.
[[nodiscard]] QString patternProblem(const QString &pattern);

/// A result with {{name}} and {{name.member}} replaced by what the call said. A template that is JSON stays JSON,
/// whatever the arguments hold; names that are not there are left as they are.
[[nodiscard]] QString filledResult(const QString &result, const QString &arguments);

/// The result that needs nobody: fixed, or of a row that fits. Unset: somebody has to give it.
[[nodiscard]] std::optional<QString> automaticResult(const ToolAnswer &answer, const QString &arguments);

} // namespace diptych
