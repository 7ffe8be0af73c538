// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

namespace diptych {

/// From a lower to an upper bound.
struct Interval {
    double low = 0;
    double high = 1;
    bool operator==(const Interval &) const = default;
};

/// The 97.5 % point of the standard normal distribution: intervals of 95 %.
inline constexpr double normal95 = 1.959963984540054;

/// Where the probability of a success lies, after `successes` of `trials`; all of [0, 1] without trials.
/// Source: E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22:
/// (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).
[[nodiscard]] Interval wilsonInterval(double successes, double trials, double z = normal95);

/// The number of trials from which that interval would leave out one half, if the share of successes stayed as it is;
/// at most `trials` when it does already. Unset: the share is one half, or there were no trials.
/// The interval inverts the score test, so one half is outside exactly when n (2p − 1)² > z².
[[nodiscard]] std::optional<double> trialsToDecide(double successes, double trials, double z = normal95);

} // namespace diptych
