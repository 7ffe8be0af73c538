// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoding.h"
#include "fuzztargets.h"

#include "providers/anthropic/chatdecoder.h"
#include "providers/anthropic/modeldecoder.h"

namespace diptych::fuzz {

void runAnthropic(QByteArrayView input)
{
    readStream<anthropic::ChatDecoder, SseFraming>(input);
    readWhole<anthropic::ChatDecoder>(input);
    checkRefusal(anthropic::decodeChatResponse(input));
    const QByteArray body = input.toByteArray();
    checkRefusal(anthropic::decodeModelList(body));
    checkRefusal(anthropic::decodeModelObject(body));
}

} // namespace diptych::fuzz
