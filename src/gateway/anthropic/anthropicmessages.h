// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "gateway/fieldreader.h"

namespace diptych {

/// `system` and `messages`. A turn with results of tools becomes a message for each of them, and one for the rest.
/// Signed thoughts are kept as they are for the provider that can take them back. Mistakes are left in the reader.
/// Source: Anthropic Messages API, content blocks text, image, document, tool_use, tool_result, thinking.
[[nodiscard]] std::vector<Message> readAnthropicMessages(FieldReader &body);
[[nodiscard]] std::vector<Tool> readAnthropicTools(FieldReader &body);

} // namespace diptych
