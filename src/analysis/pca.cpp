// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/pca.h"

#include "analysis/eigen.h"

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

std::vector<float> meanOf(RowsView rows)
{
    std::vector<double> sums(static_cast<std::size_t>(rows.width));
    for (int row = 0; row < rows.count(); ++row) {
        const auto values = rows.row(row);
        for (std::size_t i = 0; i < sums.size(); ++i)
            sums[i] += static_cast<double>(values[i]);
    }
    std::vector<float> mean(sums.size());
    for (std::size_t i = 0; i < sums.size(); ++i)
        mean[i] = static_cast<float>(sums[i] / rows.count());
    return mean;
}

std::vector<float> centred(RowsView rows, const std::vector<float> &mean)
{
    std::vector<float> result(rows.values.begin(), rows.values.end());
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] -= mean[i % mean.size()];
    return result;
}

/// Directions from the Gram matrix X·Xᵀ (n × n): for fewer rows than columns.
std::vector<Eigenpair> fromGramMatrix(RowsView rows, const std::stop_token &stop)
{
    const auto count = static_cast<std::size_t>(rows.count());
    std::vector<double> gram(count * count);
    for (std::size_t i = 0; i < count; ++i) {
        if (stop.stop_requested())
            return {};
        for (std::size_t j = i; j < count; ++j)
            gram[i * count + j] = gram[j * count + i] =
                dot(rows.row(static_cast<int>(i)), rows.row(static_cast<int>(j)));
    }
    const auto apply = [&gram, count](std::span<const double> in, std::span<double> out) {
        for (std::size_t i = 0; i < count; ++i) {
            double sum = 0;
            for (std::size_t j = 0; j < count; ++j)
                sum += gram[i * count + j] * in[j];
            out[i] = sum;
        }
    };
    std::vector<Eigenpair> pairs = largestEigenpairs(rows.count(), 2, apply, stop);
    for (Eigenpair &pair : pairs) { // the same direction seen from the columns: Xᵀ·u
        std::vector<double> direction(static_cast<std::size_t>(rows.width));
        for (std::size_t i = 0; i < count; ++i) {
            const auto values = rows.row(static_cast<int>(i));
            for (std::size_t k = 0; k < direction.size(); ++k)
                direction[k] += pair.vector[i] * static_cast<double>(values[k]);
        }
        pair.vector = std::move(direction);
    }
    return pairs;
}

/// Directions from Xᵀ·X (d × d), which is never formed.
std::vector<Eigenpair> fromCovariance(RowsView rows, const std::stop_token &stop)
{
    std::vector<float> direction(static_cast<std::size_t>(rows.width));
    const auto apply = [&rows, &direction](std::span<const double> in, std::span<double> out) {
        std::transform(in.begin(), in.end(), direction.begin(), [](double value) { return static_cast<float>(value); });
        std::fill(out.begin(), out.end(), 0.0);
        for (int row = 0; row < rows.count(); ++row) {
            const auto values = rows.row(row);
            const double along = dot(values, direction);
            for (std::size_t k = 0; k < out.size(); ++k)
                out[k] += along * static_cast<double>(values[k]);
        }
    };
    return largestEigenpairs(rows.width, 2, apply, stop);
}

std::vector<float> unitLength(const std::vector<double> &vector)
{
    double squares = 0;
    for (const double value : vector)
        squares += value * value;
    std::vector<float> result(vector.size());
    if (squares > 0) {
        const double scale = 1 / std::sqrt(squares);
        std::transform(vector.begin(), vector.end(), result.begin(),
            [scale](double value) { return static_cast<float>(value * scale); });
    }
    return result;
}

/// -1 when the row farthest from the centre is on the negative side; of nearly equal ones the first decides.
double signOf(const std::vector<double> &coordinates)
{
    double farthest = 0;
    for (const double value : coordinates)
        farthest = std::max(farthest, std::abs(value));
    for (const double value : coordinates) {
        if (std::abs(value) >= farthest * (1 - 1e-5))
            return value < 0 ? -1 : 1;
    }
    return 1;
}

} // namespace

std::optional<Projection> principalPlane(RowsView rows, const std::stop_token &stop)
{
    if (!isFinite(rows.values))
        return {};
    const int count = rows.count();
    Projection projection;
    projection.points.resize(static_cast<std::size_t>(count));
    const auto width = static_cast<std::size_t>(std::max(rows.width, 0));
    projection.axes = {std::vector<float>(width), std::vector<float>(width)};
    if (count == 0)
        return projection;
    projection.mean = meanOf(rows);
    const std::vector<float> values = centred(rows, projection.mean);
    const RowsView centredRows {values, rows.width};
    double total = 0;
    for (int row = 0; row < count; ++row)
        total += dot(centredRows.row(row), centredRows.row(row));
    // Rounding in the mean leaves a trace of variance in equal rows.
    if (total <= 1e-12 * std::max(dot(rows.values, rows.values), 1e-300))
        return projection;
    const auto pairs = count <= rows.width ? fromGramMatrix(centredRows, stop) : fromCovariance(centredRows, stop);
    if (pairs.empty())
        return {};
    for (std::size_t axis = 0; axis < pairs.size(); ++axis) {
        if (pairs[axis].value <= 1e-12 * total)
            continue;
        std::vector<float> direction = unitLength(pairs[axis].vector);
        std::vector<double> coordinates;
        for (int row = 0; row < count; ++row)
            coordinates.push_back(dot(centredRows.row(row), direction));
        const double sign = signOf(coordinates);
        for (float &value : direction)
            value *= static_cast<float>(sign);
        for (std::size_t row = 0; row < coordinates.size(); ++row)
            (axis == 0 ? projection.points[row].x : projection.points[row].y) = coordinates[row] * sign;
        projection.explained[axis] = std::clamp(pairs[axis].value / total, 0.0, 1.0);
        projection.axes[axis] = std::move(direction);
    }
    return projection;
}

Point2 project(const Projection &projection, std::span<const float> vector)
{
    if (vector.size() != projection.mean.size())
        return {};
    std::vector<float> shifted(vector.begin(), vector.end());
    for (std::size_t i = 0; i < shifted.size(); ++i)
        shifted[i] -= projection.mean[i];
    return {dot(shifted, projection.axes[0]), dot(shifted, projection.axes[1])};
}

} // namespace diptych
