// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/embedding.h"
#include "core/result.h"

namespace diptych::ollama {

/// The answer of /api/embed: rows in the order of the inputs. Errors: Protocol for rows of unequal length and wrong
/// types.
/// Source: Ollama docs/api.md, POST /api/embed.
[[nodiscard]] Result<EmbeddingResponse> decodeEmbeddingResponse(QByteArrayView json);

} // namespace diptych::ollama
