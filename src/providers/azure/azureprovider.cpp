// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/azure/azureprovider.h"

#include "providers/azure/azurecodec.h"
#include "providers/common/httpreply.h"
#include "providers/openai/embeddingdecoder.h"
#include "providers/openai/modellistdecoder.h"

#include <QCoreApplication>

namespace diptych::azure {

namespace {

QString infoPath()
{
    return QStringLiteral("/info");
}

/// Source: GET /info takes `model` from 2025-04-01 on.
bool infoTakesModel(const Endpoint &endpoint)
{
    return endpoint.apiVersion.isEmpty() || endpoint.apiVersion >= QLatin1String("2025-04-01");
}

bool servesOneModel(Endpoint::Kind kind)
{
    return kind == Endpoint::Kind::AzureServerless || kind == Endpoint::Kind::AzureManaged;
}

} // namespace

ProviderDescriptor AzureProvider::describe()
{
    return {.name = QStringLiteral("azure"),
        .displayName = QStringLiteral("Azure AI Model Inference"),
        .keyVariables = {QStringLiteral("AZURE_AI_CHAT_KEY"), QStringLiteral("AZURE_INFERENCE_CREDENTIAL")},
        .urlVariables = {QStringLiteral("AZURE_AI_CHAT_ENDPOINT"), QStringLiteral("AZURE_INFERENCE_ENDPOINT")}};
}

EncodingOptions AzureProvider::options(const QString &model) const
{
    EncodingOptions options = encodingOptionsOf(endpoint(), model);
    if (servesOneModel(endpoint().kind)) {
        options.modelDropReason =
            QCoreApplication::translate("diptych::AzureProvider", "this kind of endpoint serves a single model");
    }
    return options;
}

Result<BodyEncoder> AzureProvider::encode(const ChatRequest &request) const
{
    return encodeChatRequest(request, options(request.model));
}

Result<BodyEncoder> AzureProvider::encode(const CompletionRequest &request) const
{
    return encodeCompletionRequest(request, options(request.model));
}

Result<BodyEncoder> AzureProvider::encode(const EmbeddingRequest &request) const
{
    return encodeEmbeddingRequest(request, options(request.model));
}

std::unique_ptr<ModelInfoReply> AzureProvider::info(const QString &model)
{
    EndpointCall call {.method = "GET", .path = infoPath()};
    const QString name = model.isEmpty() ? endpoint().defaultModel : model;
    if (!name.isEmpty() && !servesOneModel(endpoint().kind) && infoTakesModel(endpoint()))
        call.query.addQueryItem(QStringLiteral("model"), QString::fromLatin1(QUrl::toPercentEncoding(name)));
    return std::make_unique<BodyReply<ModelInfo>>(client(), makeOutgoing(endpoint(), call), decodeModelInfo);
}

std::unique_ptr<ModelListReply> AzureProvider::listModels()
{
    using ListReply = BodyReply<std::vector<ModelDescription>>;
    if (endpoint().kind == Endpoint::Kind::BuiltIn) {
        const EndpointCall call {.method = "GET", .path = QStringLiteral("/v1/models"), .isFromOrigin = true};
        return std::make_unique<ListReply>(client(), makeOutgoing(endpoint(), call), openai::decodeModelList);
    }
    const EndpointCall call {.method = "GET", .path = infoPath()};
    return std::make_unique<ListReply>(client(), makeOutgoing(endpoint(), call), decodeInfoAsList);
}

std::unique_ptr<EmbeddingReply> AzureProvider::embedImages(const ImageEmbeddingRequest &request)
{
    const EndpointCall call {.path = QStringLiteral("/images/embeddings")};
    const EncodingFormat asked = request.encodingFormat.value_or(EncodingFormat::Float);
    return std::make_unique<BodyReply<EmbeddingResponse>>(client(),
        makeOutgoing(endpoint(), call, encodeImageEmbeddingRequest(request, options(request.model))),
        [asked](const QByteArray &body) { return openai::decodeEmbeddingResponse(body, asked); });
}

} // namespace diptych::azure
