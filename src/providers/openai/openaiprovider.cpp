// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/openaiprovider.h"

#include "api/servervariant.h"
#include "providers/common/fallbackreply.h"
#include "providers/common/httpreply.h"
#include "providers/openai/embeddingdecoder.h"
#include "providers/openai/modellistdecoder.h"
#include "providers/openai/openaicodec.h"
#include "providers/openai/openaiextras.h"
#include "providers/openai/servervariants.h"

#include <QCoreApplication>

namespace diptych::openai {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::OpenAiProvider", text);
}

Error unsupported(const QString &message)
{
    return {.kind = Error::Kind::Unsupported, .message = message};
}

/// Servers without the route answer 404 or 405.
Error asMissingRoute(Error error)
{
    if (error.httpStatus == 404 || error.httpStatus == 405)
        error.kind = Error::Kind::Unsupported;
    return error;
}

// The deployment routes of Azure OpenAI learnt `stream_options` with this version.
// Source: Azure OpenAI API version changes, 2024-09-01-preview.
bool knowsStreamOptions(const Endpoint &endpoint)
{
    return endpoint.kind != Endpoint::Kind::AzureOpenAiDeployment || endpoint.apiVersion.isEmpty()
        || endpoint.apiVersion >= QLatin1String("2024-09-01");
}

} // namespace

ProviderDescriptor OpenAiProvider::describe()
{
    return {.name = QStringLiteral("openai"),
        .displayName = QStringLiteral("OpenAI-compatible"),
        .keyVariables = {QStringLiteral("OPENAI_API_KEY")},
        .urlVariables = {QStringLiteral("OPENAI_BASE_URL")},
        .extras = openAiExtras(),
        .variants = serverVariants()};
}

EncodingOptions OpenAiProvider::options(const QString &model) const
{
    EncodingOptions options = encodingOptionsOf(endpoint(), model);
    options.includeUsage = knowsStreamOptions(endpoint());
    static const ProviderDescriptor descriptor = describe();
    options.variant = certainVariant(descriptor, endpoint());
    if (endpoint().kind == Endpoint::Kind::AzureOpenAiDeployment)
        options.modelDropReason = translated("the URL of this endpoint names the deployment");
    return options;
}

Result<BodyEncoder> OpenAiProvider::encode(const ChatRequest &request) const
{
    return encodeChatRequest(request, options(request.model));
}

Result<BodyEncoder> OpenAiProvider::encode(const CompletionRequest &request) const
{
    return encodeCompletionRequest(request, options(request.model));
}

Result<BodyEncoder> OpenAiProvider::encode(const EmbeddingRequest &request) const
{
    return encodeEmbeddingRequest(request, options(request.model));
}

QString OpenAiProvider::completionPath() const
{
    // Source: Mistral API, the only route that continues a text.
    return options({}).variant == mistralVariant ? QStringLiteral("/fim/completions") : QStringLiteral("/completions");
}

std::unique_ptr<ModelInfoReply> OpenAiProvider::info(const QString &model)
{
    using InfoReply = BodyReply<ModelInfo>;
    const QString id = model.isEmpty() ? endpoint().defaultModel : model;
    if (id.isEmpty()) {
        Outgoing outgoing {.request = Failure(unsupported(translated("This API describes a model only by its name.")))};
        return std::make_unique<InfoReply>(client(), std::move(outgoing), nullptr);
    }
    // Names such as "publisher/model" keep their slash: that is how servers route them.
    const QString path = QStringLiteral("/models/") % QString::fromLatin1(QUrl::toPercentEncoding(id, "/"));
    auto first = std::make_unique<InfoReply>(
        client(), makeOutgoing(endpoint(), {.method = "GET", .path = path}), decodeModelObject, asMissingRoute);
    return std::make_unique<FallbackReply<ModelInfo>>(
        std::move(first), [id, target = endpoint(), http = &client()]() -> std::unique_ptr<ModelInfoReply> {
            const EndpointCall list {.method = "GET", .path = QStringLiteral("/models")};
            return std::make_unique<InfoReply>(
                *http, makeOutgoing(target, list), [id](const QByteArray &body) { return decodeModelOfList(body, id); },
                asMissingRoute);
        });
}

std::unique_ptr<ModelListReply> OpenAiProvider::listModels()
{
    using ListReply = BodyReply<std::vector<ModelDescription>>;
    const EndpointCall list {.method = "GET", .path = QStringLiteral("/models")};
    if (options({}).variant != lmStudioVariant)
        return std::make_unique<ListReply>(client(), makeOutgoing(endpoint(), list), decodeModelList);
    // Source: LM Studio, GET /api/v0/models: the same models with type, quantisation and context length.
    const EndpointCall own {.method = "GET", .path = QStringLiteral("/api/v0/models"), .isFromOrigin = true};
    return std::make_unique<FallbackReply<std::vector<ModelDescription>>>(
        std::make_unique<ListReply>(client(), makeOutgoing(endpoint(), own), decodeModelList),
        [list, target = endpoint(), http = &client()]() -> std::unique_ptr<ModelListReply> {
            return std::make_unique<ListReply>(*http, makeOutgoing(target, list), decodeModelList);
        });
}

std::unique_ptr<EmbeddingReply> OpenAiProvider::embedImages(const ImageEmbeddingRequest &request)
{
    const EncodingFormat asked = request.encodingFormat.value_or(EncodingFormat::Float);
    return std::make_unique<BodyReply<EmbeddingResponse>>(client(),
        makeOutgoing(endpoint(), {.path = QStringLiteral("/embeddings")},
            encodeImageEmbeddingRequest(request, options(request.model))),
        [asked](const QByteArray &body) { return decodeEmbeddingResponse(body, asked); });
}

} // namespace diptych::openai
