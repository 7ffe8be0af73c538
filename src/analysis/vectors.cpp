// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/vectors.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace diptych {

double dot(std::span<const float> left, std::span<const float> right)
{
    // Independent sums: without them the compiler has to add one number at a time to keep the order of the additions.
    constexpr std::size_t lanes = 16;
    std::array<float, lanes> sums {};
    const std::size_t size = std::min(left.size(), right.size());
    const float *const a = left.data();
    const float *const b = right.data();
    std::size_t i = 0;
    for (; i + lanes <= size; i += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane)
            sums[lane] += a[i + lane] * b[i + lane];
    }
    double total = 0;
    for (const float sum : sums)
        total += static_cast<double>(sum);
    for (; i < size; ++i)
        total += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return total;
}

double norm(std::span<const float> vector)
{
    return std::sqrt(dot(vector, vector));
}

double cosine(std::span<const float> left, std::span<const float> right)
{
    const double lengths = norm(left) * norm(right);
    return lengths == 0 ? 0.0 : std::clamp(dot(left, right) / lengths, -1.0, 1.0);
}

bool isFinite(std::span<const float> values)
{
    return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

std::vector<float> normalised(RowsView rows)
{
    std::vector<float> result(rows.values.begin(), rows.values.end());
    const auto width = static_cast<std::size_t>(std::max(rows.width, 0));
    for (int row = 0; row < rows.count(); ++row) {
        const double length = norm(rows.row(row));
        if (length <= 0)
            continue;
        const auto scale = static_cast<float>(1.0 / length);
        for (float &value : std::span(result).subspan(static_cast<std::size_t>(row) * width, width))
            value *= scale;
    }
    return result;
}

} // namespace diptych
