// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"

#include <QJsonObject>
#include <QUrlQuery>

namespace diptych {

/// A page of the models that can chat: `limit` of them (20 unless asked otherwise), after or before one.
/// Source: Anthropic API, GET /v1/models.
[[nodiscard]] QJsonObject encodeAnthropicModels(const std::vector<ModelDescription> &models, const QUrlQuery &query);
[[nodiscard]] QJsonObject encodeAnthropicModel(const ModelDescription &model);

} // namespace diptych
