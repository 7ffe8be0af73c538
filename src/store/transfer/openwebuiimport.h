// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "store/sessionbundle.h"

namespace diptych {

/// One chat of an Open WebUI export. Its tree of messages becomes a tree of turns, and each of its models a pane.
/// Members that are not known are passed over. Errors: InvalidRequest (no such chat).
/// Source: Open WebUI, "Export chats": [{id, title, chat: {models, history: {messages: {id: {role, content, parentId,
/// childrenIds, model, timestamp}}, currentId}}, created_at, updated_at, pinned}]; older ones hold chat's members
/// themselves, or a plain list `messages`.
[[nodiscard]] Result<SessionBundle> sessionFromOpenWebUi(const QJsonObject &chat);

} // namespace diptych
