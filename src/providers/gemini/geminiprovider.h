// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "api/providerdescriptor.h"
#include "providers/common/endpointrequest.h"

namespace diptych::gemini {

/// The Gemini API. It has no completions. A base URL without a path gets the API's version in front of every route.
/// Source: Gemini API v1beta.
class GeminiProvider : public Provider
{
    Q_DISABLE_COPY_MOVE(GeminiProvider)
public:
    [[nodiscard]] static ProviderDescriptor describe();

    GeminiProvider(Endpoint endpoint, HttpClient &client);

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
    [[nodiscard]] EndpointCall callOf(const QString &model, const char *method) const;
    [[nodiscard]] EndpointCall getCall(const QString &path) const;
    [[nodiscard]] QString versioned(const QString &path) const;
    [[nodiscard]] Outgoing outgoing(const ChatRequest &request) const;
    [[nodiscard]] Outgoing outgoing(const EmbeddingRequest &request) const;

    Endpoint m_endpoint;
    HttpClient &m_client;
};

} // namespace diptych::gemini
