// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/prompttemplate.h"
#include "api/requestsettings.h"
#include "core/result.h"

#include <QJsonObject>

namespace diptych {

/// A prompt that was kept in a file: messages with {{variables}}, and what to ask with.
struct PromptFile {
    QString name {};
    QString description {};
    QString model {}; ///< the model or deployment that it was written for; may be empty
    QString text {}; ///< the template; roles on lines of their own, see fillMessages()
    QJsonObject values {}; ///< sample values of its variables
    RequestSettings settings {}; ///< parameters; unknown ones are extras
    bool operator==(const PromptFile &) const = default;
};

/// Reads a .prompty file (front matter in YAML, then the template) or a .prompt.yml file (messages in YAML); which one
/// it is tells the content. Errors: InvalidRequest that says what is wrong, with the line where YAML is.
/// Source: Prompty specification 1.0; GitHub Models prompt files.
[[nodiscard]] Result<PromptFile> parsePromptFile(const QByteArray &content);

} // namespace diptych
