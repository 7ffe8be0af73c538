// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/vectors.h"

#include <stop_token>

namespace diptych {

/// A row and how close it is.
struct Neighbour {
    int index = -1;
    double score = 0; ///< cosine, -1 to 1
    bool operator==(const Neighbour &) const = default;
};

/// The k rows closest to a vector by cosine, closest first; of equally close ones the first. Exact. Rows whose score is
/// not a number are left out, as is the row `except`.
[[nodiscard]] std::vector<Neighbour> nearest(RowsView rows, std::span<const float> query, int k, int except = -1);

/// The k nearest other rows of every row. Exact; costs n² products. Empty when stopped.
[[nodiscard]] std::vector<std::vector<Neighbour>> nearestToAll(RowsView rows, int k, const std::stop_token &stop = {});

/// How close every other row is, as a rank: 1 for the closest; 0 for the row itself.
[[nodiscard]] std::vector<int> similarityRanks(RowsView rows, int item);

} // namespace diptych
