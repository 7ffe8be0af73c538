// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "core/result.h"

#include <optional>

namespace diptych {

/// Whether tools, tool choice and their names are well-formed. Errors: InvalidRequest (tools…, tool_choice).
[[nodiscard]] std::optional<Error> checkTools(const ChatRequest &request);

/// The call that a request leads to: the tool that was named, the best one when a call is required, or in auto mode one
/// whose name and description are about the question. Its arguments follow its schema. Unset: no call.
/// Errors: Unsupported (a schema that can not be met).
[[nodiscard]] Result<std::optional<ToolCall>> planToolCall(const ChatRequest &request, const QString &question);

/// What was considered when choosing a tool, a sentence each; of no more than so many tools.
[[nodiscard]] QStringList toolNotes(const ChatRequest &request, const QString &question, int most);

} // namespace diptych
