// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/message.h"
#include "core/result.h"

#include <QJsonObject>
#include <QStringList>

#include <vector>

namespace diptych {

// Prompts with {{variables}} whose values are typed into fields: each value is a text under the variable's name as it
// stands in the prompt, dots included.

/// The variables that a person can be asked for, each once, in order of appearance. What stands in double braces and is
/// no name (code of other template languages) is left out.
[[nodiscard]] QStringList promptVariables(const QString &text);

/// The same text when it has no variables. An empty value counts as none; a section's value is read as JSON where it is
/// JSON. Errors: InvalidRequest with the variable's name as parameter.
[[nodiscard]] Result<QString> filledPrompt(const QString &text, const QJsonObject &values);
/// The same, cut into messages; see fillMessages().
[[nodiscard]] Result<std::vector<Message>> filledMessages(const QString &text, const QJsonObject &values);

} // namespace diptych
