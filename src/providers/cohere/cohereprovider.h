// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "api/providerdescriptor.h"
#include "providers/common/endpointrequest.h"

namespace diptych {

class HttpClient;

namespace cohere {

/// Cohere's v2 chat and embed and its v1 list of models. The base URL may end in /v1 or /v2. Completions end in
/// Error::Kind::Unsupported.
class CohereProvider : public Provider
{
    Q_DISABLE_COPY_MOVE(CohereProvider)
public:
    [[nodiscard]] static ProviderDescriptor describe();

    CohereProvider(Endpoint endpoint, HttpClient &client);

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
    [[nodiscard]] Outgoing outgoing(const ChatRequest &request) const;
    [[nodiscard]] Outgoing outgoing(const EmbeddingRequest &request) const;

    Endpoint m_endpoint;
    Endpoint m_wireEndpoint; // its base URL ends before the version, since the routes are of two versions
    HttpClient &m_client;
};

} // namespace cohere
} // namespace diptych
