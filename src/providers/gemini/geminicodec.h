// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/embedding.h"
#include "api/model.h"
#include "core/result.h"
#include "providers/common/encodingoptions.h"
#include "providers/common/page.h"

namespace diptych::gemini {

// Requests and answers of the Gemini API; those of chats are read by gemini::ChatDecoder. Extras that are members of
// generationConfig go there, all others into the root. Encoding errors: InvalidRequest without a model, or when an
// extra has the name of a field that is set; Unsupported as finishBody() says. Source: Gemini API v1beta,
// models.generateContent and models.batchEmbedContents.
[[nodiscard]] Result<BodyEncoder> encodeChatRequest(const ChatRequest &request, const EncodingOptions &options);
/// Always a batch. `taskType`, `title` and `outputDimensionality` among the extras go into each of its requests.
[[nodiscard]] Result<BodyEncoder> encodeEmbeddingRequest(
    const EmbeddingRequest &request, const EncodingOptions &options);
/// Pictures as inline data, for the models that embed more than text.
[[nodiscard]] Result<BodyEncoder> encodeImageEmbeddingRequest(
    const ImageEmbeddingRequest &request, const EncodingOptions &options);

/// The name of a model as it stands in URLs: "models/…", whichever way it was written; empty stays empty.
[[nodiscard]] QString resourceName(const QString &model);

/// Errors of all decoders: Protocol; what the document carries in a member `error`.
[[nodiscard]] Result<EmbeddingResponse> decodeEmbeddings(QByteArrayView json);
[[nodiscard]] Result<Page<ModelDescription>> decodeModelPage(const QByteArray &json);
[[nodiscard]] Result<ModelInfo> decodeModel(const QByteArray &json);

} // namespace diptych::gemini
