// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "api/modelmanager.h"
#include "core/result.h"

#include <vector>

namespace diptych::ollama {

// What Ollama tells of its models. Error::Kind::Protocol, with the path, for members of a wrong type.
// Source: Ollama docs/api.md, GET /api/tags, POST /api/show, GET /api/ps; abilities: types/model/capability.go.

[[nodiscard]] Result<std::vector<ModelDescription>> decodeModelList(const QByteArray &json);

/// `model`: the one that was asked about; the answer does not name it.
[[nodiscard]] Result<ModelInfo> decodeModelInfo(const QByteArray &json, const QString &model);

[[nodiscard]] Result<std::vector<RunningModel>> decodeRunningModels(const QByteArray &json);

} // namespace diptych::ollama
