// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/usage.h"
#include "providers/common/jsonreader.h"

namespace diptych::anthropic {

/// Puts the counts of a message together: those of later events are totals, not additions, and leave some out.
/// Source: Anthropic Messages API, Usage and MessageDeltaUsage.
class UsageCounter
{
public:
    /// Reads `usage` of a parent; all counts known by now, unset when there is none in this document.
    [[nodiscard]] std::optional<Usage> take(JsonReader &reader, JsonReader::Object parent);

private:
    std::optional<qint64> m_input; // without what concerns the cache
    std::optional<qint64> m_cacheWritten;
    std::optional<qint64> m_cacheRead;
    std::optional<qint64> m_output;
    std::optional<qint64> m_thinking;
};

} // namespace diptych::anthropic
