// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "api/providerdescriptor.h"
#include "providers/common/endpointrequest.h"

namespace diptych {

class HttpClient;

namespace anthropic {

/// The Anthropic Messages API and servers that imitate it. The base URL may end in /v1. Endpoint::apiVersion, when set,
/// is the header anthropic-version. Completions and embeddings end in Error::Kind::Unsupported.
class AnthropicProvider : public Provider
{
    Q_DISABLE_COPY_MOVE(AnthropicProvider)
public:
    [[nodiscard]] static ProviderDescriptor describe();

    AnthropicProvider(Endpoint endpoint, HttpClient &client);

    [[nodiscard]] const Endpoint &endpoint() const override { return m_endpoint; }
    [[nodiscard]] std::unique_ptr<ModelInfoReply> info(const QString &model) override;
    [[nodiscard]] std::unique_ptr<ModelListReply> listModels() override;
    [[nodiscard]] std::unique_ptr<ChatReply> chat(const ChatRequest &request) override;
    [[nodiscard]] std::unique_ptr<CompletionReply> complete(const CompletionRequest &request) override;
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embed(const EmbeddingRequest &request) override;
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embedImages(const ImageEmbeddingRequest &request) override;
    void warmUp(int chats) override;
    [[nodiscard]] Result<WirePreview> preview(const ChatRequest &request) const override;
    [[nodiscard]] Result<WirePreview> preview(const CompletionRequest &request) const override;
    [[nodiscard]] Result<WirePreview> preview(const EmbeddingRequest &request) const override;

private:
    /// `path` as below /v1.
    [[nodiscard]] EndpointCall callOf(const QString &path) const;
    [[nodiscard]] Outgoing outgoing(const ChatRequest &request) const;

    Endpoint m_endpoint;
    Endpoint m_wireEndpoint; // without what travels in our own headers
    HttpClient &m_client;
};

} // namespace anthropic
} // namespace diptych
