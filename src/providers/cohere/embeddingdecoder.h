// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/embedding.h"
#include "core/result.h"

namespace diptych::cohere {

/// A whole answer. `asked`: the form that was asked for; where the answer has only others, the first of them is read.
/// Errors: Protocol, or the error that the answer is.
/// Source: Cohere API reference, POST /v2/embed, response embeddings_by_type.
[[nodiscard]] Result<EmbeddingResponse> decodeEmbeddingResponse(QByteArrayView json, EncodingFormat asked);

} // namespace diptych::cohere
