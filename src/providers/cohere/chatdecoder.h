// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "core/result.h"

#include <memory>
#include <span>

namespace diptych::cohere {

/// Turns the events of one streamed answer, or one whole answer, into deltas. Thoughts and plans for tools are
/// reasoning; complete ones are also ChatDelta::opaque, `{"provider":"cohere","block":{…}}` and
/// `{"provider":"cohere","tool_plan":"…"}`, so that they can go back. Pure: no I/O.
/// Source: Cohere API reference, POST /v2/chat, events and response.
class ChatDecoder
{
public:
    using Delta = ChatDelta;
    static constexpr bool hasEndMark = true; ///< isComplete() is the end of the stream

    ChatDecoder();
    ~ChatDecoder();
    ChatDecoder(ChatDecoder &&) noexcept;
    ChatDecoder &operator=(ChatDecoder &&) noexcept;

    /// One event. The deltas are valid until the next call. Error::Kind::Protocol for what is not an event; any other
    /// kind when the answer ended in an error. Events of unknown types say nothing.
    [[nodiscard]] Result<std::span<const ChatDelta>> decodeChunk(QByteArrayView json);
    [[nodiscard]] Result<std::span<const ChatDelta>> decodeWhole(QByteArrayView json);
    /// What was told of the response as a whole and had no text yet to travel with, and what came with an error.
    [[nodiscard]] std::span<const ChatDelta> finish();
    [[nodiscard]] bool isComplete() const; ///< `message-end` was read, or a whole answer
    [[nodiscard]] static bool isVisible(const ChatDelta &delta);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// A whole answer. Errors as ChatDecoder::decodeWhole.
[[nodiscard]] Result<ChatResponse> decodeChatResponse(QByteArrayView json);

} // namespace diptych::cohere
