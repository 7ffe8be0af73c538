// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"
#include "transcript/transcriptblock.h"

namespace diptych {

// What a session's turns are in a transcript.

struct PaneBlocksRequest {
    QString paneId {};
    QString modelLabel {}; ///< of the pane's model, for people
    QString hiddenName {}; ///< in place of all models' names; empty: everybody may know
    int firstTurn = 0; ///< earlier ones are left out
    bool hasPrompts = true; ///< false: they stand in a column of their own
    qint64 answerUnderWay = 0; ///< id of the answer that is still coming in; 0: none
};

struct PaneBlocks {
    std::vector<TranscriptBlock> blocks {};
    /// The turn whose answer is still coming in: it is written below the blocks, and what came after it follows when it
    /// has ended. -1: none.
    int openTurn = -1;
    const Answer *last = nullptr; ///< the last answer among the blocks, or the one that is coming in
};

/// A pane's conversation, with a mark where the model was switched.
[[nodiscard]] PaneBlocks paneBlocks(const Session &session, const PaneBlocksRequest &request);
/// The prompts alone.
[[nodiscard]] std::vector<TranscriptBlock> promptBlocks(const Session &session);

[[nodiscard]] TranscriptBlock promptBlock(const Session &session, int turn);
/// "2 · guide — Built-in".
[[nodiscard]] QString answerCaption(int turn, const QString &modelLabel);
/// What became of an answer, in a few words; empty: nothing to say.
[[nodiscard]] QString answerFooter(const Turn &turn, const Answer &answer);

} // namespace diptych
