// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/agreement.h"

#include "analysis/neighbours.h"

#include <algorithm>
#include <cstdlib>

namespace diptych {

std::optional<Agreement> neighbourAgreement(RowsView first, RowsView second, int k, const std::stop_token &stop)
{
    const int count = first.count();
    if (count < 2 || second.count() != count || k < 1)
        return {};
    const int compared = std::min(k, count - 1);
    const auto firstNearest = nearestToAll(first, compared, stop);
    const auto secondNearest = nearestToAll(second, compared, stop);
    if (stop.stop_requested())
        return {};
    Agreement agreement {.k = compared, .chance = static_cast<double>(compared) / (count - 1)};
    for (std::size_t item = 0; item < firstNearest.size(); ++item) {
        int shared = 0;
        for (const Neighbour &neighbour : firstNearest[item]) {
            shared += static_cast<int>(std::any_of(secondNearest[item].begin(), secondNearest[item].end(),
                [&neighbour](const Neighbour &other) { return other.index == neighbour.index; }));
        }
        agreement.overlap.push_back(static_cast<double>(shared) / compared);
        agreement.mean += agreement.overlap.back() / count;
    }
    return agreement;
}

std::vector<RankShift> rankShifts(RowsView first, RowsView second, int item)
{
    if (first.count() != second.count() || item < 0 || item >= first.count())
        return {};
    const std::vector<int> firstRanks = similarityRanks(first, item);
    const std::vector<int> secondRanks = similarityRanks(second, item);
    std::vector<RankShift> shifts;
    for (int other = 0; other < first.count(); ++other) {
        const auto index = static_cast<std::size_t>(other);
        if (other != item)
            shifts.push_back({other, firstRanks[index], secondRanks[index]});
    }
    std::stable_sort(shifts.begin(), shifts.end(), [](const RankShift &left, const RankShift &right) {
        return std::abs(left.firstRank - left.secondRank) > std::abs(right.firstRank - right.secondRank);
    });
    return shifts;
}

} // namespace diptych
