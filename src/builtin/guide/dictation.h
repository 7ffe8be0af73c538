// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/message.h"

#include <QString>

#include <optional>
#include <vector>

namespace diptych {

/// What the model was told to say to the letter: a system message "answer with the single word yes", a question 'Say
/// "cheese"', "repeat after me: …", "count from 1 to 9". Unset: nothing of the kind.
[[nodiscard]] std::optional<QString> dictated(const std::vector<Message> &messages);

} // namespace diptych
