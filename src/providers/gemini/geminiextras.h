// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/knownextra.h"

#include <vector>

namespace diptych::gemini {

/// Source: Gemini API v1beta, GenerateContentRequest and GenerationConfig.
[[nodiscard]] std::vector<KnownExtra> knownExtras();

} // namespace diptych::gemini
