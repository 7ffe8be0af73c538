// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"
#include "transcript/transcriptblock.h"

#include <vector>

namespace diptych {

/// The calls of tools that led to an answer, and their results, as the transcript shows them. `caption`: above what the
/// model wrote in between.
void addToolRounds(std::vector<TranscriptBlock> &blocks, const Answer &answer, const QString &caption, int turn);

/// An answer as it is set in type: JSON as code, so that no Markdown is found in it.
[[nodiscard]] QString shownAnswer(const QString &text);
/// What goes before the first text of an answer that was asked for as JSON; empty: it is no JSON.
[[nodiscard]] QString jsonOpening(const ChatRequest *request, const QString &firstText);

} // namespace diptych
