// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/completion.h"
#include "api/embedding.h"

#include <QJsonObject>

namespace diptych::test {

// Requests from the JSON of golden files. The keys are the names of the members; absent is unset.
[[nodiscard]] ChatRequest chatRequestOf(const QJsonObject &json);
[[nodiscard]] CompletionRequest completionRequestOf(const QJsonObject &json);
[[nodiscard]] EmbeddingRequest embeddingRequestOf(const QJsonObject &json);
[[nodiscard]] ImageEmbeddingRequest imageEmbeddingRequestOf(const QJsonObject &json);

} // namespace diptych::test
