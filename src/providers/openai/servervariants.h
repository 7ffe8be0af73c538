// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/providerdescriptor.h"

namespace diptych::openai {

/// Names in ServerVariant::name, where something is done differently.
inline constexpr QLatin1String mistralVariant("mistral");
inline constexpr QLatin1String vllmVariant("vllm");
inline constexpr QLatin1String lmStudioVariant("lmstudio");

/// The servers and services that imitate OpenAI v1 and that are known well enough to name their own parameters:
/// llama.cpp, vLLM, LM Studio, Mistral, Groq, OpenRouter, DeepSeek.
/// Source: their documentation of request bodies.
[[nodiscard]] std::vector<ServerVariant> serverVariants();

} // namespace diptych::openai
