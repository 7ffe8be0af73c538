// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/embedding.h"
#include "gateway/surface.h"

#include <QByteArray>

namespace diptych {

/// Embeddings as JSON text in the asked form. Written without a JSON tree: a large batch is millions of numbers.
/// What a model gives as floats is compressed here: int8 and uint8 by scaling each row to its largest component (uint8
/// has zero at 128), the binary forms by sign. What a model compressed itself goes out in the model's form.
/// Binary forms pack eight dimensions into an integer, the first dimension in the highest bit; `binary` is the signed
/// reading of `ubinary` minus 128.
/// Source: Azure AI Model Inference API 1.8; OpenAI v1 (base64 is packed little-endian float32).
[[nodiscard]] QByteArray encodeEmbeddings(
    const EmbeddingResponse &response, std::optional<EncodingFormat> asked, qsizetype inputLength);

/// A row as a JSON array of floats.
void appendFloats(QByteArray &out, std::span<const float> row);

} // namespace diptych
