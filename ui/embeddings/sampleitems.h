// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace diptych {

/// Short sentences in four topics, for a first look. Not translated: the built-in model knows English best.
[[nodiscard]] QString sampleItems();

} // namespace diptych
