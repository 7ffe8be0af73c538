// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/cohere/cohereprovider.h"

#include "providers/common/httpreply.h"

namespace diptych::cohere {

namespace {

Outgoing notYet()
{
    return {.request = Failure({.kind = Error::Kind::Unsupported})};
}

} // namespace

ProviderDescriptor CohereProvider::describe()
{
    return {.name = QStringLiteral("cohere"),
        .displayName = QStringLiteral("Cohere"),
        .baseUrl = QStringLiteral("https://api.cohere.com"),
        .hosts = {QStringLiteral("api.cohere.com"), QStringLiteral("api.cohere.ai"), QStringLiteral("dashboard.cohere.com")},
        .localPort = 0,
        .paths = {QStringLiteral("/v1"), QStringLiteral("/v2"), QStringLiteral("/v2/chat"), QStringLiteral("/v2/embed"), QStringLiteral("/v1/models")},
        .compatiblePaths = {QStringLiteral("/compatibility")},
        .auth = Endpoint::Auth::Bearer,
        .keyHeader = "api-key",
        .keyVariables = {QStringLiteral("COHERE_API_KEY"), QStringLiteral("CO_API_KEY")},
        .urlVariables = {QStringLiteral("CO_API_URL")}};
}

CohereProvider::CohereProvider(Endpoint endpoint, HttpClient &client)
    : m_endpoint(std::move(endpoint))
    , m_client(client)
{
}

std::unique_ptr<ModelInfoReply> CohereProvider::info(const QString &)
{
    return std::make_unique<BodyReply<ModelInfo>>(m_client, notYet(), nullptr);
}

std::unique_ptr<ModelListReply> CohereProvider::listModels()
{
    return std::make_unique<BodyReply<std::vector<ModelDescription>>>(m_client, notYet(), nullptr);
}

std::unique_ptr<ChatReply> CohereProvider::chat(const ChatRequest &)
{
    return nullptr;
}

std::unique_ptr<CompletionReply> CohereProvider::complete(const CompletionRequest &)
{
    return nullptr;
}

std::unique_ptr<EmbeddingReply> CohereProvider::embed(const EmbeddingRequest &)
{
    return std::make_unique<BodyReply<EmbeddingResponse>>(m_client, notYet(), nullptr);
}

std::unique_ptr<EmbeddingReply> CohereProvider::embedImages(const ImageEmbeddingRequest &)
{
    return std::make_unique<BodyReply<EmbeddingResponse>>(m_client, notYet(), nullptr);
}

Result<WirePreview> CohereProvider::preview(const ChatRequest &) const
{
    return previewOf(notYet());
}

Result<WirePreview> CohereProvider::preview(const CompletionRequest &) const
{
    return previewOf(notYet());
}

Result<WirePreview> CohereProvider::preview(const EmbeddingRequest &) const
{
    return previewOf(notYet());
}

} // namespace diptych::cohere
