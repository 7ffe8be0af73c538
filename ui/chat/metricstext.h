// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/metrics.h"
#include "api/price.h"

#include <QString>

namespace diptych {

/// One line for the header of a pane: time to first token, tokens per second, what it cost if that is known, tokens in
/// and out and who counted them.
[[nodiscard]] QString metricsText(const AnswerMetrics &metrics, const std::optional<Cost> &cost = {});
/// The same with every phase on its own line, for a tooltip.
[[nodiscard]] QString metricsDetails(const AnswerMetrics &metrics);

} // namespace diptych
