// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/surfacerules.h"

namespace diptych {

/// Ollama's own API, at /api, and its sign of life at the root. Models are served, not kept: what fetches, makes or
/// deletes them is refused.
/// Source: Ollama docs/api.md.
[[nodiscard]] SurfaceRules ollamaSurface();

} // namespace diptych
