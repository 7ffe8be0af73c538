// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "gateway/fieldreader.h"

namespace diptych {

/// The conversation of a chat. Calls without an id get one, and results find their call by the tool's name. Mistakes
/// are left in the reader. Source: Ollama docs/api.md, POST /api/chat, messages.
[[nodiscard]] std::vector<Message> readOllamaMessages(FieldReader &body);
/// Pictures, bare Base64, as parts of a message.
[[nodiscard]] std::vector<ContentPart> readOllamaImages(FieldReader &reader);
[[nodiscard]] std::vector<Tool> readOllamaTools(FieldReader &body);

} // namespace diptych
