// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "api/shadowlog.h"
#include "store/session.h"

namespace diptych {

/// A client's request as a conversation of the Chat page.
struct RequestSession {
    Session session {}; ///< without an id
    QString prompt {}; ///< what has not been answered in it: to be asked again
    int leftOut = 0; ///< messages that the Chat page has no place for: calls of tools, their results
};

/// One pane per model, each with the request's history and settings. A last question that is only text becomes
/// `prompt`; one with attachments stays in the session as a turn without an answer.
[[nodiscard]] RequestSession sessionFromRequest(
    const ChatRequest &request, const std::vector<ModelRef> &models, const Connections &connections);
/// Two panes that begin with the client's conversation and end with the two answers; nothing is left to be asked.
[[nodiscard]] RequestSession sessionFromShadow(const ShadowPair &pair, const Connections &connections);

} // namespace diptych
