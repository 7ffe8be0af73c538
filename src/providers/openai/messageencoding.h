// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"

#include <QJsonArray>
#include <QJsonValue>

namespace diptych::openai {

/// Messages, tools and formats as they stand in a chat request of OpenAI v1 and of the Azure AI Model Inference API.
/// Unpaired surrogates in texts become U+FFFD.
[[nodiscard]] QJsonArray encodeMessages(const std::vector<Message> &messages);
[[nodiscard]] QJsonArray encodeTools(const std::vector<Tool> &tools);
[[nodiscard]] QJsonValue encodeToolChoice(const ToolChoice &choice);
[[nodiscard]] QJsonObject encodeResponseFormat(const ResponseFormat &format);

} // namespace diptych::openai
