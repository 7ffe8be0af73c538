// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/completion.h"
#include "api/embedding.h"

namespace diptych {

// Characters of what a request or an answer says, for estimating counts that the provider did not give.

[[nodiscard]] qsizetype lengthOf(const ChatRequest &request);
[[nodiscard]] qsizetype lengthOf(const CompletionRequest &request);
[[nodiscard]] qsizetype lengthOf(const EmbeddingRequest &request);
[[nodiscard]] qsizetype lengthOf(const ImageEmbeddingRequest &request);
[[nodiscard]] qsizetype lengthOf(const ChatResponse &response);
[[nodiscard]] qsizetype lengthOf(const CompletionResponse &response);
[[nodiscard]] inline qsizetype lengthOf(const EmbeddingResponse &)
{
    return 0; // vectors are not counted
}

} // namespace diptych
