// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/anthropic/anthropicprovider.h"

#include "providers/anthropic/anthropiccodec.h"
#include "providers/anthropic/anthropicextras.h"
#include "providers/anthropic/chatdecoder.h"
#include "providers/anthropic/modeldecoder.h"
#include "providers/common/pagedreply.h"
#include "providers/common/refusedreply.h"
#include "providers/common/streamreply.h"

#include <QCoreApplication>

namespace diptych::anthropic {

namespace {

constexpr const char *keyHeader = "x-api-key";
constexpr const char *defaultVersion = "2023-06-01"; // Source: Anthropic API, versioning

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::AnthropicProvider", text);
}

Error noCompletions()
{
    return missingRoute(translated("The Anthropic API has no text completion. Ask the model in a chat instead."));
}

Error noEmbeddings()
{
    return missingRoute(
        translated("The Anthropic API has no embeddings. Use a model of an endpoint that has them, such as Cohere, "
                   "Gemini, Ollama or an OpenAI-compatible one."));
}

} // namespace

ProviderDescriptor AnthropicProvider::describe()
{
    return {.name = QStringLiteral("anthropic"),
        .displayName = QStringLiteral("Anthropic"),
        .baseUrl = QStringLiteral("https://api.anthropic.com"),
        .hosts = {QStringLiteral("api.anthropic.com"), QStringLiteral("console.anthropic.com")},
        .localPort = 0,
        .paths = {QStringLiteral("/v1"), QStringLiteral("/v1/messages"), QStringLiteral("/v1/messages/count_tokens"),
            QStringLiteral("/v1/models")},
        .compatiblePaths = {QStringLiteral("/v1/chat")},
        .auth = Endpoint::Auth::ApiKey,
        .keyHeader = keyHeader,
        .keyVariables = {QStringLiteral("ANTHROPIC_API_KEY")},
        .urlVariables = {QStringLiteral("ANTHROPIC_BASE_URL")},
        .extras = knownExtras()};
}

AnthropicProvider::AnthropicProvider(Endpoint endpoint, HttpClient &client)
    : m_endpoint(std::move(endpoint))
    , m_wireEndpoint(m_endpoint)
    , m_client(client)
{
    m_wireEndpoint.apiVersion.clear();
}

EndpointCall AnthropicProvider::callOf(const QString &path) const
{
    QString base = m_endpoint.baseUrl.path();
    while (base.endsWith(u'/'))
        base.chop(1);
    const QString prefix = base.endsWith(QLatin1String("/v1")) ? QString() : QStringLiteral("/v1");
    const QByteArray own = m_endpoint.apiVersion.toLatin1();
    return {.path = prefix + path,
        .keyHeader = keyHeader,
        .headers = {{"anthropic-version", own.isEmpty() ? QByteArray(defaultVersion) : own}}};
}

Outgoing AnthropicProvider::outgoing(const ChatRequest &request) const
{
    EndpointCall call = callOf(QStringLiteral("/messages"));
    call.expectsStream = request.stream;
    return makeOutgoing(m_wireEndpoint, call, encodeChatRequest(request, encodingOptionsOf(m_endpoint, request.model)));
}

std::unique_ptr<ModelInfoReply> AnthropicProvider::info(const QString &model)
{
    const QString id = model.isEmpty() ? m_endpoint.defaultModel : model;
    if (id.isEmpty())
        return std::make_unique<RefusedReply<ModelInfoReply>>(
            m_client, missingRoute(translated("The Anthropic API describes a model only by its name.")));
    EndpointCall call = callOf(QStringLiteral("/models/") % QString::fromLatin1(QUrl::toPercentEncoding(id)));
    call.method = "GET";
    return std::make_unique<BodyReply<ModelInfo>>(m_client, makeOutgoing(m_wireEndpoint, call), decodeModelObject);
}

std::unique_ptr<ModelListReply> AnthropicProvider::listModels()
{
    EndpointCall call = callOf(QStringLiteral("/models"));
    call.method = "GET";
    call.query.addQueryItem(QStringLiteral("limit"), QStringLiteral("1000"));
    const auto ask = [endpoint = m_wireEndpoint, call](const QString &next) {
        EndpointCall page = call;
        if (!next.isEmpty())
            page.query.addQueryItem(QStringLiteral("after_id"), QString::fromLatin1(QUrl::toPercentEncoding(next)));
        return makeOutgoing(endpoint, page);
    };
    return std::make_unique<PagedReply<ModelDescription>>(m_client, ask, decodeModelList);
}

std::unique_ptr<ChatReply> AnthropicProvider::chat(const ChatRequest &request)
{
    return std::make_unique<StreamReply<ChatReply, ChatDecoder>>(m_client, outgoing(request));
}

std::unique_ptr<CompletionReply> AnthropicProvider::complete(const CompletionRequest &)
{
    return std::make_unique<RefusedReply<CompletionReply>>(m_client, noCompletions());
}

std::unique_ptr<EmbeddingReply> AnthropicProvider::embed(const EmbeddingRequest &)
{
    return std::make_unique<RefusedReply<EmbeddingReply>>(m_client, noEmbeddings());
}

std::unique_ptr<EmbeddingReply> AnthropicProvider::embedImages(const ImageEmbeddingRequest &)
{
    return std::make_unique<RefusedReply<EmbeddingReply>>(m_client, noEmbeddings());
}

void AnthropicProvider::warmUp(int chats)
{
    m_client.warmUp(m_endpoint.baseUrl, m_endpoint.connection, chats);
}

Result<WirePreview> AnthropicProvider::preview(const ChatRequest &request) const
{
    return previewOf(outgoing(request));
}

Result<WirePreview> AnthropicProvider::preview(const CompletionRequest &) const
{
    return Failure(noCompletions());
}

Result<WirePreview> AnthropicProvider::preview(const EmbeddingRequest &) const
{
    return Failure(noEmbeddings());
}

} // namespace diptych::anthropic
