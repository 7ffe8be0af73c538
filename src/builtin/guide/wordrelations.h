// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "builtin/guide/dictionary.h"

#include <optional>
#include <vector>

namespace diptych {

/// How one thing stands to another by the links "is a kind of".
struct Kinship {
    enum class Kind {
        Below, ///< it is a kind of the other
        Above, ///< the other is a kind of it
        Apart,
    };
    Kind kind = Kind::Apart;
    /// From the lower one upwards, each a kind of the next; Apart: from the first one, as far as three steps.
    std::vector<WordSense> chain {};
    WordSense otherwise {}; ///< with Below: another meaning of the word, which is no kind of it; without words: none
};

/// How a word with these meanings stands to one with those others: by whichever meanings of both are linked, else by
/// those that have most in common. Unset: one of them is no noun.
[[nodiscard]] std::optional<Kinship> kinshipOf(
    const Dictionary &dictionary, const std::vector<WordSense> &senses, const std::vector<int> &others);

} // namespace diptych
