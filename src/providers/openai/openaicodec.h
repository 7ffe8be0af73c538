// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/openai/requestfields.h"

namespace diptych::openai {

// Requests as OpenAI v1 and its imitators take them; EncodingOptions::variant says whose names and limits count. What
// the format has no field for is left out with a line or refused, see BodyEncoder::unmapped(); extras go through
// finishBody(), since these servers know no header for them. The answers are read by ChatDecoder, CompletionDecoder and
// their neighbours.
// Source: OpenAI v1 POST /chat/completions, /completions, /embeddings.
[[nodiscard]] Result<BodyEncoder> encodeChatRequest(const ChatRequest &request, const EncodingOptions &options);
[[nodiscard]] Result<BodyEncoder> encodeCompletionRequest(
    const CompletionRequest &request, const EncodingOptions &options);
[[nodiscard]] Result<BodyEncoder> encodeEmbeddingRequest(
    const EmbeddingRequest &request, const EncodingOptions &options);
/// Error::Kind::Unsupported but for vLLM, which embeds one picture as a chat message.
/// Source: vLLM, POST /embeddings with `messages`.
[[nodiscard]] Result<BodyEncoder> encodeImageEmbeddingRequest(
    const ImageEmbeddingRequest &request, const EncodingOptions &options);

} // namespace diptych::openai
