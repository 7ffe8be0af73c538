// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "api/message.h"

#include <vector>

namespace diptych::cohere {

/// Writes `messages`, with a line for whatever has another form here or none.
/// Source: Cohere v2 chat, messages of the roles system, user, assistant and tool.
void writeMessages(BodyEncoder &encoder, const std::vector<Message> &messages);

} // namespace diptych::cohere
