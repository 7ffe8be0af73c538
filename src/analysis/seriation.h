// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/similarity.h"

namespace diptych {

/// An order of the rows of a similarity matrix that puts similar ones next to each other, so that groups show as blocks
/// along the diagonal. A permutation of 0 … size-1; deterministic; O(size²).
/// Source: average-linkage clustering by nearest-neighbour chains (Murtagh 1983), the leaves turned at every merge so
/// that the most similar ends meet (Gruvaeus & Wainer 1972).
[[nodiscard]] std::vector<int> seriationOrder(const SquareMatrix &similarity, const std::stop_token &stop = {});

} // namespace diptych
