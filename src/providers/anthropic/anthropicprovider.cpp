// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/anthropic/anthropicprovider.h"

#include "providers/common/httpreply.h"

namespace diptych::anthropic {

namespace {

Outgoing notYet()
{
    return {.request = Failure({.kind = Error::Kind::Unsupported})};
}

} // namespace

ProviderDescriptor AnthropicProvider::describe()
{
    return {.name = QStringLiteral("anthropic"),
        .displayName = QStringLiteral("Anthropic"),
        .baseUrl = QStringLiteral("https://api.anthropic.com"),
        .hosts = {QStringLiteral("api.anthropic.com"), QStringLiteral("console.anthropic.com")},
        .localPort = 0,
        .paths = {QStringLiteral("/v1"), QStringLiteral("/v1/messages"), QStringLiteral("/v1/models")},
        .compatiblePaths = {QStringLiteral("/v1/chat")},
        .auth = Endpoint::Auth::ApiKey,
        .keyHeader = "x-api-key",
        .keyVariables = {QStringLiteral("ANTHROPIC_API_KEY")},
        .urlVariables = {QStringLiteral("ANTHROPIC_BASE_URL")}};
}

AnthropicProvider::AnthropicProvider(Endpoint endpoint, HttpClient &client)
    : m_endpoint(std::move(endpoint))
    , m_client(client)
{
}

std::unique_ptr<ModelInfoReply> AnthropicProvider::info(const QString &)
{
    return std::make_unique<BodyReply<ModelInfo>>(m_client, notYet(), nullptr);
}

std::unique_ptr<ModelListReply> AnthropicProvider::listModels()
{
    return std::make_unique<BodyReply<std::vector<ModelDescription>>>(m_client, notYet(), nullptr);
}

std::unique_ptr<ChatReply> AnthropicProvider::chat(const ChatRequest &)
{
    return nullptr;
}

std::unique_ptr<CompletionReply> AnthropicProvider::complete(const CompletionRequest &)
{
    return nullptr;
}

std::unique_ptr<EmbeddingReply> AnthropicProvider::embed(const EmbeddingRequest &)
{
    return std::make_unique<BodyReply<EmbeddingResponse>>(m_client, notYet(), nullptr);
}

std::unique_ptr<EmbeddingReply> AnthropicProvider::embedImages(const ImageEmbeddingRequest &)
{
    return std::make_unique<BodyReply<EmbeddingResponse>>(m_client, notYet(), nullptr);
}

Result<WirePreview> AnthropicProvider::preview(const ChatRequest &) const
{
    return previewOf(notYet());
}

Result<WirePreview> AnthropicProvider::preview(const CompletionRequest &) const
{
    return previewOf(notYet());
}

Result<WirePreview> AnthropicProvider::preview(const EmbeddingRequest &) const
{
    return previewOf(notYet());
}

} // namespace diptych::anthropic
