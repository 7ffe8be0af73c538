// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/vectors.h"

#include <stop_token>

namespace diptych {

/// A square matrix, row-major.
struct SquareMatrix {
    int size = 0;
    std::vector<float> values {};

    [[nodiscard]] float at(int row, int column) const
    {
        return values[static_cast<std::size_t>(row) * static_cast<std::size_t>(size)
            + static_cast<std::size_t>(column)];
    }
    bool operator==(const SquareMatrix &) const = default;
};

/// Cosine of every pair of rows; symmetric, 1 on the diagonal (0 for rows without length). An empty matrix when
/// stopped.
[[nodiscard]] SquareMatrix cosineSimilarity(RowsView rows, const std::stop_token &stop = {});

/// The matrix with rows and columns in another order; `order` is a permutation of 0 … size-1.
[[nodiscard]] SquareMatrix reordered(const SquareMatrix &matrix, std::span<const int> order);

} // namespace diptych
