// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/trustworthiness.h"

#include <algorithm>
#include <numeric>

namespace diptych {

namespace {

/// The other items, nearest first; of equally near ones the first.
template <typename Distance>
std::vector<int> byDistance(int count, int item, const Distance &distance)
{
    std::vector<double> distances(static_cast<std::size_t>(count));
    for (int other = 0; other < count; ++other)
        distances[static_cast<std::size_t>(other)] = distance(other);
    std::vector<int> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), 0);
    order.erase(order.begin() + item);
    std::stable_sort(order.begin(), order.end(), [&distances](int left, int right) {
        return distances[static_cast<std::size_t>(left)] < distances[static_cast<std::size_t>(right)];
    });
    return order;
}

} // namespace

std::optional<double> trustworthiness(RowsView rows, std::span<const Point2> map, int k, const std::stop_token &stop)
{
    const int count = rows.count();
    if (k < 1 || 2 * k >= count || static_cast<int>(map.size()) != count || !isFinite(rows.values))
        return {};
    std::vector<double> lengths;
    for (int row = 0; row < count; ++row)
        lengths.push_back(dot(rows.row(row), rows.row(row)));
    double penalty = 0;
    std::vector<int> rank(static_cast<std::size_t>(count));
    for (int item = 0; item < count; ++item) {
        if (stop.stop_requested())
            return {};
        const auto inSpace = byDistance(count, item, [&rows, &lengths, item](int other) {
            return lengths[static_cast<std::size_t>(other)] - 2 * dot(rows.row(item), rows.row(other));
        });
        for (std::size_t place = 0; place < inSpace.size(); ++place)
            rank[static_cast<std::size_t>(inSpace[place])] = static_cast<int>(place) + 1;
        const Point2 here = map[static_cast<std::size_t>(item)];
        const auto onMap = byDistance(count, item, [&map, here](int other) {
            const Point2 there = map[static_cast<std::size_t>(other)];
            return (there.x - here.x) * (there.x - here.x) + (there.y - here.y) * (there.y - here.y);
        });
        for (int place = 0; place < k; ++place)
            penalty += std::max(0, rank[static_cast<std::size_t>(onMap[static_cast<std::size_t>(place)])] - k);
    }
    const double n = count;
    return 1 - 2 * penalty / (n * k * (2 * n - 3 * k - 1));
}

} // namespace diptych
