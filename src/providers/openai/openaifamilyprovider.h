// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "providers/common/endpointrequest.h"
#include "providers/openai/requestfields.h"

namespace diptych::openai {

/// What the providers of OpenAI v1 and of the Azure AI Model Inference API have in common: the routes
/// /chat/completions, /completions and /embeddings under the base URL, and how their answers are read. Subclasses
/// encode the requests.
class OpenAiFamilyProvider : public Provider
{
    Q_DISABLE_COPY_MOVE(OpenAiFamilyProvider)
public:
    OpenAiFamilyProvider(Endpoint endpoint, HttpClient &client);

    [[nodiscard]] const Endpoint &endpoint() const override { return m_endpoint; }
    [[nodiscard]] std::unique_ptr<ChatReply> chat(const ChatRequest &request) override;
    [[nodiscard]] std::unique_ptr<CompletionReply> complete(const CompletionRequest &request) override;
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embed(const EmbeddingRequest &request) override;
    void warmUp(int chats) override;
    [[nodiscard]] Result<WirePreview> preview(const ChatRequest &request) const override;
    [[nodiscard]] Result<WirePreview> preview(const CompletionRequest &request) const override;
    [[nodiscard]] Result<WirePreview> preview(const EmbeddingRequest &request) const override;

protected:
    [[nodiscard]] virtual Result<BodyEncoder> encode(const ChatRequest &request) const = 0;
    [[nodiscard]] virtual Result<BodyEncoder> encode(const CompletionRequest &request) const = 0;
    [[nodiscard]] virtual Result<BodyEncoder> encode(const EmbeddingRequest &request) const = 0;
    /// Where completions are, under the base URL.
    [[nodiscard]] virtual QString completionPath() const { return QStringLiteral("/completions"); }
    [[nodiscard]] HttpClient &client() const { return m_client; }

private:
    [[nodiscard]] Outgoing outgoing(const ChatRequest &request) const;
    [[nodiscard]] Outgoing outgoing(const CompletionRequest &request) const;
    [[nodiscard]] Outgoing outgoing(const EmbeddingRequest &request) const;

    Endpoint m_endpoint;
    HttpClient &m_client;
};

} // namespace diptych::openai
