// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace diptych {

/// Eigenvalue and eigenvector of a symmetric matrix.
struct Eigenpair {
    double value = 0;
    std::vector<double> vector {}; ///< length 1
};

/// All eigenpairs of a small symmetric matrix (row-major, size × size), largest first.
/// Source: cyclic Jacobi method, Golub & Van Loan, "Matrix Computations", 8.5.
[[nodiscard]] std::vector<Eigenpair> symmetricEigenpairs(std::vector<double> matrix, int size);

/// out = A · in for a symmetric, positive semi-definite A; both spans have the operator's size.
using SymmetricOperator = std::function<void(std::span<const double> in, std::span<double> out)>;

/// The `wanted` largest eigenpairs of an operator that is only known by what it does. Deterministic. Empty when
/// stopped.
[[nodiscard]] std::vector<Eigenpair> largestEigenpairs(
    int size, int wanted, const SymmetricOperator &apply, const std::stop_token &stop = {});

} // namespace diptych
