// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "gateway/fieldreader.h"

namespace diptych {

/// The conversation of a chat request. Mistakes are left in the reader.
/// Source: Azure AI Model Inference API 1.5; OpenAI v1 takes arrays of parts for every role.
[[nodiscard]] std::vector<Message> readMessages(FieldReader &body);
/// tools, tool_choice and response_format of a chat request.
void readTools(FieldReader &body, ChatRequest &request);
void readResponseFormat(FieldReader &body, ChatRequest &request);

} // namespace diptych
