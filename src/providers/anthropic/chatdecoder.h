// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "core/result.h"

#include <memory>
#include <span>

namespace diptych::anthropic {

/// Turns the events of one streamed message, or one whole message, into deltas. Thoughts become reasoning; their signed
/// blocks become ChatDelta::opaque, `{"provider":"anthropic","block":{…}}`, when they are complete. Pure: no I/O.
/// Source: Anthropic Messages API, streaming events and the Message object.
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
    /// kind for an `error` event. Events of unknown types say nothing.
    [[nodiscard]] Result<std::span<const ChatDelta>> decodeChunk(QByteArrayView json);
    [[nodiscard]] Result<std::span<const ChatDelta>> decodeWhole(QByteArrayView json);
    /// What was told of the response as a whole and had no text yet to travel with.
    [[nodiscard]] std::span<const ChatDelta> finish();
    [[nodiscard]] bool isComplete() const; ///< `message_stop` was read, or a whole message
    [[nodiscard]] static bool isVisible(const ChatDelta &delta);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// A whole answer. Errors as ChatDecoder::decodeWhole.
[[nodiscard]] Result<ChatResponse> decodeChatResponse(QByteArrayView json);

} // namespace diptych::anthropic
