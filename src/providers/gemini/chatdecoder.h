// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "core/result.h"

#include <memory>
#include <span>

namespace diptych::gemini {

/// Turns the documents of one answer of generateContent or streamGenerateContent into deltas; both have the same shape.
/// A list of such documents is read like a stream. The stream has no end mark: it is complete when every candidate that
/// began has a finish reason. Pure.
/// Source: Gemini API v1beta, GenerateContentResponse.
class ChatDecoder
{
public:
    using Delta = ChatDelta;

    ChatDecoder();
    ~ChatDecoder();
    ChatDecoder(ChatDecoder &&) noexcept;
    ChatDecoder &operator=(ChatDecoder &&) noexcept;

    /// The deltas are valid until the next call. Errors: Protocol for what does not follow the format; ContentFilter
    /// for a blocked prompt; Provider for a function call that the model wrote badly; else what the document carries in
    /// `error`, also as a list of one.
    [[nodiscard]] Result<std::span<const ChatDelta>> decodeChunk(QByteArrayView json);
    /// The same; there has to be a candidate.
    [[nodiscard]] Result<std::span<const ChatDelta>> decodeWhole(QByteArrayView json);
    /// What stood in the document that ended in an error.
    [[nodiscard]] std::span<const ChatDelta> finish();
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] static bool isVisible(const ChatDelta &delta);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// A whole answer. Errors as ChatDecoder::decodeWhole.
[[nodiscard]] Result<ChatResponse> decodeChatResponse(QByteArrayView json);

} // namespace diptych::gemini
