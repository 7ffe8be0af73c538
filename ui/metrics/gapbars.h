// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/gapdistribution.h"

#include <QStringList>

#include <vector>

namespace diptych {

/// What a HistogramChart shows of the gaps between pieces: the buckets from the first that is not empty to the last,
/// and one empty one at either side.
struct GapBars {
    std::vector<double> counts {};
    QStringList edges {}; ///< one more than counts; only some are written
    QStringList texts {}; ///< "12 gaps of 16 ms to 24 ms"
};
[[nodiscard]] GapBars gapBars(const GapDistribution &gaps);

} // namespace diptych
