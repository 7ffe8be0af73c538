// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoding.h"
#include "fuzztargets.h"

#include "providers/cohere/chatdecoder.h"
#include "providers/cohere/embeddingdecoder.h"
#include "providers/cohere/modeldecoder.h"

namespace diptych::fuzz {

void runCohere(QByteArrayView input)
{
    readStream<cohere::ChatDecoder, SseFraming>(input);
    readWhole<cohere::ChatDecoder>(input);
    checkRefusal(cohere::decodeChatResponse(input));
    for (const EncodingFormat format : {EncodingFormat::Float, EncodingFormat::Base64, EncodingFormat::Int8,
             EncodingFormat::UInt8, EncodingFormat::Binary, EncodingFormat::UBinary})
        checkEmbedding(cohere::decodeEmbeddingResponse(input, format));
    const QByteArray body = input.toByteArray();
    checkRefusal(cohere::decodeModelList(body));
    checkRefusal(cohere::decodeModelObject(body));
}

} // namespace diptych::fuzz
