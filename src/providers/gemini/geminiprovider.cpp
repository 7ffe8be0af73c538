// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/gemini/geminiprovider.h"

#include "providers/common/httpreply.h"

namespace diptych::gemini {

namespace {

Outgoing notYet()
{
    return {.request = Failure({.kind = Error::Kind::Unsupported})};
}

} // namespace

ProviderDescriptor GeminiProvider::describe()
{
    return {.name = QStringLiteral("gemini"),
        .displayName = QStringLiteral("Google Gemini"),
        .baseUrl = QStringLiteral("https://generativelanguage.googleapis.com/v1beta"),
        .hosts = {QStringLiteral("generativelanguage.googleapis.com"), QStringLiteral("aistudio.google.com")},
        .localPort = 0,
        .paths = {},
        .compatiblePaths = {QStringLiteral("/v1beta/openai")},
        .auth = Endpoint::Auth::ApiKey,
        .keyHeader = "x-goog-api-key",
        .keyVariables = {QStringLiteral("GEMINI_API_KEY"), QStringLiteral("GOOGLE_API_KEY")},
        .urlVariables = {}};
}

GeminiProvider::GeminiProvider(Endpoint endpoint, HttpClient &client)
    : m_endpoint(std::move(endpoint))
    , m_client(client)
{
}

std::unique_ptr<ModelInfoReply> GeminiProvider::info(const QString &)
{
    return std::make_unique<BodyReply<ModelInfo>>(m_client, notYet(), nullptr);
}

std::unique_ptr<ModelListReply> GeminiProvider::listModels()
{
    return std::make_unique<BodyReply<std::vector<ModelDescription>>>(m_client, notYet(), nullptr);
}

std::unique_ptr<ChatReply> GeminiProvider::chat(const ChatRequest &)
{
    return nullptr;
}

std::unique_ptr<CompletionReply> GeminiProvider::complete(const CompletionRequest &)
{
    return nullptr;
}

std::unique_ptr<EmbeddingReply> GeminiProvider::embed(const EmbeddingRequest &)
{
    return std::make_unique<BodyReply<EmbeddingResponse>>(m_client, notYet(), nullptr);
}

std::unique_ptr<EmbeddingReply> GeminiProvider::embedImages(const ImageEmbeddingRequest &)
{
    return std::make_unique<BodyReply<EmbeddingResponse>>(m_client, notYet(), nullptr);
}

Result<WirePreview> GeminiProvider::preview(const ChatRequest &) const
{
    return previewOf(notYet());
}

Result<WirePreview> GeminiProvider::preview(const CompletionRequest &) const
{
    return previewOf(notYet());
}

Result<WirePreview> GeminiProvider::preview(const EmbeddingRequest &) const
{
    return previewOf(notYet());
}

} // namespace diptych::gemini
