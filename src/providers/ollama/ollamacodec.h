// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/completion.h"
#include "api/embedding.h"
#include "providers/common/encodingoptions.h"

namespace diptych::ollama {

// Requests as Ollama's own API takes them. What the common request can say and Ollama can not is left out with a line,
// or refused by a strict endpoint with Error::Kind::Unsupported. Error::Kind::InvalidRequest: an extra has the name of
// a field that is set. Known samplers among the extras go into `options`.
// Source: Ollama docs/api.md, POST /api/chat, /api/generate, /api/embed.
[[nodiscard]] Result<BodyEncoder> encodeChatRequest(const ChatRequest &request, const EncodingOptions &options);
/// Continues the prompt as it stands, without the model's chat template, unless it fills a gap or the extras choose a
/// template.
[[nodiscard]] Result<BodyEncoder> encodeCompletionRequest(
    const CompletionRequest &request, const EncodingOptions &options);
[[nodiscard]] Result<BodyEncoder> encodeEmbeddingRequest(
    const EmbeddingRequest &request, const EncodingOptions &options);

/// What /api/show, /api/pull and DELETE /api/delete take. Error::Kind::InvalidRequest without a name.
[[nodiscard]] Result<BodyEncoder> encodeModelName(const QString &model);

} // namespace diptych::ollama
