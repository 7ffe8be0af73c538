// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "core/result.h"

namespace diptych {

/// Something in the delta can be seen by a person.
[[nodiscard]] inline bool isVisibleDelta(const ChatDelta &delta)
{
    return !delta.text.isEmpty() || !delta.reasoning.isEmpty() || !delta.refusal.isEmpty() || !delta.toolCalls.empty();
}

/// One whole answer, read by the decoder of a wire format.
template <typename ChatDecoder>
[[nodiscard]] Result<ChatResponse> decodeWholeAnswer(QByteArrayView json)
{
    ChatDecoder decoder;
    const auto deltas = decoder.decodeWhole(json);
    if (!deltas)
        return Failure(deltas.error());
    ChatResponse response;
    for (const ChatDelta &delta : *deltas)
        append(response, delta);
    for (const ChatDelta &delta : decoder.finish())
        append(response, delta);
    return response;
}

} // namespace diptych
