// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/embedding.h"
#include "core/result.h"

namespace diptych::openai {

/// The answer of /embeddings and /images/embeddings. `asked` is the format that the request named: the answer does not
/// say which integers it holds, and a string is base64 whatever was asked. Rows are put in the order of `index`.
/// Errors: Protocol for rows of unequal length, an index twice or out of range, and wrong types.
/// Source: OpenAI v1 and Azure AI Model Inference API, POST /embeddings; bit packing after Cohere's embed API.
[[nodiscard]] Result<EmbeddingResponse> decodeEmbeddingResponse(QByteArrayView json, EncodingFormat asked);

} // namespace diptych::openai
