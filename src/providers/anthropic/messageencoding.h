// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "api/message.h"

#include <vector>

namespace diptych::anthropic {

/// Writes `system` and `messages`, with a line for whatever has another form here or none. Errors: InvalidRequest for a
/// picture that is neither a data URL nor on the web, naming its path.
/// Source: Anthropic Messages API, content blocks text, image, tool_use, tool_result, thinking, redacted_thinking.
[[nodiscard]] std::optional<Error> writeMessages(BodyEncoder &encoder, const std::vector<Message> &messages);

} // namespace diptych::anthropic
