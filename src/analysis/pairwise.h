// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/interval.h"

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace diptych {

/// One judgement between two of several items.
struct PairJudgement {
    int first = 0; ///< items count from 0
    int second = 1;
    double score = 0.5; ///< 1: the first is better, 0: the second, 0.5: neither
    int group = 0; ///< judgements of one group (a session) are not independent of each other
};

/// How strong an item is.
struct Strength {
    double value = 0; ///< natural logarithm of the odds against an item of average strength
    /// Of 95 %, by resampling groups; unset when all judgements are of one group.
    std::optional<Interval> interval {};
    int judgements = 0; ///< it took part in
    bool operator==(const Strength &) const = default;
};

/// The strengths under which the judgements are most likely, if P(i better than j) = γi / (γi + γj); value = ln γ.
/// A tie counts as half a win for both. Every item also draws once against a phantom of strength 1, so that one that
/// has won or lost everything still has a finite strength, and items that never met can stand on one scale.
/// Source: R. A. Bradley, M. E. Terry (1952), Biometrika 39; the iteration γi ← Wi / Σj Nij / (γi + γj) is equation (3)
/// of D. R. Hunter (2004), MM algorithms for generalized Bradley–Terry models, Annals of Statistics 32.
[[nodiscard]] std::vector<double> bradleyTerry(std::span<const PairJudgement> judgements, int items);

/// The same with intervals: the 2.5 % and 97.5 % points over `resamples` draws of as many groups as there are, with
/// replacement. The same judgements give the same result. Empty when stopped.
/// Source: B. Efron, R. J. Tibshirani (1993), An introduction to the bootstrap, chapter 13 (percentile intervals).
[[nodiscard]] std::vector<Strength> strengths(
    std::span<const PairJudgement> judgements, int items, int resamples = 1000, const std::stop_token &stop = {});

/// 400 / ln 10: strengths times this are on the scale of chess, where 100 points are 64 % of the wins.
inline constexpr double eloPerStrength = 173.7177927613007;

} // namespace diptych
