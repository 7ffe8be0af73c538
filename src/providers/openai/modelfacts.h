// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"

namespace diptych::openai {

// What one entry of a model list tells beyond its name. Every server has fields of its own; each is read wherever it
// stands, and what has another type than expected is taken for absent.
// Source: GET /models of llama.cpp (`meta`, `architecture`), vLLM (`max_model_len`), Mistral (`capabilities`),
// OpenRouter
// (`architecture`, `supported_parameters`), Groq (`context_window`), LM Studio's own lists, GitHub's model catalogue.

/// Tokens; the context in use counts more than the one that the model was trained with.
[[nodiscard]] std::optional<qint64> contextLengthOf(const QJsonObject &model);
[[nodiscard]] ModelType typeOf(const QJsonObject &model, const QString &id);
[[nodiscard]] ModelFacts factsOf(const QJsonObject &model, ModelType type);

} // namespace diptych::openai
