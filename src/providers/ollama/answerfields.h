// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "providers/common/jsonreader.h"

namespace diptych::ollama {

/// The error that a line carries instead of a piece of the answer.
[[nodiscard]] std::optional<Error> errorInside(JsonReader::Object root, QByteArrayView json);

/// An error of Ollama with what only its words say: a model that is not there, and which parameter a model can not
/// take.
[[nodiscard]] Error refined(Error error);

/// `prompt_eval_count` and `eval_count`; unset when there is neither, as with a cached prompt and no answer.
[[nodiscard]] std::optional<Usage> readUsage(JsonReader &reader, JsonReader::Object root);

/// `logprobs` of a line.
[[nodiscard]] std::vector<TokenLogprob> readLogprobs(JsonReader &reader, JsonReader::Object root);

/// `done_reason`, "stop" where an old server leaves it out; empty unless `done`.
[[nodiscard]] QString readFinishReason(JsonReader &reader, JsonReader::Object root);

/// Milliseconds since 1970; unset when it is no date. Source: RFC 3339, with as many decimals as Go writes.
[[nodiscard]] std::optional<qint64> timeOf(const QString &text);

/// The members that say which answer a line belongs to. They are told once.
class AnswerHead
{
public:
    /// Fills model and created of the first delta.
    template <typename Delta>
    void read(JsonReader &reader, JsonReader::Object root, Delta &delta)
    {
        if (m_isTold)
            return;
        m_isTold = true;
        delta.model = reader.text(root, "model", "model");
        m_time = timeOf(reader.text(root, "created_at", "created_at")).value_or(0);
        delta.created = m_time / 1000;
    }
    [[nodiscard]] qint64 time() const { return m_time; } ///< milliseconds since 1970; 0: not said

private:
    qint64 m_time = 0;
    bool m_isTold = false;
};

} // namespace diptych::ollama
