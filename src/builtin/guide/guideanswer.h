// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/message.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace diptych {

class Dictionary;
class GuideIndex;

/// What answers are taken from.
struct GuideSources {
    const GuideIndex &index;
    const Dictionary &dictionary;
};

struct AnswerOptions {
    bool brief = false;
    /// Asks for the answer from the next best section, or by the next meaning (0: the best), so that several choices
    /// differ where there is more than one thing to say.
    int rank = 0;
    int candidates = 3; ///< how many sections the reasoning speaks of
};

/// An answer in words.
struct GuideAnswer {
    QString text {}; ///< Markdown, complete with its source
    QString plain {}; ///< the first paragraph alone, for answers in JSON
    QString source {}; ///< title of the section, or the dictionary; empty: from neither
    QStringList reasoning {}; ///< what was considered, in order, a sentence each
};

/// Answers the last message of a conversation, in the tone that it asks for.
[[nodiscard]] GuideAnswer answerFromGuide(
    const GuideSources &sources, const std::vector<Message> &messages, const AnswerOptions &options = {});

/// The last thing the user said; empty when there is nothing.
[[nodiscard]] QString lastQuestion(const std::vector<Message> &messages);

} // namespace diptych
