// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/gapbars.h"

#include "models/formatting.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych {

namespace {

constexpr int lastBucket = GapDistribution::bucketCount - 1;
constexpr int mostEdges = 6; // more texts would run into each other

QString textOf(int bucket, qint64 count)
{
    const QString low = formatDuration(GapDistribution::lowerBound(bucket));
    if (bucket == lastBucket)
        return QCoreApplication::translate("diptych::GapBars", "%n gap(s) of %1 and more", nullptr, int(count))
            .arg(low);
    return QCoreApplication::translate("diptych::GapBars", "%n gap(s) of %1 to %2", nullptr, int(count))
        .arg(low, formatDuration(GapDistribution::lowerBound(bucket + 1)));
}

} // namespace

GapBars gapBars(const GapDistribution &gaps)
{
    const auto isFilled = [](qint64 count) { return count > 0; };
    const auto first = std::find_if(gaps.buckets.begin(), gaps.buckets.end(), isFilled);
    if (first == gaps.buckets.end())
        return {};
    const auto last = std::find_if(gaps.buckets.rbegin(), gaps.buckets.rend(), isFilled);
    const int from = std::max(static_cast<int>(first - gaps.buckets.begin()) - 1, 0);
    const int to = std::min(static_cast<int>(gaps.buckets.rend() - last), lastBucket);
    const int step = (to - from + mostEdges) / mostEdges;
    GapBars bars;
    for (int bucket = from; bucket <= to; ++bucket) {
        const qint64 count = gaps.buckets.at(static_cast<std::size_t>(bucket));
        bars.counts.push_back(static_cast<double>(count));
        bars.texts.push_back(textOf(bucket, count));
        bars.edges.push_back(
            (bucket - from) % step == 0 ? formatDuration(GapDistribution::lowerBound(bucket)) : QString());
    }
    bars.edges.push_back({});
    return bars;
}

} // namespace diptych
