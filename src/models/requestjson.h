// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/completion.h"
#include "api/embedding.h"

#include <QJsonObject>

namespace diptych {

/// A request in the names of the common API, as the Wire tab shows it beside the bytes: what was asked for, before any
/// adapter. Unset members are not there. Bytes of audio are base64; there are no secrets in a request.
/// Source: Azure AI Model Inference API, POST /chat/completions, /completions and /embeddings.
[[nodiscard]] QJsonObject requestJson(const ChatRequest &request);
[[nodiscard]] QJsonObject requestJson(const CompletionRequest &request);
[[nodiscard]] QJsonObject requestJson(const EmbeddingRequest &request);

/// Such an object as indented text, with the members in the order in which people read them: model, messages, the rest.
[[nodiscard]] QByteArray requestText(const QJsonObject &request);

} // namespace diptych
