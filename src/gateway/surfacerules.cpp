// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/surfacerules.h"

#include "gateway/anthropic/anthropicsurface.h"
#include "gateway/ollama/ollamasurface.h"
#include "gateway/openai/azuresurface.h"
#include "gateway/openai/openaisurface.h"

#include <algorithm>
#include <array>

namespace diptych {

namespace {

/// In the order in which they are asked; the last one owns what is left.
const std::array allSurfaces {ollamaSurface(), anthropicSurface(), openAiSurface(), azureSurface()};

} // namespace

const SurfaceRules &surfaceRulesOf(const HttpServerRequest &head)
{
    const auto found = std::find_if(
        allSurfaces.begin(), allSurfaces.end(), [&head](const SurfaceRules &rules) { return rules.owns(head); });
    return found == allSurfaces.end() ? allSurfaces.back() : *found;
}

const SurfaceRules &surfaceRules(Surface surface)
{
    const auto found = std::find_if(allSurfaces.begin(), allSurfaces.end(),
        [surface](const SurfaceRules &rules) { return rules.surface == surface; });
    return found == allSurfaces.end() ? allSurfaces.back() : *found;
}

} // namespace diptych
