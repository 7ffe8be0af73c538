// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/surfacerules.h"

namespace diptych {

/// Azure AI Model Inference API, at / and at /models; owns every path that no other surface does.
/// Source: Azure AI Model Inference API 1.1.
[[nodiscard]] SurfaceRules azureSurface();

} // namespace diptych
