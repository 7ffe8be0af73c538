// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "providers/openai/requestfields.h"

namespace diptych::azure {

// Requests of the Azure AI Model Inference API: a subset of OpenAI's, with `input_type`, six embedding formats and
// image embeddings. What is outside of it (extras, and OpenAI's own fields such as `n`, `logprobs`, `user`) goes into
// the body together with the header `extra-parameters`, and the service does what the mode says: it is mapped, by the
// API's own means. So a strict endpoint sends it as well, but for one case: with the mode "drop" the service would
// leave out fields that the request sets, and that is refused with Error::Kind::Unsupported that names the first.
// Extras may be dropped, since the mode was chosen for them. Further errors: InvalidRequest, an extra has the name of a
// field that is set. The answers are read by the decoders of diptych::openai. Source: Azure AI Model Inference API
// 2024-05-01-preview to 2025-05-01.
[[nodiscard]] Result<BodyEncoder> encodeChatRequest(const ChatRequest &request, const EncodingOptions &options);
/// Source: the documentation of 2024-04-01-preview; no later version has this route.
[[nodiscard]] Result<BodyEncoder> encodeCompletionRequest(
    const CompletionRequest &request, const EncodingOptions &options);
[[nodiscard]] Result<BodyEncoder> encodeEmbeddingRequest(
    const EmbeddingRequest &request, const EncodingOptions &options);
[[nodiscard]] Result<BodyEncoder> encodeImageEmbeddingRequest(
    const ImageEmbeddingRequest &request, const EncodingOptions &options);

/// The answer of GET /info. Error::Kind::Protocol when it is not an object with a `model_name`.
[[nodiscard]] Result<ModelInfo> decodeModelInfo(const QByteArray &json);
/// The same as a list of one model, for endpoints without a list route.
[[nodiscard]] Result<std::vector<ModelDescription>> decodeInfoAsList(const QByteArray &json);

} // namespace diptych::azure
