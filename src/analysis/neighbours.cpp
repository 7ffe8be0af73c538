// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/neighbours.h"

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

bool isCloser(const Neighbour &left, const Neighbour &right)
{
    return left.score != right.score ? left.score > right.score : left.index < right.index;
}

void keepClosest(std::vector<Neighbour> &candidates, int k)
{
    const auto wanted = std::min(candidates.size(), static_cast<std::size_t>(std::max(k, 0)));
    const auto middle = candidates.begin() + static_cast<std::ptrdiff_t>(wanted);
    std::partial_sort(candidates.begin(), middle, candidates.end(), isCloser);
    candidates.resize(wanted);
}

} // namespace

std::vector<Neighbour> nearest(RowsView rows, std::span<const float> query, int k, int except)
{
    std::vector<Neighbour> candidates;
    if (k <= 0 || static_cast<int>(query.size()) != rows.width)
        return candidates;
    candidates.reserve(static_cast<std::size_t>(rows.count()));
    for (int index = 0; index < rows.count(); ++index) {
        if (index == except)
            continue;
        const double score = cosine(rows.row(index), query);
        if (std::isfinite(score))
            candidates.push_back({index, score});
    }
    keepClosest(candidates, k);
    return candidates;
}

std::vector<std::vector<Neighbour>> nearestToAll(RowsView rows, int k, const std::stop_token &stop)
{
    const std::vector<float> unit = normalised(rows);
    const RowsView unitRows {unit, rows.width};
    std::vector<std::vector<Neighbour>> all;
    all.reserve(static_cast<std::size_t>(rows.count()));
    std::vector<Neighbour> candidates;
    for (int row = 0; row < rows.count(); ++row) {
        if (stop.stop_requested())
            return {};
        candidates.clear();
        for (int other = 0; other < rows.count(); ++other) {
            if (other != row)
                candidates.push_back({other, dot(unitRows.row(row), unitRows.row(other))});
        }
        std::erase_if(candidates, [](const Neighbour &candidate) { return !std::isfinite(candidate.score); });
        keepClosest(candidates, k);
        all.push_back(candidates);
    }
    return all;
}

std::vector<int> similarityRanks(RowsView rows, int item)
{
    std::vector<int> ranks(static_cast<std::size_t>(rows.count()), 0);
    int rank = 0;
    for (const Neighbour &neighbour : nearest(rows, rows.row(item), rows.count(), item))
        ranks[static_cast<std::size_t>(neighbour.index)] = ++rank;
    return ranks;
}

} // namespace diptych
