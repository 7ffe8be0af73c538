// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/price.h"
#include "models/tokenestimate.h"

namespace diptych {

/// What a pane's next request will be, as far as can be said before.
struct ContextEstimate {
    enum class State {
        Unknown, ///< nobody told how much the model takes
        Fits,
        Tight, ///< with what is reserved for the answer, or if the estimate is wrong, it might not fit
        Overflows, ///< it does not fit even if the estimate is as wrong as ever
    };
    int number = 0; ///< of the pane, from 1
    QString model {}; ///< for people
    qint64 tokens = 0; ///< of the prompt with all that goes before it
    double deviation = 0.3; ///< part by which that may be wrong
    int samples = 0; ///< counts of the provider that it was corrected by
    std::optional<qint64> contextLength {}; ///< tokens; unset: not known
    std::optional<qint64> reserved {}; ///< tokens that the answer may take; unset: not set
    std::optional<Cost> cost {}; ///< of the prompt alone; unset: not known
    bool operator==(const ContextEstimate &) const = default;

    [[nodiscard]] State state() const;
    /// Part of the context that is used up, from 0; 0 when the length is not known.
    [[nodiscard]] double fill() const;
};

/// The estimate for a request whose estimate, uncorrected, is `raw`.
[[nodiscard]] ContextEstimate contextEstimate(double raw, const TokenCalibration &calibration);
/// The pane to be shown first: the worst state, then the fullest, then the longest. Null when there is none.
[[nodiscard]] const ContextEstimate *worstOf(std::span<const ContextEstimate> estimates);

/// "≈ 1,240 of 8,192 tokens ± 4 %".
[[nodiscard]] QString gaugeText(const ContextEstimate &estimate);
/// Each pane in a line of its own, then what the prompt costs in all and what the numbers rest on.
[[nodiscard]] QString gaugeDetails(std::span<const ContextEstimate> estimates);
/// A sentence on what will not fit, and what to do; empty when all does.
[[nodiscard]] QString overflowText(std::span<const ContextEstimate> estimates);

} // namespace diptych
