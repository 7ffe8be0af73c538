// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/surfacerules.h"

namespace diptych {

/// Anthropic's Messages API: /v1/messages, and whatever else below /v1 is asked with the header anthropic-version,
/// since the model list stands at the same path as OpenAI's. Source: Anthropic API.
[[nodiscard]] SurfaceRules anthropicSurface();

} // namespace diptych
