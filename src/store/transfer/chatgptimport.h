// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "store/sessionbundle.h"

namespace diptych {

/// One conversation of ChatGPT's "conversations.json". Its tree of messages becomes a tree of turns; what was hidden
/// there stays out, code and its output become blocks, thoughts become reasoning. Members that are not known are
/// passed over. Errors: InvalidRequest (no such conversation).
/// Source: the data export of ChatGPT (Settings, Data controls): title, create_time, mapping {id: message, parent,
/// children}, current_node.
[[nodiscard]] Result<SessionBundle> sessionFromChatGpt(const QJsonObject &conversation);

} // namespace diptych
