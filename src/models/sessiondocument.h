// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sessionbundle.h"

namespace diptych {

// A session for reading: the branch that is shown, with the answer of each pane that counts. What a model or a person
// wrote is text and nothing else.

[[nodiscard]] QString sessionMarkdown(const Session &session);
/// One page that needs nothing else: no scripts, no addresses that are loaded, all text escaped. Pictures that the
/// session holds are in it. The subset of HTML is one that QTextDocument can show, too.
[[nodiscard]] QString sessionsHtml(const std::vector<Session> &sessions);

} // namespace diptych
