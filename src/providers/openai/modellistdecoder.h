// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "core/result.h"

#include <vector>

namespace diptych::openai {

/// The answer of GET /models: an object with `data` (or `models`), or a bare array. Error::Kind::Protocol for anything
/// else. Context lengths come from wherever a server puts them: llama.cpp `meta.n_ctx_train`, vLLM `max_model_len`,
/// LM Studio and Mistral `max_context_length`.
/// Source: OpenAI v1 GET /models and the additions of compatible servers.
[[nodiscard]] Result<std::vector<ModelDescription>> decodeModelList(const QByteArray &json);

/// The answer of GET /models/{id}.
[[nodiscard]] Result<ModelInfo> decodeModelObject(const QByteArray &json);

} // namespace diptych::openai
