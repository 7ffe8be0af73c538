// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "api/embedding.h"
#include "providers/common/encodingoptions.h"

namespace diptych::cohere {

constexpr int maxTexts = 96; ///< in one request. Source: Cohere API reference, POST /v2/embed.

/// Texts or pictures to embed. The format demands to know what they are for: without an input type, texts count as
/// documents and pictures as pictures. Errors: as finishBody(); InvalidRequest about "input" for more than maxTexts.
/// Source: Cohere API reference, POST /v2/embed.
[[nodiscard]] Result<BodyEncoder> encodeEmbeddingRequest(
    const EmbeddingRequest &request, const EncodingOptions &options);
[[nodiscard]] Result<BodyEncoder> encodeImageEmbeddingRequest(
    const ImageEmbeddingRequest &request, const EncodingOptions &options);

} // namespace diptych::cohere
