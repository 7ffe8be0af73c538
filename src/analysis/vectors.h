// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace diptych {

/// n vectors of equal width, row-major; does not own them.
struct RowsView {
    std::span<const float> values {};
    int width = 0; ///< numbers per row

    [[nodiscard]] int count() const { return width <= 0 ? 0 : static_cast<int>(values.size()) / width; }
    [[nodiscard]] std::span<const float> row(int index) const
    {
        const auto columns = static_cast<std::size_t>(width);
        return values.subspan(static_cast<std::size_t>(index) * columns, columns);
    }
};

/// A place on a map.
struct Point2 {
    double x = 0;
    double y = 0;
    bool operator==(const Point2 &) const = default;
};

/// Sum of the products; both spans have the same length.
[[nodiscard]] double dot(std::span<const float> left, std::span<const float> right);
/// Euclidean length.
[[nodiscard]] double norm(std::span<const float> vector);
/// Cosine of the angle, -1 to 1; 0 when one of the vectors has no length, NaN when one has a NaN.
[[nodiscard]] double cosine(std::span<const float> left, std::span<const float> right);
/// False when a value is NaN or infinite.
[[nodiscard]] bool isFinite(std::span<const float> values);
/// The rows with length 1; rows without length stay as they are.
[[nodiscard]] std::vector<float> normalised(RowsView rows);

} // namespace diptych
