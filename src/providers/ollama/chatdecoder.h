// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "core/result.h"

#include <memory>
#include <span>

namespace diptych::ollama {

/// Turns the lines of a chat stream into deltas; a whole answer is a stream of one line. Tool calls that come without
/// an id get one made of the answer's time and their number, so that no two answers of a conversation share any. Pure.
/// Source: Ollama docs/api.md, POST /api/chat.
class ChatDecoder
{
public:
    using Delta = ChatDelta;
    static constexpr bool hasEndMark = true; ///< isComplete() is the end of the stream

    ChatDecoder();
    ~ChatDecoder();
    ChatDecoder(ChatDecoder &&) noexcept;
    ChatDecoder &operator=(ChatDecoder &&) noexcept;

    /// One line. The deltas are valid until the next call. Error::Kind::Protocol for what is none; any other kind when
    /// the line is an error itself.
    [[nodiscard]] Result<std::span<const ChatDelta>> decodeChunk(QByteArrayView json);
    [[nodiscard]] Result<std::span<const ChatDelta>> decodeWhole(QByteArrayView json) { return decodeChunk(json); }
    [[nodiscard]] std::span<const ChatDelta> finish() { return {}; }
    /// A line with `done` was there.
    [[nodiscard]] bool isComplete() const;
    /// Something in the delta can be seen by a person.
    [[nodiscard]] static bool isVisible(const ChatDelta &delta);
    /// An error that the server answered with, read once more: see refined() of answerfields.h.
    [[nodiscard]] static Error explained(Error error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace diptych::ollama
