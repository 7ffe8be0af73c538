// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

namespace diptych {

/// What a pane asks with: its settings over the session's, the system prompt, and its history up to and without the
/// turn at index `turnCount` of the shown branch. A turn to which the pane has no answer is left out: two user messages
/// in a row are refused by some models.
[[nodiscard]] ChatRequest requestUpTo(const Session &session, const PaneState &pane, std::size_t turnCount);
/// The system prompt that a pane sends, with the session's values for its {{variables}}; empty: none.
[[nodiscard]] QString systemPromptOf(const Session &session, const PaneState &pane);
/// A prompt as it is sent: texts of files and what was typed become one text where there is nothing else. Many servers
/// take a list of parts only with pictures in it.
[[nodiscard]] Message sentPrompt(const Message &prompt);
/// Characters of all texts of the messages.
[[nodiscard]] qsizetype textLength(const ChatRequest &request);

} // namespace diptych
