// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/completion.h"
#include "core/result.h"

#include <memory>
#include <span>

namespace diptych::ollama {

/// Turns the lines of a completion into deltas; a whole answer is a stream of one line. What a model thinks before it
/// continues is not part of the text and has no place in a completion. Pure.
/// Source: Ollama docs/api.md, POST /api/generate.
class CompletionDecoder
{
public:
    using Delta = CompletionDelta;
    static constexpr bool hasEndMark = true; ///< isComplete() is the end of the stream

    CompletionDecoder();
    ~CompletionDecoder();
    CompletionDecoder(CompletionDecoder &&) noexcept;
    CompletionDecoder &operator=(CompletionDecoder &&) noexcept;

    /// The deltas are valid until the next call. Errors as ChatDecoder::decodeChunk.
    [[nodiscard]] Result<std::span<const CompletionDelta>> decodeChunk(QByteArrayView json);
    [[nodiscard]] Result<std::span<const CompletionDelta>> decodeWhole(QByteArrayView json)
    {
        return decodeChunk(json);
    }
    [[nodiscard]] std::span<const CompletionDelta> finish() { return {}; }
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] static bool isVisible(const CompletionDelta &delta) { return !delta.text.isEmpty(); }
    /// An error that the server answered with, read once more: see refined() of answerfields.h.
    [[nodiscard]] static Error explained(Error error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace diptych::ollama
