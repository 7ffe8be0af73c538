// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "providers/common/jsonreader.h"

namespace diptych::openai {

/// The error that a document carries instead of a result: a member `error`, or `"object": "error"` as older vLLM
/// writes.
[[nodiscard]] std::optional<Error> errorInside(JsonReader::Object root, QByteArrayView json);

/// `usage` with its details; unset when absent.
[[nodiscard]] std::optional<Usage> readUsage(JsonReader &reader, JsonReader::Object root);

/// `logprobs` of a choice in either shape: chat (`content` list) or legacy completion (four parallel lists).
[[nodiscard]] std::vector<TokenLogprob> readLogprobs(JsonReader &reader, JsonReader::Object choice);

/// `index` of a choice; `position` where the server left it out. A negative index is a fault.
[[nodiscard]] int readChoiceIndex(JsonReader &reader, JsonReader::Object choice, int position);

/// The members that say which response a chunk belongs to. They are told once.
class ResponseHead
{
public:
    /// Fills id, model and created of the delta with what was not told before. True when there was something.
    template <typename Delta>
    bool read(JsonReader &reader, JsonReader::Object root, Delta &delta)
    {
        if (m_isComplete)
            return false;
        const bool before = m_hasId || m_hasModel || m_hasCreated;
        if (!m_hasId)
            delta.id = reader.label(root, "id", "id");
        if (!m_hasModel)
            delta.model = reader.text(root, "model", "model");
        if (!m_hasCreated && root.at_key("created").is_number()) // a date by some
            delta.created = reader.integer(root, "created", "created").value_or(0);
        m_hasId |= !delta.id.isEmpty();
        m_hasModel |= !delta.model.isEmpty();
        m_hasCreated |= delta.created != 0;
        // A server that leaves one out does so in every chunk.
        m_isComplete = before || (m_hasId && m_hasModel && m_hasCreated);
        return !delta.id.isEmpty() || !delta.model.isEmpty() || delta.created != 0;
    }

private:
    bool m_hasId = false;
    bool m_hasModel = false;
    bool m_hasCreated = false;
    bool m_isComplete = false;
};

} // namespace diptych::openai
