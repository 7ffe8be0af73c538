// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/cohere/cohereprovider.h"

#include "providers/cohere/chatdecoder.h"
#include "providers/cohere/chatencoding.h"
#include "providers/cohere/cohereextras.h"
#include "providers/cohere/embeddingdecoder.h"
#include "providers/cohere/embeddingencoding.h"
#include "providers/cohere/modeldecoder.h"
#include "providers/common/pagedreply.h"
#include "providers/common/refusedreply.h"
#include "providers/common/streamreply.h"

#include <QCoreApplication>

namespace diptych::cohere {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::CohereProvider", text);
}

Error noCompletions()
{
    return missingRoute(translated("Cohere's v2 API has no text completion. Ask the model in a chat instead."));
}

QString chatPath()
{
    return QStringLiteral("/v2/chat");
}

QString embedPath()
{
    return QStringLiteral("/v2/embed");
}

QString modelsPath()
{
    return QStringLiteral("/v1/models");
}

QUrl withoutVersion(QUrl url)
{
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    if (path.endsWith(QLatin1String("/v1")) || path.endsWith(QLatin1String("/v2")))
        path.chop(3);
    url.setPath(path, QUrl::StrictMode);
    return url;
}

} // namespace

ProviderDescriptor CohereProvider::describe()
{
    return {.name = QStringLiteral("cohere"),
        .displayName = QStringLiteral("Cohere"),
        .baseUrl = QStringLiteral("https://api.cohere.com"),
        .hosts = {QStringLiteral("api.cohere.com"), QStringLiteral("api.cohere.ai"),
            QStringLiteral("dashboard.cohere.com")},
        .localPort = 0,
        .paths = {QStringLiteral("/v1"), QStringLiteral("/v2"), chatPath(), embedPath(), modelsPath()},
        .compatiblePaths = {QStringLiteral("/compatibility")},
        .auth = Endpoint::Auth::Bearer,
        .keyHeader = "api-key",
        .keyVariables = {QStringLiteral("COHERE_API_KEY"), QStringLiteral("CO_API_KEY")},
        .urlVariables = {QStringLiteral("CO_API_URL")},
        .extras = knownExtras()};
}

CohereProvider::CohereProvider(Endpoint endpoint, HttpClient &client)
    : m_endpoint(std::move(endpoint))
    , m_wireEndpoint(m_endpoint)
    , m_client(client)
{
    m_wireEndpoint.baseUrl = withoutVersion(m_endpoint.baseUrl);
}

Outgoing CohereProvider::outgoing(const ChatRequest &request) const
{
    return makeOutgoing(m_wireEndpoint, {.path = chatPath(), .expectsStream = request.stream},
        encodeChatRequest(request, encodingOptionsOf(m_endpoint, request.model)));
}

Outgoing CohereProvider::outgoing(const EmbeddingRequest &request) const
{
    return makeOutgoing(m_wireEndpoint, {.path = embedPath()},
        encodeEmbeddingRequest(request, encodingOptionsOf(m_endpoint, request.model)));
}

std::unique_ptr<ModelInfoReply> CohereProvider::info(const QString &model)
{
    const QString name = model.isEmpty() ? m_endpoint.defaultModel : model;
    if (name.isEmpty())
        return std::make_unique<RefusedReply<ModelInfoReply>>(
            m_client, missingRoute(translated("Cohere describes a model only by its name.")));
    const QString path = modelsPath() % u'/' % QString::fromLatin1(QUrl::toPercentEncoding(name));
    return std::make_unique<BodyReply<ModelInfo>>(
        m_client, makeOutgoing(m_wireEndpoint, {.method = "GET", .path = path}), decodeModelObject);
}

std::unique_ptr<ModelListReply> CohereProvider::listModels()
{
    EndpointCall call {.method = "GET", .path = modelsPath()};
    call.query.addQueryItem(QStringLiteral("page_size"), QStringLiteral("1000"));
    const auto ask = [endpoint = m_wireEndpoint, call](const QString &next) {
        EndpointCall page = call;
        if (!next.isEmpty())
            page.query.addQueryItem(QStringLiteral("page_token"), QString::fromLatin1(QUrl::toPercentEncoding(next)));
        return makeOutgoing(endpoint, page);
    };
    return std::make_unique<PagedReply<ModelDescription>>(m_client, ask, decodeModelList);
}

std::unique_ptr<ChatReply> CohereProvider::chat(const ChatRequest &request)
{
    return std::make_unique<StreamReply<ChatReply, ChatDecoder>>(m_client, outgoing(request));
}

std::unique_ptr<CompletionReply> CohereProvider::complete(const CompletionRequest &)
{
    return std::make_unique<RefusedReply<CompletionReply>>(m_client, noCompletions());
}

std::unique_ptr<EmbeddingReply> CohereProvider::embed(const EmbeddingRequest &request)
{
    const EncodingFormat asked = request.encodingFormat.value_or(EncodingFormat::Float);
    return std::make_unique<BodyReply<EmbeddingResponse>>(
        m_client, outgoing(request), [asked](const QByteArray &body) { return decodeEmbeddingResponse(body, asked); });
}

std::unique_ptr<EmbeddingReply> CohereProvider::embedImages(const ImageEmbeddingRequest &request)
{
    const EncodingFormat asked = request.encodingFormat.value_or(EncodingFormat::Float);
    Outgoing outgoing = makeOutgoing(m_wireEndpoint, {.path = embedPath()},
        encodeImageEmbeddingRequest(request, encodingOptionsOf(m_endpoint, request.model)));
    return std::make_unique<BodyReply<EmbeddingResponse>>(m_client, std::move(outgoing),
        [asked](const QByteArray &body) { return decodeEmbeddingResponse(body, asked); });
}

void CohereProvider::warmUp(int chats)
{
    m_client.warmUp(m_endpoint.baseUrl, m_endpoint.connection, chats);
}

Result<WirePreview> CohereProvider::preview(const ChatRequest &request) const
{
    return previewOf(outgoing(request));
}

Result<WirePreview> CohereProvider::preview(const CompletionRequest &) const
{
    return Failure(noCompletions());
}

Result<WirePreview> CohereProvider::preview(const EmbeddingRequest &request) const
{
    return previewOf(outgoing(request));
}

} // namespace diptych::cohere
