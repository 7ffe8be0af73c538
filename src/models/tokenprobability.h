// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"

#include <optional>
#include <vector>

namespace diptych {

/// Bits of surprise at the token that stands: -log2 of its probability; 0: it was certain. Unset: not told.
/// Source: C. Shannon, "A Mathematical Theory of Communication", 1948, section 6.
[[nodiscard]] std::optional<double> surpriseBits(const TokenLogprob &token);
/// Bits of entropy of the choice at this place, as far as it was told: the candidates that are known, and all others
/// together as one more. The true entropy is never less. Unset: no alternatives were told.
/// Source: C. Shannon, "A Mathematical Theory of Communication", 1948, section 6.
[[nodiscard]] std::optional<double> entropyBits(const TokenLogprob &token);
/// What could have stood here, the likeliest first; the token itself is among them where its probability is known.
[[nodiscard]] std::vector<TokenLogprob::Alternative> candidates(const TokenLogprob &token);
/// Whether the choice was close: another candidate was likelier, or the token itself had less than half.
[[nodiscard]] bool isUncertain(const TokenLogprob &token);

} // namespace diptych
