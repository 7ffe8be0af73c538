// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "api/chat.h"

#include <QJsonArray>
#include <QJsonValue>

namespace diptych::openai {

/// In what the servers of this family differ when they read messages. The defaults are those of the Azure AI Model
/// Inference API.
struct MessageDialect {
    bool takesAudioUrls = true; ///< parts of the type audio_url
    bool isAudioText = false; ///< Mistral: `input_audio` is a string, base64 or a URL
    bool hasDeveloper = true; ///< the role; written as "system" otherwise
    bool hasRefusals = true; ///< the field of earlier answers
};

/// Messages, tools and formats as they stand in a chat request of OpenAI v1 and of the Azure AI Model Inference API.
/// Unpaired surrogates in texts become U+FFFD. Parts that the server has no form for are left out by their path, see
/// BodyEncoder::unmapped().
[[nodiscard]] JsonArrayBuilder encodeMessages(
    const std::vector<Message> &messages, const MessageDialect &dialect, BodyEncoder &encoder);
[[nodiscard]] JsonArrayBuilder encodeTools(const std::vector<Tool> &tools);
[[nodiscard]] QJsonValue encodeToolChoice(const ToolChoice &choice);
[[nodiscard]] QJsonObject encodeResponseFormat(const ResponseFormat &format);
/// A part of the type image_url.
[[nodiscard]] QJsonObject encodeImage(const ImagePart &part);

} // namespace diptych::openai
