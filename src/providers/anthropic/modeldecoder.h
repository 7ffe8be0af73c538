// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "core/result.h"
#include "providers/common/page.h"

#include <QByteArray>

namespace diptych::anthropic {

/// GET /v1/models; `next` is the id after which the next page begins. Errors: Protocol.
/// Source: Anthropic API, list of ModelInfo.
[[nodiscard]] Result<Page<ModelDescription>> decodeModelList(const QByteArray &json);
/// GET /v1/models/{id}. Errors: Protocol.
[[nodiscard]] Result<ModelInfo> decodeModelObject(const QByteArray &json);

} // namespace diptych::anthropic
