// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/vectors.h"

#include <optional>

namespace diptych {

/// A layout laid over another one as well as turning, mirroring, scaling and moving can do it.
struct Alignment {
    std::vector<Point2> points {}; ///< the moved layout
    double rotation = 0; ///< radians, after the mirroring
    double scale = 1;
    bool mirrored = false; ///< x was negated before turning
    double disparity = 0; ///< what is left, 0 (same shape) to 1 (nothing in common)
};

/// Aligns `layout` to `reference`, point by point. Unset: different counts or no points. Layouts without extent are
/// only moved.
/// Source: Schönemann & Carroll 1970, "Fitting one matrix to another under choice of a central dilation and a rigid
/// motion"; in the plane the best turn is the argument of a complex sum.
[[nodiscard]] std::optional<Alignment> align(std::span<const Point2> layout, std::span<const Point2> reference);

} // namespace diptych
