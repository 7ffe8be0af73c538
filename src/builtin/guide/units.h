// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <optional>

namespace diptych {

/// Exponents of what a unit measures: length, mass, time, temperature, data, angle.
using Dimension = std::array<int, 6>;

/// A unit: so many of the base units (metre, kilogram, second, kelvin, bit, radian).
struct Unit {
    Dimension dimension {};
    double factor = 1;
    double offset = 0; ///< added after the factor; temperatures only
    bool operator==(const Unit &) const = default;
};

/// Reads a unit as people write it: "km", "miles per hour", "square feet", "m/s^2", "MiB", "°F". Unset: it is none.
[[nodiscard]] std::optional<Unit> unitNamed(const QString &name);

/// "length", "speed"; empty for a dimension without a usual name.
[[nodiscard]] QString dimensionName(const Dimension &dimension);

} // namespace diptych
