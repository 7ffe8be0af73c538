// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace diptych::gemini {

/// True when a JSON schema stays within the keys of the API's own Schema type, a subset of OpenAPI 3.0.
/// Source: Gemini API v1beta, Schema.
[[nodiscard]] bool isOpenApiSchema(const QJsonObject &schema);

} // namespace diptych::gemini
