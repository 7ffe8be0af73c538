// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/embeddingspace.h"

#include "analysis/seriation.h"
#include "analysis/trustworthiness.h"

#include <algorithm>

namespace diptych {

namespace {

/// Every n-th item so that at most `limit` are left.
struct Sample {
    std::vector<float> rows {};
    std::vector<Point2> points {};
};

Sample sampleOf(const EmbeddingSpace &space, int limit)
{
    Sample sample;
    const int count = space.rows().count();
    const int step = (count + limit - 1) / limit;
    for (int item = 0; item < count; item += step) {
        const auto row = space.rows().row(item);
        sample.rows.insert(sample.rows.end(), row.begin(), row.end());
        sample.points.push_back(space.plane.points[static_cast<std::size_t>(item)]);
    }
    return sample;
}

} // namespace

std::optional<EmbeddingSpace> analyseEmbeddings(RowsView rows, const std::stop_token &stop)
{
    if (rows.count() == 0 || !isFinite(rows.values))
        return {};
    EmbeddingSpace space {.unit = normalised(rows), .width = rows.width};
    auto plane = principalPlane(space.rows(), stop);
    if (!plane)
        return {};
    space.plane = std::move(*plane);
    const int count = rows.count();
    space.trustNeighbours = std::min(10, (count - 1) / 2);
    if (count <= EmbeddingSpace::maxMatrixSize) {
        space.trust = trustworthiness(space.rows(), space.plane.points, space.trustNeighbours, stop);
        space.similarity = cosineSimilarity(space.rows(), stop);
        space.order = seriationOrder(space.similarity, stop);
    } else {
        const Sample sample = sampleOf(space, EmbeddingSpace::maxMatrixSize);
        space.trust = trustworthiness({sample.rows, rows.width}, sample.points, space.trustNeighbours, stop);
    }
    if (stop.stop_requested())
        return {};
    return space;
}

} // namespace diptych
