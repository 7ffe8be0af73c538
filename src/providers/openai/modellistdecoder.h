// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "core/result.h"

#include <vector>

namespace diptych::openai {

/// The answer of GET /models: an object with `data` (or `models`), or a bare array. Error::Kind::Protocol for anything
/// else. What the servers add is read by factsOf().
/// Source: OpenAI v1 GET /models and the additions of compatible servers.
[[nodiscard]] Result<std::vector<ModelDescription>> decodeModelList(const QByteArray &json);

/// The answer of GET /models/{id}.
[[nodiscard]] Result<ModelInfo> decodeModelObject(const QByteArray &json);
/// One model out of the answer of GET /models, for servers without the route above. Error::Kind::NotFound.
[[nodiscard]] Result<ModelInfo> decodeModelOfList(const QByteArray &json, const QString &id);

} // namespace diptych::openai
