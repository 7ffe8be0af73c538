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
    /// Of an override: wire names of parameters that are not sent although they are inherited. What the override sets
    /// itself is sent all the same.
    QStringList withheld {};
    bool operator==(const RequestSettings &) const = default;
};

/// Whether a parameter is set, by its wire name ("response_format"); extras are not parameters here.
[[nodiscard]] bool isSet(const RequestSettings &settings, const QString &parameter);
/// No effect when there is no such parameter.
void unset(RequestSettings &settings, const QString &parameter);

/// `override` on top of `base`. A null among the override's extras takes the base's away, and is itself kept where the
/// base has none: it may be meant for an extra of the endpoint.
[[nodiscard]] RequestSettings merged(const RequestSettings &base, const RequestSettings &override);
void apply(const RequestSettings &settings, ChatRequest &request);
void apply(const RequestSettings &settings, CompletionRequest &request);

} // namespace diptych
