// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "builtin/pacedreply.h"

#include <memory>

namespace diptych {

/// The chat models guide, guide-brief and guide-reasoning: retrieval over the user's guide, a dictionary, sums, units,
/// dates, tool calls and JSON by schema. Deterministic: sampling parameters are accepted and have no effect, which the
/// guide says.
class GuideModel
{
public:
    enum class Style {
        Whole,
        Brief, ///< one paragraph
        Reasoning, ///< what was considered first, by reasoning_effort; then as Whole
    };

    GuideModel();
    ~GuideModel();

    /// Errors: InvalidRequest (no message, unknown tool, a parameter out of range), Unsupported (logprobs, pictures,
    /// sound, a schema that can not be met; reasoning_effort, where none is shown).
    [[nodiscard]] Result<PlannedAnswer<ChatDelta>> answer(const ChatRequest &request, Style style) const;

private:
    struct Data;
    mutable std::unique_ptr<const Data> m_data; // loaded by the first question
};

} // namespace diptych
