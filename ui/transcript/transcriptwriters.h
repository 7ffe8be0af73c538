// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transcript/transcriptextract.h"

namespace diptych {

/// What was selected as Markdown that gives the same again.
[[nodiscard]] QString copiedMarkdown(const std::vector<CopyBlock> &blocks);
/// The same for word processors: HTML without styles, colours and anything that is loaded.
[[nodiscard]] QString copiedHtml(const std::vector<CopyBlock> &blocks);

} // namespace diptych
