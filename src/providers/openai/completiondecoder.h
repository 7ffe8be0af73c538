// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/completion.h"
#include "core/result.h"

#include <memory>
#include <span>

namespace diptych::openai {

/// Turns the JSON documents of one completion into deltas: chunks of a stream, or one whole response; both have the
/// same shape. Pure.
/// Source: OpenAI v1 POST /completions; Mistral API POST /fim/completions.
class CompletionDecoder
{
public:
    using Delta = CompletionDelta;

    CompletionDecoder();
    ~CompletionDecoder();
    CompletionDecoder(CompletionDecoder &&) noexcept;
    CompletionDecoder &operator=(CompletionDecoder &&) noexcept;

    /// The deltas are valid until the next call. Errors as ChatDecoder::decodeChunk.
    [[nodiscard]] Result<std::span<const CompletionDelta>> decodeChunk(QByteArrayView json);
    [[nodiscard]] Result<std::span<const CompletionDelta>> decodeWhole(QByteArrayView json);
    [[nodiscard]] std::span<const CompletionDelta> finish() { return {}; }
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] static bool isVisible(const CompletionDelta &delta) { return !delta.text.isEmpty(); }

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// A whole answer. Errors as CompletionDecoder::decodeWhole.
[[nodiscard]] Result<CompletionResponse> decodeCompletionResponse(QByteArrayView json);

} // namespace diptych::openai
