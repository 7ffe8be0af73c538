// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/completion.h"
#include "api/embedding.h"
#include "core/result.h"
#include "gateway/answerencoder.h"
#include "gateway/surface.h"

namespace diptych {

/// A request for generated text and what the client wants to know about its stream.
template <typename Request>
struct DecodedRequest {
    Request request {};
    bool includeUsage = false; ///< stream_options.include_usage
};

// Pure. Errors: InvalidRequest (missing, wrong type, out of range, extras that are not allowed), Unsupported (a value
// that is valid but not served here), both with the parameter's path.
// Source: Azure AI Model Inference API 1.4–1.8; OpenAI v1.
[[nodiscard]] Result<DecodedRequest<ChatRequest>> decodeChat(const QJsonObject &body, const DecodeOptions &options);
[[nodiscard]] Result<DecodedRequest<CompletionRequest>> decodeCompletion(
    const QJsonObject &body, const DecodeOptions &options);
[[nodiscard]] Result<EmbeddingRequest> decodeEmbedding(const QJsonObject &body, const DecodeOptions &options);
[[nodiscard]] Result<ImageEmbeddingRequest> decodeImageEmbedding(const QJsonObject &body, const DecodeOptions &options);

/// The code of the refusal of members outside the schema.
inline constexpr QLatin1String extrasRefusedCode {"extra_parameters_not_allowed"};

} // namespace diptych
