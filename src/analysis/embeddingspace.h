// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/pca.h"
#include "analysis/similarity.h"

namespace diptych {

/// All that is shown about the embeddings of one model: a pure function of the vectors.
struct EmbeddingSpace {
    std::vector<float> unit {}; ///< rows of length 1
    int width = 0; ///< dimensions
    Projection plane {};
    std::optional<double> trust {}; ///< of the plane, 0 to 1; unset: too few items
    int trustNeighbours = 0; ///< k of `trust`
    SquareMatrix similarity {}; ///< empty above maxMatrixSize items
    std::vector<int> order {}; ///< of the rows of `similarity`, similar ones adjacent

    static constexpr int maxMatrixSize = 2'000;

    [[nodiscard]] RowsView rows() const { return {unit, width}; }
};

/// Unset: no rows, a value is not finite, or stopped. Above maxMatrixSize items the trust is that of an even sample.
[[nodiscard]] std::optional<EmbeddingSpace> analyseEmbeddings(RowsView rows, const std::stop_token &stop = {});

} // namespace diptych
