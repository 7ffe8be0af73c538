// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzztargets.h"

#include "gateway/anthropic/anthropicdecoder.h"
#include "gateway/ollama/ollamadecoder.h"
#include "gateway/openai/requestdecoder.h"
#include "gateway/requestbody.h"
#include "gateway/surfacerules.h"

#include <QJsonDocument>

namespace diptych::fuzz {

namespace {

/// A refusal says why, and every surface has a form for it.
template <typename Value>
void checkRefusal(const Result<Value> &result, const QJsonObject &body)
{
    if (result)
        return;
    Q_ASSERT(!result.error().message.isEmpty());
    for (const Surface surface : {Surface::Azure, Surface::OpenAi, Surface::Ollama, Surface::Anthropic}) {
        const SurfaceAnswer answer = surfaceRules(surface).encodeError(result.error(), body);
        Q_ASSERT(answer.status >= 400 && QJsonDocument::fromJson(answer.body).isObject());
    }
}

template <typename Call>
void checkCall(const Result<Call> &call, const QJsonObject &body)
{
    checkRefusal(call, body);
    Q_ASSERT(!call || QJsonDocument::fromJson(call->encoder->whole({})).isObject());
}

} // namespace

/// Bodies of requests, as every surface reads them.
void runGateway(QByteArrayView input)
{
    const Result<QJsonObject> parsed = parseBody(input.toByteArray());
    checkRefusal(parsed, {});
    const QJsonObject body = parsed.value_or(QJsonObject());
    checkCall(ollamaChatCall(body, {}), body);
    checkCall(ollamaGenerateCall(body, {}), body);
    checkCall(ollamaCompletionCall(body, {}), body);
    checkCall(anthropicCall(body, {}), body);
    checkRefusal(ollamaEmbedCall(body, {}), body);
    checkRefusal(decodeOllamaLoad(body), body);
    const Result<ChatRequest> counted = anthropicCountRequest(body);
    checkRefusal(counted, body);
    Q_ASSERT(!counted || estimateInputTokens(*counted) >= 0);
    for (const ExtrasMode mode : {ExtrasMode::Error, ExtrasMode::PassThrough}) {
        checkRefusal(decodeChat(body, {.extras = mode}), body);
        checkRefusal(decodeCompletion(body, {.extras = mode}), body);
        checkRefusal(decodeEmbedding(body, {.extras = mode}), body);
    }
}

} // namespace diptych::fuzz
