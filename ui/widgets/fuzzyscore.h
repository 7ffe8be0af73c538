// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace diptych {

/// How well a candidate fits what was typed: 0 is no match, higher is better. The letters of each word must appear in
/// order ("gp4" finds "gpt-4"); starts of words and runs of letters count more.
[[nodiscard]] int fuzzyScore(const QString &search, const QString &candidate);

} // namespace diptych
