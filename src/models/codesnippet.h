// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"

#include <QString>

namespace diptych {

/// Languages in which a call can be shown.
enum class SnippetLanguage { Curl, Python, JavaScript, CSharp, CppQt };

/// The call as source text that runs as it stands. A key never gets in: secret headers (those whose value reads ***)
/// are read from the environment variable `keyVariable`. Texts are quoted so that nothing in them is code.
[[nodiscard]] QString codeSnippet(const WirePreview &call, SnippetLanguage language, const QString &keyVariable);
/// A name for the environment variable that holds an endpoint's key: "My Foundry" → MY_FOUNDRY_KEY.
[[nodiscard]] QString keyVariableFor(const QString &endpointName);
/// The part of an exchange that was sent, to be shown as code again.
[[nodiscard]] WirePreview previewOf(const Exchange &exchange);

/// `text` as one word for a POSIX shell.
[[nodiscard]] QString shellQuoted(const QString &text);

} // namespace diptych
