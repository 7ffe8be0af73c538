// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoding.h"
#include "fuzztargets.h"

#include "providers/gemini/chatdecoder.h"
#include "providers/gemini/geminicodec.h"

namespace diptych::fuzz {

void runGemini(QByteArrayView input)
{
    readStream<gemini::ChatDecoder, SseFraming>(input);
    readWhole<gemini::ChatDecoder>(input);
    checkRefusal(gemini::decodeChatResponse(input));
    checkEmbedding(gemini::decodeEmbeddings(input));
    const QByteArray body = input.toByteArray();
    checkRefusal(gemini::decodeModelPage(body));
    checkRefusal(gemini::decodeModel(body));
}

} // namespace diptych::fuzz
