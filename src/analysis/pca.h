// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/vectors.h"

#include <array>
#include <optional>
#include <stop_token>

namespace diptych {

/// Rows projected onto the plane in which they differ most.
struct Projection {
    std::vector<Point2> points {}; ///< one per row
    std::array<double, 2> explained {}; ///< share of the variance along each axis, 0 to 1
    std::vector<float> mean {}; ///< of the rows
    std::array<std::vector<float>, 2> axes {}; ///< directions of length 1; zeros where the rows do not differ
};

/// The first two principal components. The sign is fixed: on each axis the row farthest from the centre is on the
/// positive side. No rows, one row or equal rows give points at the origin. Unset: a value is not finite, or stopped.
/// Source: Hotelling 1933; eigenvectors by subspace iteration with Rayleigh–Ritz (Saad, "Numerical Methods for Large
/// Eigenvalue Problems", ch. 5) on the smaller of covariance and Gram matrix.
[[nodiscard]] std::optional<Projection> principalPlane(RowsView rows, const std::stop_token &stop = {});

/// Where a vector that was not among the rows falls on the plane.
[[nodiscard]] Point2 project(const Projection &projection, std::span<const float> vector);

} // namespace diptych
