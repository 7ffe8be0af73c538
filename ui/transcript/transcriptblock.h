// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace diptych {

enum class TranscriptSpeaker { User, Assistant, Tool, Notice };

/// A message, tool call, tool result or notice, as the transcript shows it.
struct TranscriptBlock {
    TranscriptSpeaker speaker = TranscriptSpeaker::User;
    QString caption {}; ///< small line above; empty shows none
    QString markdown {}; ///< of an answer; of other speakers plain text
    QString reasoning {};
    QString footer {}; ///< small line below, "stopped"
    bool isError = false; ///< of a notice
    int turn = -1; ///< what panes are aligned by; -1 belongs to no turn
};

} // namespace diptych
