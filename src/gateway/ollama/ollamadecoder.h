// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/answerencoder.h"

namespace diptych {

// Bodies of Ollama's API as common requests. Samplers outside the common request, and members that nobody knows, go
// along as extras; what concerns the memory of a server (keep_alive, context, template …) is left out.
// Pure. Errors as CallDecoder.
// Source: Ollama docs/api.md, POST /api/chat, /api/generate, /api/embed, /api/embeddings; docs/modelfile.md.

[[nodiscard]] Result<ChatCall> ollamaChatCall(const QJsonObject &body, const DecodeOptions &options);
/// /api/generate asked of a chat model: system and prompt become messages, as the model's template would make them.
[[nodiscard]] Result<ChatCall> ollamaGenerateCall(const QJsonObject &body, const DecodeOptions &options);
/// /api/generate asked of a model that continues text, or with a gap to fill.
[[nodiscard]] Result<CompletionCall> ollamaCompletionCall(const QJsonObject &body, const DecodeOptions &options);
[[nodiscard]] Result<EmbeddingCall> ollamaEmbedCall(const QJsonObject &body, const DecodeOptions &options);
[[nodiscard]] Result<EmbeddingCall> ollamaEmbedOneCall(const QJsonObject &body, const DecodeOptions &options);

/// A request for nothing: it only has the model loaded, or unloaded.
struct OllamaLoad {
    QString model {};
    bool isUnload = false; ///< keep_alive is 0
};
/// Whether the body has neither a prompt nor messages nor pictures.
[[nodiscard]] bool isOllamaLoad(const QJsonObject &body);
[[nodiscard]] Result<OllamaLoad> decodeOllamaLoad(const QJsonObject &body);
/// What /api/show takes: the model, under its present name or the older one.
[[nodiscard]] Result<QString> decodeOllamaModelName(const QJsonObject &body);

} // namespace diptych
