// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "builtin/pacedreply.h"

#include <memory>

namespace diptych {

class GuideIndex;

/// The chat models guide and guide-brief: retrieval over the user's guide, arithmetic, tool calls and JSON by schema.
/// Deterministic: sampling parameters are accepted and have no effect, which the guide says.
class GuideModel
{
public:
    GuideModel();
    ~GuideModel();

    /// Errors: InvalidRequest (no message, unknown tool, a parameter out of range), Unsupported (logprobs, pictures,
    /// sound, a schema that can not be met).
    [[nodiscard]] Result<PlannedAnswer<ChatDelta>> answer(const ChatRequest &request, bool brief) const;

private:
    mutable std::unique_ptr<const GuideIndex> m_index; // loaded by the first question
};

} // namespace diptych
