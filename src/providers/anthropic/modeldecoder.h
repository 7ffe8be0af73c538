// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "core/result.h"

#include <QByteArray>

namespace diptych::anthropic {

/// GET /v1/models. Errors: Protocol.
/// Source: Anthropic API, list of ModelInfo.
[[nodiscard]] Result<std::vector<ModelDescription>> decodeModelList(const QByteArray &json);
/// GET /v1/models/{id}. Errors: Protocol.
[[nodiscard]] Result<ModelInfo> decodeModelObject(const QByteArray &json);

} // namespace diptych::anthropic
