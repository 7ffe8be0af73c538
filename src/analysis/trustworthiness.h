// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/vectors.h"

#include <optional>
#include <stop_token>

namespace diptych {

/// How far a map can be trusted, 0 to 1: 1 when the k nearest points of every point on the map are also its k nearest
/// rows; lower the more strangers sit close to each other. About 0.5 for a random map. Distances are Euclidean:
/// normalise the rows where closeness means cosine. Unset: counts differ, k < 1 or k >= n / 2 (the formula holds below
/// that only), or stopped.
/// Source: Venna & Kaski 2001, "Neighborhood preservation in nonlinear projection methods":
/// M1(k) = 1 - 2 / (n·k·(2n - 3k - 1)) · Σ_i Σ_{j in U_k(i)} (r(i, j) - k).
[[nodiscard]] std::optional<double> trustworthiness(
    RowsView rows, std::span<const Point2> map, int k, const std::stop_token &stop = {});

} // namespace diptych
