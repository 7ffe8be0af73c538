// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ollama/ollamamodels.h"

#include "providers/common/streamreply.h"
#include "providers/ollama/answerfields.h"
#include "providers/ollama/answerframing.h"
#include "providers/ollama/modeldecoder.h"
#include "providers/ollama/ollamacodec.h"
#include "providers/ollama/ollamaroutes.h"
#include "providers/ollama/pulldecoder.h"

namespace diptych::ollama {

namespace {

/// A server checks what it has loaded without a word, which takes minutes for a large model.
Endpoint patient(Endpoint endpoint)
{
    Deadlines &deadlines = endpoint.connection.deadlines;
    if (deadlines.idle.count() != 0)
        deadlines.idle = std::max(deadlines.idle, std::chrono::milliseconds(std::chrono::minutes(15)));
    return endpoint;
}

/// The answer to a deletion is empty; an error in it counts all the same.
Result<QString> removedModel(const QByteArray &body, const QString &model)
{
    JsonReader reader;
    if (const Result<JsonReader::Object> root = reader.parse(body)) {
        if (auto error = errorInside(*root, body))
            return Failure(std::move(*error));
    }
    return model;
}

} // namespace

OllamaModels::OllamaModels(const Endpoint &endpoint, HttpClient &client)
    : m_endpoint(endpoint)
    , m_client(client)
{
}

std::unique_ptr<PullReply> OllamaModels::pull(const QString &model)
{
    const EndpointCall call = streamingCall(m_endpoint, QStringLiteral("/pull"));
    return std::make_unique<StreamReply<PullReply, PullDecoder, AnswerFraming>>(
        m_client, makeOutgoing(patient(m_endpoint), call, encodeModelName(model)));
}

std::unique_ptr<RemoveReply> OllamaModels::remove(const QString &model)
{
    const EndpointCall call {.method = "DELETE", .path = pathOf(m_endpoint, QStringLiteral("/delete"))};
    return std::make_unique<BodyReply<QString>>(m_client, makeOutgoing(m_endpoint, call, encodeModelName(model)),
        [model](const QByteArray &body) { return removedModel(body, model); });
}

std::unique_ptr<RunningModelsReply> OllamaModels::running()
{
    const EndpointCall call {.method = "GET", .path = pathOf(m_endpoint, QStringLiteral("/ps"))};
    return std::make_unique<BodyReply<std::vector<RunningModel>>>(
        m_client, makeOutgoing(m_endpoint, call), decodeRunningModels);
}

} // namespace diptych::ollama
