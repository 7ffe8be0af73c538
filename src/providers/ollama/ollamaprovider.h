// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "api/providerdescriptor.h"
#include "providers/common/endpointrequest.h"
#include "providers/ollama/ollamamodels.h"

namespace diptych::ollama {

/// A server of Ollama's own API: chat, completions, text embeddings, and the models that it keeps. The base URL may end
/// in /api or not. Image embeddings end in Error::Kind::Unsupported.
/// Source: Ollama docs/api.md.
class OllamaProvider : public Provider
{
    Q_DISABLE_COPY_MOVE(OllamaProvider)
public:
    [[nodiscard]] static ProviderDescriptor describe();

    OllamaProvider(Endpoint endpoint, HttpClient &client);

    [[nodiscard]] const Endpoint &endpoint() const override { return m_endpoint; }
    [[nodiscard]] std::unique_ptr<ModelInfoReply> info(const QString &model) override;
    [[nodiscard]] std::unique_ptr<ModelListReply> listModels() override;
    [[nodiscard]] std::unique_ptr<ChatReply> chat(const ChatRequest &request) override;
    [[nodiscard]] std::unique_ptr<CompletionReply> complete(const CompletionRequest &request) override;
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embed(const EmbeddingRequest &request) override;
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embedImages(const ImageEmbeddingRequest &request) override;
    /// Null for the public service, whose models are not one's own.
    [[nodiscard]] ModelManager *modelManager() override;
    void warmUp(int chats) override;
    [[nodiscard]] Result<WirePreview> preview(const ChatRequest &request) const override;
    [[nodiscard]] Result<WirePreview> preview(const CompletionRequest &request) const override;
    [[nodiscard]] Result<WirePreview> preview(const EmbeddingRequest &request) const override;

private:
    [[nodiscard]] Outgoing outgoing(const ChatRequest &request) const;
    [[nodiscard]] Outgoing outgoing(const CompletionRequest &request) const;
    [[nodiscard]] Outgoing outgoing(const EmbeddingRequest &request) const;
    [[nodiscard]] EndpointCall answerCall(const QString &route, bool stream) const;

    Endpoint m_endpoint;
    HttpClient &m_client;
    OllamaModels m_models;
};

} // namespace diptych::ollama
