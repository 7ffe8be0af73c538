// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/surfacerules.h"

namespace diptych {

/// OpenAI v1, at /v1 and /openai/v1, and Azure OpenAI deployments, at /openai/deployments/{name}.
/// Source: OpenAI v1; Azure OpenAI data plane.
[[nodiscard]] SurfaceRules openAiSurface();

} // namespace diptych
