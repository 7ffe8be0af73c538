// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/openai/requestfields.h"

namespace diptych::openai {

// Requests as OpenAI v1 and its imitators take them. What the format has no field for (extras, compressed embedding
// formats, input_type) is handled here by the extras mode, since these servers know no such header: passed through,
// dropped with a line in the log, or refused with Error::Kind::Unsupported. Error::Kind::InvalidRequest: an extra has
// the name of a field that is set. The answers are read by ChatDecoder, CompletionDecoder and their neighbours.
// Source: OpenAI v1 POST /chat/completions, /completions, /embeddings.
[[nodiscard]] Result<BodyEncoder> encodeChatRequest(const ChatRequest &request, const EncodingOptions &options);
[[nodiscard]] Result<BodyEncoder> encodeCompletionRequest(
    const CompletionRequest &request, const EncodingOptions &options);
[[nodiscard]] Result<BodyEncoder> encodeEmbeddingRequest(
    const EmbeddingRequest &request, const EncodingOptions &options);

} // namespace diptych::openai
