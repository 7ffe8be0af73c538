// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/answerencoder.h"

namespace diptych {

// Bodies of the Messages API as common requests. top_k, thinking and members that nobody knows go along as extras; what
// concerns the service's own capacity and cache is left out. Pure. Errors as CallDecoder.
// Source: Anthropic Messages API, POST /v1/messages and /v1/messages/count_tokens.

[[nodiscard]] Result<ChatCall> anthropicCall(const QJsonObject &body, const DecodeOptions &options);
/// A request whose tokens are to be counted: max_tokens may be missing.
[[nodiscard]] Result<ChatRequest> anthropicCountRequest(const QJsonObject &body);
/// About how many tokens the request is: four characters each, and as many for a picture as a large one costs.
[[nodiscard]] qint64 estimateInputTokens(const ChatRequest &request);

} // namespace diptych
