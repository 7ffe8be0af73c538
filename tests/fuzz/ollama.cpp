// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoding.h"
#include "fuzztargets.h"

#include "providers/ollama/answerframing.h"
#include "providers/ollama/chatdecoder.h"
#include "providers/ollama/completiondecoder.h"
#include "providers/ollama/embeddingdecoder.h"
#include "providers/ollama/modeldecoder.h"
#include "providers/ollama/pulldecoder.h"

namespace diptych::fuzz {

void runOllama(QByteArrayView input)
{
    readStream<ollama::ChatDecoder, ollama::AnswerFraming>(input);
    readStream<ollama::CompletionDecoder, ollama::AnswerFraming>(input);
    readStream<ollama::PullDecoder, NdjsonFraming>(input);
    readWhole<ollama::ChatDecoder>(input);
    readWhole<ollama::CompletionDecoder>(input);
    checkEmbedding(ollama::decodeEmbeddingResponse(input, 1));
    checkEmbedding(ollama::decodeEmbeddingResponse(input, 2));
    const QByteArray body = input.toByteArray();
    checkRefusal(ollama::decodeModelList(body));
    checkRefusal(ollama::decodeModelInfo(body, QStringLiteral("m")));
    checkRefusal(ollama::decodeRunningModels(body));
}

} // namespace diptych::fuzz
