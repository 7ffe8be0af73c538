// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/similarity.h"

#include <algorithm>

namespace diptych {

SquareMatrix cosineSimilarity(RowsView rows, const std::stop_token &stop)
{
    const int size = rows.count();
    const std::vector<float> unit = normalised(rows);
    const RowsView unitRows {unit, rows.width};
    const auto side = static_cast<std::size_t>(size);
    SquareMatrix matrix {size, std::vector<float>(side * side)};
    for (int row = 0; row < size; ++row) {
        if (stop.stop_requested())
            return {};
        for (int column = row; column < size; ++column) {
            const double similarity = std::clamp(dot(unitRows.row(row), unitRows.row(column)), -1.0, 1.0);
            matrix.values[static_cast<std::size_t>(row) * side + static_cast<std::size_t>(column)] =
                static_cast<float>(similarity);
            matrix.values[static_cast<std::size_t>(column) * side + static_cast<std::size_t>(row)] =
                static_cast<float>(similarity);
        }
    }
    return matrix;
}

SquareMatrix reordered(const SquareMatrix &matrix, std::span<const int> order)
{
    SquareMatrix result {static_cast<int>(order.size()), {}};
    result.values.reserve(order.size() * order.size());
    for (const int row : order) {
        for (const int column : order)
            result.values.push_back(matrix.at(row, column));
    }
    return result;
}

} // namespace diptych
