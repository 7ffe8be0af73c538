// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/embedding.h"
#include "core/result.h"

namespace diptych::ollama {

/// The answer of /api/embed to so many inputs: rows in their order. For a single input the one vector of the older
/// route is accepted too. Errors: Protocol for rows of unequal length and wrong types.
/// Source: Ollama docs/api.md, POST /api/embed and /api/embeddings.
[[nodiscard]] Result<EmbeddingResponse> decodeEmbeddingResponse(QByteArrayView json, qsizetype inputs);

} // namespace diptych::ollama
