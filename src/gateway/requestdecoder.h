// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/completion.h"
#include "api/embedding.h"
#include "core/result.h"
#include "gateway/httpserverrequest.h"
#include "gateway/surface.h"

namespace diptych {

/// What a request body is read with besides its own members.
struct DecodeOptions {
    Surface surface = Surface::Azure;
    ExtrasMode extras = ExtrasMode::Error; ///< for members outside the surface's schema
};

/// A request for generated text and what the client wants to know about its stream.
template <typename Request>
struct GenerationCall {
    Request request {};
    bool includeUsage = false; ///< stream_options.include_usage
};

/// The mode that the header `extra-parameters` asks for; OpenAI clients have no such header and pass everything.
/// Errors: InvalidRequest.
[[nodiscard]] Result<ExtrasMode> extrasModeOf(const HttpServerRequest &request, Surface surface);
/// The body as an object. Errors: InvalidRequest.
[[nodiscard]] Result<QJsonObject> parseBody(const QByteArray &body);

// Pure. Errors: InvalidRequest (missing, wrong type, out of range, extras that are not allowed), Unsupported (a value
// that is valid but not served here), both with the parameter's path.
// Source: Azure AI Model Inference API 1.4–1.8; OpenAI v1.
[[nodiscard]] Result<GenerationCall<ChatRequest>> decodeChat(const QJsonObject &body, const DecodeOptions &options);
[[nodiscard]] Result<GenerationCall<CompletionRequest>> decodeCompletion(
    const QJsonObject &body, const DecodeOptions &options);
[[nodiscard]] Result<EmbeddingRequest> decodeEmbedding(const QJsonObject &body, const DecodeOptions &options);
[[nodiscard]] Result<ImageEmbeddingRequest> decodeImageEmbedding(const QJsonObject &body, const DecodeOptions &options);

/// The code of the refusal of members outside the schema.
inline constexpr QLatin1String extrasRefusedCode {"extra_parameters_not_allowed"};

} // namespace diptych
