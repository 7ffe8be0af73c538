// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>

#include <vector>

namespace diptych {

enum class TranscriptSpeaker {
    User,
    Assistant,
    Tool,
    Notice,
    Mark, ///< a small line between messages: the model was switched
};

/// A file that went with a message: a line below its text, with a small picture where there is one.
struct TranscriptFile {
    QString label {};
    QString link {}; ///< reported when the label is clicked
    QString picture {}; ///< under which TranscriptView::setPicture() brings it; empty: none
    QSize pictureSize {}; ///< pixels that are kept free for it
};

/// A message, tool call, tool result or notice, as the transcript shows it.
struct TranscriptBlock {
    TranscriptSpeaker speaker = TranscriptSpeaker::User;
    QString caption {}; ///< small line above; empty shows none
    QString markdown {}; ///< of an answer; of other speakers plain text
    QString reasoning {};
    QString footer {}; ///< small line below, "stopped"
    bool isError = false; ///< of a notice
    std::vector<TranscriptFile> files {}; ///< of a user's message
    int turn = -1; ///< what panes are aligned by; -1 belongs to no turn
};

/// Where a message begins.
struct TranscriptPlace {
    int turn = -1;
    TranscriptSpeaker speaker = TranscriptSpeaker::User;
    qreal top = 0; ///< in the document, pixels
};

} // namespace diptych
