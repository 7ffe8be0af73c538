// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/azure/azureprovider.h"

#include "providers/azure/azurecodec.h"
#include "providers/common/fallbackreply.h"
#include "providers/common/httpreply.h"
#include "providers/openai/embeddingdecoder.h"
#include "providers/openai/modellistdecoder.h"
#include "providers/openai/openaiextras.h"

#include <QCoreApplication>

namespace diptych::azure {

namespace {

using Kind = Endpoint::Kind;

QString infoPath()
{
    return QStringLiteral("/info");
}

/// Source: GET /info takes `model` from 2025-04-01 on.
bool infoTakesModel(const Endpoint &endpoint)
{
    return endpoint.apiVersion.isEmpty() || endpoint.apiVersion >= QLatin1String("2025-04-01");
}

EndpointCall fromOrigin(const char *path)
{
    return {.method = "GET", .path = QString::fromLatin1(path), .isFromOrigin = true};
}

std::unique_ptr<ModelListReply> ask(HttpClient &client, const Endpoint &endpoint, const EndpointCall &call,
    Result<std::vector<ModelDescription>> (*decode)(const QByteArray &))
{
    return std::make_unique<BodyReply<std::vector<ModelDescription>>>(client, makeOutgoing(endpoint, call), decode);
}

using ListReply = FallbackReply<std::vector<ModelDescription>>;

std::optional<ListReply::LastResort> onlyDefaultModel(const Endpoint &endpoint)
{
    if (endpoint.defaultModel.isEmpty())
        return std::nullopt;
    return ListReply::LastResort {.response = {{.id = endpoint.defaultModel}},
        .change = {.kind = Change::Kind::Added,
            .wire = QStringLiteral("models"),
            .reason = QCoreApplication::translate("diptych::AzureProvider",
                "this endpoint does not tell its models; the default model is all that is known")}};
}

bool servesOneModel(Endpoint::Kind kind)
{
    return kind == Endpoint::Kind::AzureServerless || kind == Endpoint::Kind::AzureManaged;
}

/// Source: parameters that the documentation of the API passes to models as extras.
std::vector<KnownExtra> knownExtras()
{
    const auto text = [](const char *source) { return QCoreApplication::translate("diptych::KnownExtras", source); };
    return {
        openai::booleanExtra("safe_prompt", text("Mistral models: puts safety instructions in front.")),
        openai::jsonExtra(
            "stream_options", text("What a stream tells besides the answer."), R"({"include_usage":true})"),
        openai::jsonExtra("chat_template_kwargs", text("Arguments for the chat template."), "{}"),
        openai::integerExtra("top_k", text("How many of the likeliest tokens are considered."), 40, 0),
        openai::booleanExtra("ignore_eos", text("Goes on when the model would end.")),
        openai::integerExtra("output_dimension", text("Cohere models: dimensions of embeddings."), 1024, 1),
    };
}

} // namespace

ProviderDescriptor AzureProvider::describe()
{
    return {.name = QStringLiteral("azure"),
        .displayName = QStringLiteral("Azure AI Model Inference"),
        .keyVariables = {QStringLiteral("AZURE_AI_CHAT_KEY"), QStringLiteral("AZURE_INFERENCE_CREDENTIAL")},
        .urlVariables = {QStringLiteral("AZURE_AI_CHAT_ENDPOINT"), QStringLiteral("AZURE_INFERENCE_ENDPOINT")},
        .extras = knownExtras()};
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
    const Kind kind = endpoint().kind;
    if (kind == Kind::BuiltIn)
        return ask(client(), endpoint(), fromOrigin("/v1/models"), openai::decodeModelList);
    if (kind == Kind::GitHubModels)
        return ask(client(), endpoint(), fromOrigin("/catalog/models"), openai::decodeModelList);
    auto info = ask(client(), endpoint(), {.method = "GET", .path = infoPath()}, decodeInfoAsList);
    ListReply::Ask second;
    // The replies may outlive this provider, so nothing of it is kept.
    if (kind == Kind::AzureFoundry) {
        Endpoint v1 = endpoint();
        v1.apiVersion.clear(); // this route takes none
        second = [v1, http = &client()] {
            return ask(*http, v1, fromOrigin("/openai/v1/models"), openai::decodeModelList);
        };
    } else if (kind == Kind::AzureCompatible) {
        second = [target = endpoint(), http = &client()] {
            return ask(*http, target, {.method = "GET", .path = QStringLiteral("/models")}, openai::decodeModelList);
        };
    }
    return std::make_unique<ListReply>(std::move(info), std::move(second), onlyDefaultModel(endpoint()));
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
