// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "store/sessionbundle.h"

namespace diptych {

/// A conversation file of LM Studio. Versions of an answer become answers, versions of a prompt branches. Members that
/// are not known are passed over. Errors: InvalidRequest (no such conversation).
/// Source: LM Studio, conversations/*.conversation.json: name, createdAt, systemPrompt, messages [{versions [{role,
/// content | steps, senderInfo}], currentlySelected}].
[[nodiscard]] Result<SessionBundle> sessionFromLmStudio(const QJsonObject &conversation);

} // namespace diptych
