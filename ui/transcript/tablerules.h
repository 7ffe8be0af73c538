// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace diptych {

/// The same Markdown with at least three dashes in each column of the rule under a table's head: md4c asks for three,
/// GFM for one, and models write what GFM allows.
[[nodiscard]] QString withWideTableRules(const QString &markdown);

} // namespace diptych
