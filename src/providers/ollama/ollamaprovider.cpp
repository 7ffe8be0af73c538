// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ollama/ollamaprovider.h"

#include "providers/common/httpreply.h"

namespace diptych::ollama {

namespace {

Outgoing notYet()
{
    return {.request = Failure({.kind = Error::Kind::Unsupported})};
}

} // namespace

ProviderDescriptor OllamaProvider::describe()
{
    return {.name = QStringLiteral("ollama"),
        .displayName = QStringLiteral("Ollama"),
        .baseUrl = QStringLiteral("http://localhost:11434"),
        .hosts = {QStringLiteral("ollama.com")},
        .localPort = 11434,
        .paths = {QStringLiteral("/api"), QStringLiteral("/api/chat"), QStringLiteral("/api/generate"), QStringLiteral("/api/tags"), QStringLiteral("/api/embed"), QStringLiteral("/api/embeddings"), QStringLiteral("/api/show"), QStringLiteral("/api/version"), QStringLiteral("/api/ps")},
        .compatiblePaths = {QStringLiteral("/v1")},
        .auth = Endpoint::Auth::Bearer,
        .keyHeader = "api-key",
        .keyVariables = {QStringLiteral("OLLAMA_API_KEY")},
        .urlVariables = {QStringLiteral("OLLAMA_HOST")}};
}

OllamaProvider::OllamaProvider(Endpoint endpoint, HttpClient &client)
    : m_endpoint(std::move(endpoint))
    , m_client(client)
{
}

std::unique_ptr<ModelInfoReply> OllamaProvider::info(const QString &)
{
    return std::make_unique<BodyReply<ModelInfo>>(m_client, notYet(), nullptr);
}

std::unique_ptr<ModelListReply> OllamaProvider::listModels()
{
    return std::make_unique<BodyReply<std::vector<ModelDescription>>>(m_client, notYet(), nullptr);
}

std::unique_ptr<ChatReply> OllamaProvider::chat(const ChatRequest &)
{
    return nullptr;
}

std::unique_ptr<CompletionReply> OllamaProvider::complete(const CompletionRequest &)
{
    return nullptr;
}

std::unique_ptr<EmbeddingReply> OllamaProvider::embed(const EmbeddingRequest &)
{
    return std::make_unique<BodyReply<EmbeddingResponse>>(m_client, notYet(), nullptr);
}

std::unique_ptr<EmbeddingReply> OllamaProvider::embedImages(const ImageEmbeddingRequest &)
{
    return std::make_unique<BodyReply<EmbeddingResponse>>(m_client, notYet(), nullptr);
}

Result<WirePreview> OllamaProvider::preview(const ChatRequest &) const
{
    return previewOf(notYet());
}

Result<WirePreview> OllamaProvider::preview(const CompletionRequest &) const
{
    return previewOf(notYet());
}

Result<WirePreview> OllamaProvider::preview(const EmbeddingRequest &) const
{
    return previewOf(notYet());
}

} // namespace diptych::ollama
