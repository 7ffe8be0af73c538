// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "core/result.h"

#include <optional>
#include <vector>

namespace diptych {

/// Whether tools, tool choice and their names are well-formed. Errors: InvalidRequest (tools…, tool_choice).
[[nodiscard]] std::optional<Error> checkTools(const ChatRequest &request);

/// The calls that a request leads to: of the tool that was named, of the best one when a call is required, or in auto
/// mode of one whose name and description are about the question. Arguments follow its schema. Several, unless
/// parallel_tool_calls is off, when the question names several values for the only text that the tool needs. Empty: no
/// call. Errors: Unsupported (a schema that can not be met).
[[nodiscard]] Result<std::vector<ToolCall>> planToolCalls(const ChatRequest &request, const QString &question);
/// What was considered when choosing a tool, a sentence each; of no more than so many tools.
[[nodiscard]] QStringList toolNotes(const ChatRequest &request, const QString &question, int most);

} // namespace diptych
