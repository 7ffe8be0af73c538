// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "api/chat.h"
#include "providers/common/encodingoptions.h"

namespace diptych::anthropic {

/// What `max_tokens` is when nothing sets it: the API demands a limit, and this one fits every model it has had.
constexpr int defaultMaxTokens = 4096;

/// A chat as the Messages API takes it. Errors: as finishBody() and writeMessages().
/// Source: Anthropic Messages API, POST /v1/messages.
[[nodiscard]] Result<BodyEncoder> encodeChatRequest(const ChatRequest &request, const EncodingOptions &options);

} // namespace diptych::anthropic
