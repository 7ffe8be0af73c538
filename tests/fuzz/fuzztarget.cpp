// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzztarget.h"

#include "fuzztargets.h"

#include <algorithm>
#include <array>

namespace diptych::fuzz {

namespace {

constexpr std::array all {
    Target {"sse", runSse},
    Target {"ndjson", runNdjson},
    Target {"url", runUrl},
    Target {"error", runError},
    Target {"encode", runEncode},
    Target {"openai", runOpenAi},
    Target {"azure", runAzure},
    Target {"ollama", runOllama},
    Target {"anthropic", runAnthropic},
    Target {"gemini", runGemini},
    Target {"cohere", runCohere},
    Target {"files", runFiles},
    Target {"json", runJson},
    Target {"gateway", runGateway},
};

} // namespace

std::span<const Target> targets()
{
    return all;
}

const Target *findTarget(QByteArrayView name)
{
    const auto found =
        std::find_if(all.begin(), all.end(), [name](const Target &target) { return name == target.name; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace diptych::fuzz
