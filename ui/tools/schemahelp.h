// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/jsonedit.h"

namespace diptych {

/// What fits at the caret of a JSON schema: keywords, types, formats.
[[nodiscard]] std::vector<JsonEdit::Suggestion> schemaSuggestions(const QString &text, qsizetype caret);
/// What is wrong with a schema, and what of it is not checked; marked where it stands.
[[nodiscard]] std::vector<JsonEdit::Remark> schemaRemarks(const QString &text);

} // namespace diptych
