// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/message.h"

#include <QJsonObject>

#include <vector>

namespace diptych {

/// The JSON schema that stands in the text of a message: clients whose server takes no schema write it into the prompt
/// and ask for a JSON object. The latest message counts, system messages too; empty when there is none.
[[nodiscard]] QJsonObject schemaInPrompt(const std::vector<Message> &messages);

} // namespace diptych
