// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/pairwise.h"
#include "store/session.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace diptych {

/// What votes say about the models: pair by pair, and on one scale.
struct VoteResults {
    /// Two models that were compared directly.
    struct Pair {
        ModelRef first {};
        ModelRef second {};
        QString firstLabel {};
        QString secondLabel {};
        int firstWins = 0;
        int secondWins = 0;
        int ties = 0;
        int bothBad = 0;
        Interval interval {}; ///< of the share of the first among the votes that chose one of them
        bool isDecisive = false; ///< the interval leaves out one half
        /// Votes that are missing until it would be decisive, ties among them, if it goes on like this. Unset: it is
        /// decisive, or it is even so far and nobody can tell.
        std::optional<qint64> missing {};

        [[nodiscard]] int decided() const { return firstWins + secondWins; }
        [[nodiscard]] int votes() const { return decided() + ties + bothBad; }
        /// Of the first, among the votes that chose one of them; unset: there are only ties.
        [[nodiscard]] std::optional<double> share() const;
    };
    /// A model on the scale of Bradley and Terry, where a tie (also one for being bad) is half a win for both.
    struct Rating {
        ModelRef model {};
        QString label {};
        Strength strength {};
    };
    std::vector<Pair> pairs {}; ///< those with most votes first
    std::vector<Rating> ratings {}; ///< the strongest first
    int votes = 0;
    int sessions = 0;
};

/// Votes between a model and itself are left out. Takes a while with many votes; `ratings` is empty when stopped.
[[nodiscard]] VoteResults resultsOf(const std::vector<Vote> &votes, const std::stop_token &stop = {});

/// One sentence: who is ahead, or "not decisive, about 12 more votes if it goes on like this".
[[nodiscard]] QString verdictOf(const VoteResults::Pair &pair);
/// A table of the pairs for spreadsheets, a line for each. Source: RFC 4180.
[[nodiscard]] QString toCsv(const VoteResults &results);

} // namespace diptych
