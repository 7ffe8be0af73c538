// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/vectors.h"

#include <optional>
#include <stop_token>

namespace diptych {

/// How far two models agree about who is near whom.
struct Agreement {
    int k = 0; ///< neighbours compared per item
    std::vector<double> overlap {}; ///< per item: share of the k nearest under one model that are so under the other
    double mean = 0;
    double chance = 0; ///< what unrelated models would reach: k / (n - 1)
};

/// Neighbour overlap of two embeddings of the same items; the widths may differ. Unset: different counts, fewer than
/// two items, k < 1, or stopped. k is lowered to n - 1 where there are not more.
[[nodiscard]] std::optional<Agreement> neighbourAgreement(
    RowsView first, RowsView second, int k, const std::stop_token &stop = {});

/// An item whose rank among the neighbours of another one differs between two models.
struct RankShift {
    int index = -1;
    int firstRank = 0; ///< 1 for the closest
    int secondRank = 0;
    bool operator==(const RankShift &) const = default;
};

/// Every other item's rank as a neighbour of `item` under both models, what moved most first.
[[nodiscard]] std::vector<RankShift> rankShifts(RowsView first, RowsView second, int item);

} // namespace diptych
