// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"

#include <array>
#include <chrono>
#include <vector>

namespace diptych {

/// How the gaps between the visible pieces of a stream are spread. Pieces that came with one read have no gap between
/// them.
struct GapDistribution {
    static constexpr int bucketCount = 42; ///< two for each doubling from 64 µs to 67 s, and one at either end

    qint64 count = 0; ///< of gaps; 0: nothing is known, or the answer came in one piece
    std::chrono::microseconds total {0}; ///< from the first visible piece to the last
    std::chrono::microseconds longest {0};
    std::chrono::microseconds median {0};
    std::chrono::microseconds percentile95 {0}; ///< 95 % of the gaps are at most this long
    std::array<qint64, bucketCount> buckets {}; ///< how many gaps are in each
    bool operator==(const GapDistribution &) const = default;

    [[nodiscard]] static int bucketOf(std::chrono::microseconds gap);
    /// Where a bucket begins; it ends where the next one begins.
    [[nodiscard]] static std::chrono::microseconds lowerBound(int bucket);
};

/// Of the frames that are marked as visible; frames beyond Exchange::maxRecordedFrames are not among them.
[[nodiscard]] GapDistribution gapsBetween(const std::vector<ExchangeFrame> &frames);

} // namespace diptych
