// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/gemini/geminiprovider.h"

#include "providers/common/pagedreply.h"
#include "providers/common/refusedreply.h"
#include "providers/common/streamreply.h"
#include "providers/gemini/chatdecoder.h"
#include "providers/gemini/geminicodec.h"
#include "providers/gemini/geminiextras.h"

#include <QCoreApplication>

namespace diptych::gemini {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::GeminiProvider", text);
}

QByteArray keyHeader()
{
    return "x-goog-api-key";
}

Error noCompletions()
{
    return missingRoute(translated("The Gemini API has no route for completions; use a chat."));
}

const char *embeddingMethod(std::size_t inputs)
{
    return inputs == 1 ? "embedContent" : "batchEmbedContents";
}

} // namespace

ProviderDescriptor GeminiProvider::describe()
{
    return {.name = QStringLiteral("gemini"),
        .displayName = QStringLiteral("Google Gemini"),
        .baseUrl = QStringLiteral("https://generativelanguage.googleapis.com/v1beta"),
        .hosts = {QStringLiteral("generativelanguage.googleapis.com"), QStringLiteral("aistudio.google.com")},
        .modelPathPattern = QStringLiteral("/models/([^/:]+)(:(?:streamGenerateContent|generateContent|embedContent"
                                           "|batchEmbedContents|countTokens))?$"),
        .compatiblePaths = {QStringLiteral("/v1beta/openai")},
        .auth = Endpoint::Auth::ApiKey,
        .keyHeader = keyHeader(),
        .keyVariables = {QStringLiteral("GEMINI_API_KEY"), QStringLiteral("GOOGLE_API_KEY")},
        .extras = knownExtras()};
}

GeminiProvider::GeminiProvider(Endpoint endpoint, HttpClient &client)
    : m_endpoint(std::move(endpoint))
    , m_client(client)
{
}

QString GeminiProvider::versioned(const QString &path) const
{
    const QString base = m_endpoint.baseUrl.path();
    return base.isEmpty() || base == QLatin1String("/") ? QString(QStringLiteral("/v1beta") + path) : path;
}

EndpointCall GeminiProvider::callOf(const QString &model, const char *method) const
{
    const QString name = resourceName(model.isEmpty() ? m_endpoint.defaultModel : model);
    const QString path = u'/' % QString::fromLatin1(QUrl::toPercentEncoding(name, "/")) % u':' % QLatin1String(method);
    return {.path = versioned(path), .keyHeader = keyHeader()};
}

EndpointCall GeminiProvider::getCall(const QString &path) const
{
    return {.method = "GET", .path = versioned(path), .keyHeader = keyHeader()};
}

Outgoing GeminiProvider::outgoing(const ChatRequest &request) const
{
    EndpointCall call = callOf(request.model, request.stream ? "streamGenerateContent" : "generateContent");
    call.expectsStream = request.stream;
    if (request.stream)
        call.query.addQueryItem(QStringLiteral("alt"), QStringLiteral("sse"));
    return makeOutgoing(m_endpoint, call, encodeChatRequest(request, encodingOptionsOf(m_endpoint, request.model)));
}

Outgoing GeminiProvider::outgoing(const EmbeddingRequest &request) const
{
    return makeOutgoing(m_endpoint,
        callOf(request.model, embeddingMethod(static_cast<std::size_t>(request.input.size()))),
        encodeEmbeddingRequest(request, encodingOptionsOf(m_endpoint, request.model)));
}

std::unique_ptr<ModelInfoReply> GeminiProvider::info(const QString &model)
{
    const QString name = resourceName(model.isEmpty() ? m_endpoint.defaultModel : model);
    Outgoing outgoing {.request = Failure(missingRoute(translated("This API describes a model only by its name.")))};
    if (!name.isEmpty())
        outgoing = makeOutgoing(m_endpoint, getCall(u'/' % QString::fromLatin1(QUrl::toPercentEncoding(name, "/"))));
    return std::make_unique<BodyReply<ModelInfo>>(m_client, std::move(outgoing), decodeModel);
}

std::unique_ptr<ModelListReply> GeminiProvider::listModels()
{
    EndpointCall first = getCall(QStringLiteral("/models"));
    // The largest page there is.
    first.query.addQueryItem(QStringLiteral("pageSize"), QStringLiteral("1000"));
    const auto ask = [first, target = m_endpoint](const QString &next) {
        EndpointCall call = first;
        if (!next.isEmpty())
            call.query.addQueryItem(QStringLiteral("pageToken"), QString::fromLatin1(QUrl::toPercentEncoding(next)));
        return makeOutgoing(target, call);
    };
    return std::make_unique<PagedReply<ModelDescription>>(m_client, ask, decodeModelPage);
}

std::unique_ptr<ChatReply> GeminiProvider::chat(const ChatRequest &request)
{
    return std::make_unique<StreamReply<ChatReply, ChatDecoder>>(m_client, outgoing(request));
}

std::unique_ptr<CompletionReply> GeminiProvider::complete(const CompletionRequest &)
{
    return std::make_unique<RefusedReply<CompletionReply>>(m_client, noCompletions());
}

std::unique_ptr<EmbeddingReply> GeminiProvider::embed(const EmbeddingRequest &request)
{
    return std::make_unique<BodyReply<EmbeddingResponse>>(m_client, outgoing(request), decodeEmbeddings);
}

std::unique_ptr<EmbeddingReply> GeminiProvider::embedImages(const ImageEmbeddingRequest &request)
{
    return std::make_unique<BodyReply<EmbeddingResponse>>(m_client,
        makeOutgoing(m_endpoint, callOf(request.model, embeddingMethod(request.input.size())),
            encodeImageEmbeddingRequest(request, encodingOptionsOf(m_endpoint, request.model))),
        decodeEmbeddings);
}

void GeminiProvider::warmUp(int chats)
{
    m_client.warmUp(m_endpoint.baseUrl, m_endpoint.connection, chats);
}

Result<WirePreview> GeminiProvider::preview(const ChatRequest &request) const
{
    return previewOf(outgoing(request));
}

Result<WirePreview> GeminiProvider::preview(const CompletionRequest &) const
{
    return Failure(noCompletions());
}

Result<WirePreview> GeminiProvider::preview(const EmbeddingRequest &request) const
{
    return previewOf(outgoing(request));
}

} // namespace diptych::gemini
