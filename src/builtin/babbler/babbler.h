// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/completion.h"
#include "builtin/pacedreply.h"

#include <memory>

namespace diptych {

class NgramModel;

/// The completion models babbler-5 and babbler-3: sample from one n-gram model, seeing four or two tokens back, so that
/// temperature, top_p, penalties, seed, stop, echo and logprobs can be seen at work.
class Babbler
{
public:
    static constexpr int mostTokens = 32'768; ///< of one choice

    /// How many tokens in a row the model of that name knows: 3 for babbler-3, else 5.
    [[nodiscard]] static int orderOf(const QString &model);

    Babbler();
    ~Babbler();

    /// Errors: InvalidRequest (a parameter out of range), Unsupported (suffix, best_of, logit_bias), Storage (no model
    /// data).
    [[nodiscard]] Result<PlannedAnswer<CompletionDelta>> complete(const CompletionRequest &request) const;

private:
    mutable std::shared_ptr<const NgramModel> m_model; // loaded by the first request
};

} // namespace diptych
