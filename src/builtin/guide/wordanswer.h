// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "builtin/guide/guideanswer.h"
#include "builtin/guide/wordquestion.h"

#include <optional>

namespace diptych {

class Dictionary;

/// Answers a question about a word from the dictionary, with definitions quoted and the source named. `rank` asks for
/// another meaning first (0: the commonest). Unset: the dictionary does not have what was asked about, unless the
/// question was of the word as such; then the answer says so.
[[nodiscard]] std::optional<GuideAnswer> answerAboutWord(
    const Dictionary &dictionary, const WordQuestion &question, bool brief, int rank);

} // namespace diptych
