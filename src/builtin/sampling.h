// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "core/error.h"

#include <optional>

namespace diptych {

/// The first parameter out of its range, if any: temperature 0–2, top_p 0–1, penalties -2–2, max_tokens from 0, n
/// 1–128.
[[nodiscard]] std::optional<Error> checkSampling(const SamplingParameters &sampling);

/// Where the first of the stop sequences begins in a text at or after `from`; -1 for none. Empty sequences are ignored.
[[nodiscard]] qsizetype firstStop(const QString &text, const QStringList &stop, qsizetype from = 0);

} // namespace diptych
