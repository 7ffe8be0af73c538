// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/anthropic/usagecounter.h"

#include <algorithm>

namespace diptych::anthropic {

std::optional<Usage> UsageCounter::take(JsonReader &reader, JsonReader::Object parent)
{
    const auto usage = reader.object(parent, "usage", "usage");
    if (!usage)
        return std::nullopt;
    const auto read = [&reader](JsonReader::Object object, const char *key, std::optional<qint64> &count) {
        // Totals only grow; gateways write 0 for what they do not know at that moment.
        if (const auto now = reader.integer(object, key, key))
            count = std::max(*now, count.value_or(0));
    };
    read(*usage, "input_tokens", m_input);
    read(*usage, "cache_creation_input_tokens", m_cacheWritten);
    read(*usage, "cache_read_input_tokens", m_cacheRead);
    read(*usage, "output_tokens", m_output);
    if (const auto details = reader.object(*usage, "output_tokens_details", "usage.output_tokens_details"))
        read(*details, "thinking_tokens", m_thinking);
    Usage counts {.completionTokens = m_output, .cachedTokens = m_cacheRead, .reasoningTokens = m_thinking};
    if (m_input || m_cacheWritten || m_cacheRead)
        counts.promptTokens = m_input.value_or(0) + m_cacheWritten.value_or(0) + m_cacheRead.value_or(0);
    if (counts.promptTokens && counts.completionTokens)
        counts.totalTokens = *counts.promptTokens + *counts.completionTokens;
    return counts;
}

} // namespace diptych::anthropic
