// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/message.h"

#include <QString>

#include <vector>

namespace diptych {

class GuideIndex;

/// An answer in words.
struct GuideAnswer {
    QString text {}; ///< Markdown, complete with its source
    QString plain {}; ///< the first paragraph alone, for answers in JSON
    QString source {}; ///< title of the section; empty: not from the guide
};

/// Answers the last message of a conversation. `rank` asks for the answer from the next best section (0: the best), so
/// that several choices differ where the guide has more than one thing to say.
[[nodiscard]] GuideAnswer answerFromGuide(
    const GuideIndex &index, const std::vector<Message> &messages, bool brief, int rank);

/// The last thing the user said; empty when there is nothing.
[[nodiscard]] QString lastQuestion(const std::vector<Message> &messages);

} // namespace diptych
