// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/message.h"

#include <QString>

#include <vector>

namespace diptych {

/// How an answer is to be written, as far as that can be kept to the letter.
struct Tone {
    enum class Case { AsIs, Upper, Lower };
    bool brief = false;
    bool oneSentence = false; ///< implies brief
    bool bullets = false;
    bool plainText = false; ///< without Markdown
    Case letters = Case::AsIs;
    QString beginning {}; ///< put before every answer
    QString ending {}; ///< put after every answer
    QString notPossible {}; ///< what was asked for and can not be done, e.g. "in French"; empty: nothing
    bool operator==(const Tone &) const = default;
};

/// What system and developer messages ask for, and the last question itself ("… in one sentence"); later ones win.
[[nodiscard]] Tone toneOf(const std::vector<Message> &messages);
/// The question without what it says about the tone.
[[nodiscard]] QString withoutTone(const QString &question);
/// The answer (Markdown) in that tone. What can not be done is said at its end.
[[nodiscard]] QString inTone(const QString &answer, const Tone &tone);

} // namespace diptych
