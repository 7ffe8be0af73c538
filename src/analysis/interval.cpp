// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/interval.h"

#include <algorithm>
#include <cmath>

namespace diptych {

Interval wilsonInterval(double successes, double trials, double z)
{
    if (!(trials > 0))
        return {};
    const double share = std::clamp(successes / trials, 0.0, 1.0);
    const double weight = z * z / trials;
    const double centre = share + weight / 2;
    const double reach = z * std::sqrt(share * (1 - share) / trials + weight / (4 * trials));
    return {
        .low = std::max(0.0, (centre - reach) / (1 + weight)), .high = std::min(1.0, (centre + reach) / (1 + weight))};
}

std::optional<double> trialsToDecide(double successes, double trials, double z)
{
    if (!(trials > 0))
        return {};
    const double lead = 2 * std::clamp(successes / trials, 0.0, 1.0) - 1;
    if (lead == 0)
        return {};
    return std::floor(z * z / (lead * lead)) + 1; // the first whole number beyond
}

} // namespace diptych
