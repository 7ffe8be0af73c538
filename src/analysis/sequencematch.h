// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace diptych {

/// Items that are the same on both sides: a[a … a+length) = b[b … b+length).
struct MatchRun {
    int a = 0;
    int b = 0;
    int length = 0;
    bool operator==(const MatchRun &) const = default;
};

/// What two sequences have in common, in order, without touching runs. Items are equal when their numbers are; numbers
/// lie in [0, idCount). Deterministic. The work is bounded by a multiple of the lengths: where it would take more, the
/// rest counts as replaced.
/// Source: the greedy algorithm of Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), while there are
/// few differences; else runs of rare items first, as in the histogram algorithm of JGit, and the same between them.
[[nodiscard]] std::vector<MatchRun> matchSequences(std::span<const int> a, std::span<const int> b, int idCount);

} // namespace diptych
