// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"

#include <QJsonObject>

namespace diptych {

/// "guide:latest" → "guide"; names with another tag, or none, stay.
[[nodiscard]] QString withoutDefaultTag(const QString &model);
/// As lists spell it: every name has a tag.
[[nodiscard]] QString withTag(const QString &model);
/// The model that a client means, with or without the tag. Null: it is not in the list.
[[nodiscard]] const ModelDescription *findTagged(const std::vector<ModelDescription> &models, const QString &name);

// What nobody knows here is there all the same, because clients' types require it: an empty text, 0, the epoch. Pure.
// Source: Ollama docs/api.md, GET /api/tags, GET /api/ps, POST /api/show.

[[nodiscard]] QJsonObject encodeTags(const std::vector<ModelDescription> &models);
/// Every model is ready at any time, so all of them are listed as loaded for good.
[[nodiscard]] QJsonObject encodeRunning(const std::vector<ModelDescription> &models);
[[nodiscard]] QJsonObject encodeShow(const ModelInfo &info);

} // namespace diptych
