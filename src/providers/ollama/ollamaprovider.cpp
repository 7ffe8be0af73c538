// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ollama/ollamaprovider.h"

#include "providers/common/refusedreply.h"
#include "providers/common/streamreply.h"
#include "providers/ollama/answerfields.h"
#include "providers/ollama/answerframing.h"
#include "providers/ollama/chatdecoder.h"
#include "providers/ollama/completiondecoder.h"
#include "providers/ollama/embeddingdecoder.h"
#include "providers/ollama/modeldecoder.h"
#include "providers/ollama/ollamacodec.h"
#include "providers/ollama/ollamaextras.h"
#include "providers/ollama/ollamaroutes.h"

#include <QCoreApplication>

namespace diptych::ollama {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::OllamaProvider", text);
}

/// A server without the model says so; one without the route knows of no model.
Error asMissingRoute(Error error)
{
    if (error.httpStatus == 405 || (error.httpStatus == 404 && !error.message.contains(QLatin1String("model"))))
        error.kind = Error::Kind::Unsupported;
    return error;
}

QString publicHost()
{
    return QStringLiteral("ollama.com");
}

} // namespace

ProviderDescriptor OllamaProvider::describe()
{
    return {.name = QStringLiteral("ollama"),
        .displayName = QStringLiteral("Ollama"),
        .baseUrl = QStringLiteral("http://localhost:11434"),
        .hosts = {publicHost()},
        .localPort = 11434,
        .paths = {QStringLiteral("/api"), QStringLiteral("/api/chat"), QStringLiteral("/api/generate"),
            QStringLiteral("/api/tags"), QStringLiteral("/api/embed"), QStringLiteral("/api/embeddings"),
            QStringLiteral("/api/show"), QStringLiteral("/api/version"), QStringLiteral("/api/ps"),
            QStringLiteral("/api/pull")},
        .compatiblePaths = {QStringLiteral("/v1")},
        .auth = Endpoint::Auth::Bearer,
        .keyHeader = "api-key",
        .keyVariables = {QStringLiteral("OLLAMA_API_KEY")},
        .urlVariables = {QStringLiteral("OLLAMA_HOST")},
        .extras = knownExtras()};
}

OllamaProvider::OllamaProvider(Endpoint endpoint, HttpClient &client)
    : m_endpoint(std::move(endpoint))
    , m_client(client)
    , m_models(m_endpoint, client)
{
}

EndpointCall OllamaProvider::answerCall(const QString &route, bool stream) const
{
    return stream ? streamingCall(m_endpoint, route) : EndpointCall {.path = pathOf(m_endpoint, route)};
}

Outgoing OllamaProvider::outgoing(const ChatRequest &request) const
{
    return makeOutgoing(m_endpoint, answerCall(QStringLiteral("/chat"), request.stream),
        encodeChatRequest(request, encodingOptionsOf(m_endpoint, request.model)));
}

Outgoing OllamaProvider::outgoing(const CompletionRequest &request) const
{
    return makeOutgoing(m_endpoint, answerCall(QStringLiteral("/generate"), request.stream),
        encodeCompletionRequest(request, encodingOptionsOf(m_endpoint, request.model)));
}

Outgoing OllamaProvider::outgoing(const EmbeddingRequest &request) const
{
    return makeOutgoing(m_endpoint, answerCall(QStringLiteral("/embed"), false),
        encodeEmbeddingRequest(request, encodingOptionsOf(m_endpoint, request.model)));
}

std::unique_ptr<ModelInfoReply> OllamaProvider::info(const QString &model)
{
    const QString id = model.isEmpty() ? m_endpoint.defaultModel : model;
    if (id.isEmpty()) {
        return std::make_unique<RefusedReply<ModelInfoReply>>(
            m_client, missingRoute(translated("Ollama describes one model at a time: choose one.")));
    }
    Outgoing outgoing = makeOutgoing(m_endpoint, answerCall(QStringLiteral("/show"), false), encodeModelName(id));
    return std::make_unique<BodyReply<ModelInfo>>(
        m_client, std::move(outgoing), [id](const QByteArray &body) { return decodeModelInfo(body, id); },
        asMissingRoute);
}

std::unique_ptr<ModelListReply> OllamaProvider::listModels()
{
    const EndpointCall call {.method = "GET", .path = pathOf(m_endpoint, QStringLiteral("/tags"))};
    return std::make_unique<BodyReply<std::vector<ModelDescription>>>(
        m_client, makeOutgoing(m_endpoint, call), decodeModelList);
}

std::unique_ptr<ChatReply> OllamaProvider::chat(const ChatRequest &request)
{
    return std::make_unique<StreamReply<ChatReply, ChatDecoder, AnswerFraming>>(m_client, outgoing(request));
}

std::unique_ptr<CompletionReply> OllamaProvider::complete(const CompletionRequest &request)
{
    return std::make_unique<StreamReply<CompletionReply, CompletionDecoder, AnswerFraming>>(
        m_client, outgoing(request));
}

std::unique_ptr<EmbeddingReply> OllamaProvider::embed(const EmbeddingRequest &request)
{
    return std::make_unique<BodyReply<EmbeddingResponse>>(
        m_client, outgoing(request),
        [inputs = request.input.size()](const QByteArray &body) { return decodeEmbeddingResponse(body, inputs); },
        refined);
}

std::unique_ptr<EmbeddingReply> OllamaProvider::embedImages(const ImageEmbeddingRequest &)
{
    return std::make_unique<RefusedReply<EmbeddingReply>>(
        m_client, missingRoute(translated("Ollama has no route for embedding images.")));
}

ModelManager *OllamaProvider::modelManager()
{
    return m_endpoint.baseUrl.host() == publicHost() ? nullptr : &m_models;
}

void OllamaProvider::warmUp(int chats)
{
    m_client.warmUp(m_endpoint.baseUrl, m_endpoint.connection, chats);
}

Result<WirePreview> OllamaProvider::preview(const ChatRequest &request) const
{
    return previewOf(outgoing(request));
}

Result<WirePreview> OllamaProvider::preview(const CompletionRequest &request) const
{
    return previewOf(outgoing(request));
}

Result<WirePreview> OllamaProvider::preview(const EmbeddingRequest &request) const
{
    return previewOf(outgoing(request));
}

} // namespace diptych::ollama
