// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "api/chat.h"

namespace diptych::gemini {

/// Writes `systemInstruction` and `contents`: system texts leave the conversation, the assistant is called "model",
/// tool results become `functionResponse` parts with the name of the call that they answer, those that follow each
/// other in one content. What a part can not express is left out by its path (messages[0].content[1]), see
/// BodyEncoder::unmapped(). Signatures in Message::opaque go back on the part that they came with.
/// Source: Gemini API v1beta, Content and Part.
void writeMessages(BodyEncoder &encoder, const std::vector<Message> &messages);

/// Writes `tools` and `toolConfig`.
/// Source: Gemini API v1beta, FunctionDeclaration and FunctionCallingConfig.
void writeTools(BodyEncoder &encoder, const ChatRequest &request);

} // namespace diptych::gemini
