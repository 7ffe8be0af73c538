// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/completion.h"

namespace diptych {

/// Everything of a request that is not the conversation: what the inspector's Params and Extras tabs edit. A session
/// has one, every pane may override parts of it. An unset member is inherited, and if nobody sets it, not sent.
struct RequestSettings {
    SamplingParameters sampling {};
    std::optional<int> maxCompletionTokens {};
    std::optional<bool> logprobs {};
    std::optional<int> topLogprobs {};
    std::optional<QString> reasoningEffort {};
    std::optional<ResponseFormat> responseFormat {};
    std::optional<std::vector<Tool>> tools {};
    std::optional<ToolChoice> toolChoice {};
    std::optional<bool> parallelToolCalls {};
    std::optional<bool> stream {}; ///< unset: streamed
    std::optional<QJsonObject> extras {}; ///< keys override those inherited, one by one
    std::optional<ExtrasMode> extrasMode {};
    bool operator==(const RequestSettings &) const = default;
};

/// `override` on top of `base`.
[[nodiscard]] RequestSettings merged(const RequestSettings &base, const RequestSettings &override);
void apply(const RequestSettings &settings, ChatRequest &request);
void apply(const RequestSettings &settings, CompletionRequest &request);

} // namespace diptych
