// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoding.h"
#include "fuzztargets.h"

#include "providers/azure/azurecodec.h"
#include "providers/openai/chatdecoder.h"
#include "providers/openai/completiondecoder.h"
#include "providers/openai/embeddingdecoder.h"
#include "providers/openai/modellistdecoder.h"

namespace diptych::fuzz {

void runOpenAi(QByteArrayView input)
{
    readStream<openai::ChatDecoder, SseFraming>(input);
    readStream<openai::CompletionDecoder, SseFraming>(input);
    readWhole<openai::ChatDecoder>(input);
    readWhole<openai::CompletionDecoder>(input);
    const QByteArray body = input.toByteArray();
    checkRefusal(openai::decodeModelList(body));
    checkRefusal(openai::decodeModelObject(body));
    checkRefusal(openai::decodeModelOfList(body, QStringLiteral("m")));
}

void runAzure(QByteArrayView input)
{
    for (const EncodingFormat format : {EncodingFormat::Float, EncodingFormat::Base64, EncodingFormat::Int8,
             EncodingFormat::UInt8, EncodingFormat::Binary, EncodingFormat::UBinary})
        checkEmbedding(openai::decodeEmbeddingResponse(input, format));
    readStream<openai::ChatDecoder, SseFraming>(input);
    readWhole<openai::ChatDecoder>(input);
    const QByteArray body = input.toByteArray();
    checkRefusal(azure::decodeModelInfo(body));
    checkRefusal(azure::decodeInfoAsList(body));
}

} // namespace diptych::fuzz
