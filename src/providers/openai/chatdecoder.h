// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "core/result.h"

#include <memory>
#include <span>

namespace diptych::openai {

/// Turns the JSON documents of one chat answer into deltas: the chunks of a stream one after the other, or one whole
/// response. Holds what has to be remembered between chunks: which tool call a piece belongs to, half a `<think>` tag,
/// what was already told about id and model. Pure: no I/O, no signals.
/// Source: OpenAI v1 chat.completion and chat.completion.chunk, Azure AI Model Inference API POST /chat/completions.
class ChatDecoder
{
public:
    using Delta = ChatDelta;

    ChatDecoder();
    ~ChatDecoder();
    ChatDecoder(ChatDecoder &&) noexcept;
    ChatDecoder &operator=(ChatDecoder &&) noexcept;

    /// One chunk. The deltas are valid until the next call. Error::Kind::Protocol for what is not a chunk; any other
    /// kind when the document is an error itself.
    [[nodiscard]] Result<std::span<const ChatDelta>> decodeChunk(QByteArrayView json);
    /// One whole response; `choices` has to be there.
    [[nodiscard]] Result<std::span<const ChatDelta>> decodeWhole(QByteArrayView json);
    /// What was held back when the stream ended, mostly nothing.
    [[nodiscard]] std::span<const ChatDelta> finish();
    /// Every choice that began has its finish reason, and there was at least one.
    [[nodiscard]] bool isComplete() const;
    /// Something in the delta can be seen by a person.
    [[nodiscard]] static bool isVisible(const ChatDelta &delta);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// A whole answer. Errors as ChatDecoder::decodeWhole.
[[nodiscard]] Result<ChatResponse> decodeChatResponse(QByteArrayView json);

} // namespace diptych::openai
