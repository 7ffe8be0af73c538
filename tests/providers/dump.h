// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "api/chat.h"
#include "api/completion.h"
#include "api/embedding.h"
#include "api/model.h"
#include "api/modelmanager.h"
#include "core/error.h"

namespace diptych::test {

// Values as JSON, for golden files: only what is set.
[[nodiscard]] QJsonObject dump(const ChatDelta &delta);
[[nodiscard]] QJsonObject dump(const ChatResponse &response);
[[nodiscard]] QJsonObject dump(const CompletionDelta &delta);
[[nodiscard]] QJsonObject dump(const EmbeddingResponse &response);
[[nodiscard]] QJsonObject dump(const ModelDescription &model);
[[nodiscard]] QJsonObject dump(const ModelInfo &model);
[[nodiscard]] QJsonObject dump(const RunningModel &model);
[[nodiscard]] QJsonObject dump(const PullProgress &progress);
[[nodiscard]] QJsonObject dump(const Error &error);
/// Body, order of its keys, headers and change log.
[[nodiscard]] QJsonObject dump(const BodyEncoder &encoder);

} // namespace diptych::test
