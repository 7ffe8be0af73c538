// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/eigen.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace diptych {

namespace {

using Vector = std::vector<double>;
using Basis = std::vector<Vector>;

double dotProduct(std::span<const double> left, std::span<const double> right)
{
    return std::inner_product(left.begin(), left.end(), right.begin(), 0.0);
}

/// One Jacobi rotation that makes element (p, q) zero; collects the rotations in `vectors` (columns).
void rotate(Vector &matrix, Vector &vectors, std::size_t size, std::size_t p, std::size_t q)
{
    const double off = matrix[p * size + q];
    if (off == 0.0)
        return;
    const double theta = (matrix[q * size + q] - matrix[p * size + p]) / (2 * off);
    const double t = (theta >= 0 ? 1.0 : -1.0) / (std::abs(theta) + std::sqrt(theta * theta + 1));
    const double c = 1 / std::sqrt(t * t + 1);
    const double s = t * c;
    const auto turn = [c, s](double &first, double &second) {
        const double old = first;
        first = c * old - s * second;
        second = s * old + c * second;
    };
    for (std::size_t k = 0; k < size; ++k)
        turn(matrix[k * size + p], matrix[k * size + q]);
    for (std::size_t k = 0; k < size; ++k)
        turn(matrix[p * size + k], matrix[q * size + k]);
    for (std::size_t k = 0; k < size; ++k)
        turn(vectors[k * size + p], vectors[k * size + q]);
}

/// Makes the vectors orthonormal; one that depends on those before becomes zero.
void orthonormalise(Basis &basis)
{
    for (std::size_t i = 0; i < basis.size(); ++i) {
        const double before = std::sqrt(dotProduct(basis[i], basis[i]));
        // Twice is enough: the second pass removes what rounding left of the first.
        for (int pass = 0; pass < 2; ++pass) {
            for (std::size_t j = 0; j < i; ++j) {
                const double share = dotProduct(basis[i], basis[j]);
                for (std::size_t k = 0; k < basis[i].size(); ++k)
                    basis[i][k] -= share * basis[j][k];
            }
        }
        const double length = std::sqrt(dotProduct(basis[i], basis[i]));
        const double scale = length > before * 1e-12 && length > 0 ? 1 / length : 0;
        for (double &value : basis[i])
            value *= scale;
    }
}

Basis startingBasis(std::size_t size, std::size_t count)
{
    Basis basis(count, Vector(size));
    std::uint64_t state = 0x9E3779B97F4A7C15ULL;
    for (Vector &vector : basis) {
        for (double &value : vector) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            value = static_cast<double>(state >> 11) / 9007199254740992.0 - 0.5;
        }
    }
    orthonormalise(basis);
    return basis;
}

/// Rayleigh–Ritz: the best eigenpairs within the span of an orthonormal basis; `images` is the operator on the basis.
std::vector<Eigenpair> ritzPairs(const Basis &basis, const Basis &images)
{
    const std::size_t count = basis.size();
    Vector small(count * count);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < count; ++j)
            small[i * count + j] = (dotProduct(basis[i], images[j]) + dotProduct(basis[j], images[i])) / 2;
    }
    std::vector<Eigenpair> pairs = symmetricEigenpairs(std::move(small), static_cast<int>(count));
    for (Eigenpair &pair : pairs) {
        Vector full(basis.front().size());
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t k = 0; k < full.size(); ++k)
                full[k] += pair.vector[i] * basis[i][k];
        }
        pair.vector = std::move(full);
    }
    return pairs;
}

bool isSettled(const std::vector<Eigenpair> &now, const std::vector<double> &before)
{
    const double scale = std::max(std::abs(now.front().value), 1e-300);
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (std::abs(now[i].value - before[i]) > 1e-13 * scale)
            return false;
    }
    return !before.empty();
}

} // namespace

std::vector<Eigenpair> symmetricEigenpairs(std::vector<double> matrix, int size)
{
    const auto side = static_cast<std::size_t>(std::max(size, 0));
    Vector vectors(side * side);
    for (std::size_t i = 0; i < side; ++i)
        vectors[i * side + i] = 1;
    const double total = dotProduct(matrix, matrix);
    for (int sweep = 0; sweep < 64; ++sweep) {
        double off = 0;
        for (std::size_t p = 0; p < side; ++p) {
            for (std::size_t q = p + 1; q < side; ++q)
                off += matrix[p * side + q] * matrix[p * side + q];
        }
        if (off <= total * 1e-30)
            break;
        for (std::size_t p = 0; p < side; ++p) {
            for (std::size_t q = p + 1; q < side; ++q)
                rotate(matrix, vectors, side, p, q);
        }
    }
    std::vector<Eigenpair> pairs(side);
    for (std::size_t i = 0; i < side; ++i) {
        pairs[i].value = matrix[i * side + i];
        for (std::size_t k = 0; k < side; ++k)
            pairs[i].vector.push_back(vectors[k * side + i]);
    }
    std::stable_sort(pairs.begin(), pairs.end(),
        [](const Eigenpair &left, const Eigenpair &right) { return left.value > right.value; });
    return pairs;
}

std::vector<Eigenpair> largestEigenpairs(
    int size, int wanted, const SymmetricOperator &apply, const std::stop_token &stop)
{
    if (size <= 0 || wanted <= 0)
        return {};
    // A few vectors more than wanted: the convergence depends on the first eigenvalue that is left out.
    constexpr int spare = 6;
    constexpr int maxIterations = 300;
    const auto count = static_cast<std::size_t>(std::min(size, wanted + spare));
    const auto kept = static_cast<std::size_t>(std::min(size, wanted));
    Basis basis = startingBasis(static_cast<std::size_t>(size), count);
    Basis images(count, Vector(static_cast<std::size_t>(size)));
    std::vector<double> before;
    std::vector<Eigenpair> pairs;
    for (int iteration = 0; iteration < maxIterations; ++iteration) {
        for (std::size_t i = 0; i < count; ++i) {
            if (stop.stop_requested())
                return {};
            apply(basis[i], images[i]);
        }
        pairs = ritzPairs(basis, images);
        if (isSettled(pairs, before))
            break;
        before.clear();
        for (std::size_t i = 0; i < kept; ++i)
            before.push_back(pairs[i].value);
        basis = images;
        orthonormalise(basis);
    }
    pairs.resize(kept);
    return pairs;
}

} // namespace diptych
