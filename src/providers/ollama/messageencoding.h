// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "api/chat.h"

namespace diptych::ollama {

/// Writes `messages`: texts joined, pictures as bare base64 beside them, tool calls with their arguments as objects,
/// tool results with the tool's name. A line for everything that became something else or was left out.
/// Source: Ollama docs/api.md, POST /api/chat, messages.
void writeMessages(BodyEncoder &encoder, const std::vector<Message> &messages);

/// Writes `tools`, unless the choice is to use none, and a line for the choice.
void writeTools(BodyEncoder &encoder, const std::vector<Tool> &tools, const std::optional<ToolChoice> &choice);

} // namespace diptych::ollama
