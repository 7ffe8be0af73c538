// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "api/chat.h"
#include "providers/common/encodingoptions.h"

namespace diptych::cohere {

/// A chat as Cohere takes it. Errors: as finishBody().
/// Source: Cohere API reference, POST /v2/chat.
[[nodiscard]] Result<BodyEncoder> encodeChatRequest(const ChatRequest &request, const EncodingOptions &options);

} // namespace diptych::cohere
