// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/gapdistribution.h"

#include <algorithm>
#include <bit>

namespace diptych {

namespace {

using std::chrono::microseconds;

constexpr int firstPower = 6; // 64 µs: below it lie pieces that came together
constexpr int lastBucket = GapDistribution::bucketCount - 1;

/// The smallest value that at least this share of the others does not exceed.
microseconds quantile(std::vector<microseconds> &sorted, double share)
{
    const auto rank = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1) + 0.5);
    return sorted[std::min(rank, sorted.size() - 1)];
}

} // namespace

int GapDistribution::bucketOf(microseconds gap)
{
    if (gap.count() < (1 << firstPower))
        return 0;
    const auto value = static_cast<quint64>(gap.count());
    const int power = std::bit_width(value) - 1;
    const bool isUpperHalf = (value >> (power - 1) & 1U) != 0;
    return std::min(1 + 2 * (power - firstPower) + (isUpperHalf ? 1 : 0), lastBucket);
}

microseconds GapDistribution::lowerBound(int bucket)
{
    if (bucket <= 0)
        return microseconds(0);
    const int power = firstPower + (bucket - 1) / 2;
    const qint64 whole = qint64(1) << power;
    return microseconds((bucket - 1) % 2 == 0 ? whole : whole + whole / 2);
}

GapDistribution gapsBetween(const std::vector<ExchangeFrame> &frames)
{
    GapDistribution result;
    std::vector<microseconds> gaps;
    const ExchangeFrame *last = nullptr;
    for (const ExchangeFrame &frame : frames) {
        if (!frame.isVisible)
            continue;
        if (last) {
            const microseconds gap = frame.at - last->at;
            gaps.push_back(gap);
            result.total += gap;
            ++result.buckets.at(static_cast<std::size_t>(GapDistribution::bucketOf(gap)));
        }
        last = &frame;
    }
    if (gaps.empty())
        return result;
    std::sort(gaps.begin(), gaps.end());
    result.count = static_cast<qint64>(gaps.size());
    result.longest = gaps.back();
    result.median = quantile(gaps, 0.5);
    result.percentile95 = quantile(gaps, 0.95);
    return result;
}

} // namespace diptych
