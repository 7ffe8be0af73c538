// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "core/result.h"
#include "providers/common/page.h"

#include <QByteArray>

namespace diptych::cohere {

/// GET /v1/models; `next` is the token of the next page. Errors: Protocol.
/// Source: Cohere API reference, List Models.
[[nodiscard]] Result<Page<ModelDescription>> decodeModelList(const QByteArray &json);
/// GET /v1/models/{name}. Errors: Protocol.
[[nodiscard]] Result<ModelInfo> decodeModelObject(const QByteArray &json);

} // namespace diptych::cohere
