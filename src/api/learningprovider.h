// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"

namespace diptych {

class CapabilityBook;

/// Another provider, with the refusals in its answers written into a CapabilityBook: parameters that the server names
/// as not supported, and routes that it does not have. Changes nothing about the replies, it only listens to their end.
class LearningProvider : public Provider
{
public:
    /// `book` must outlive the provider and its replies.
    LearningProvider(std::unique_ptr<Provider> provider, CapabilityBook &book);
    ~LearningProvider() override;

    [[nodiscard]] const Endpoint &endpoint() const override { return m_provider->endpoint(); }
    [[nodiscard]] std::unique_ptr<ModelInfoReply> info(const QString &model) override;
    [[nodiscard]] std::unique_ptr<ModelListReply> listModels() override;
    [[nodiscard]] std::unique_ptr<ChatReply> chat(const ChatRequest &request) override;
    [[nodiscard]] std::unique_ptr<CompletionReply> complete(const CompletionRequest &request) override;
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embed(const EmbeddingRequest &request) override;
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embedImages(const ImageEmbeddingRequest &request) override;
    void warmUp(int chats) override { m_provider->warmUp(chats); }
    [[nodiscard]] ModelManager *modelManager() override { return m_provider->modelManager(); }
    [[nodiscard]] Result<WirePreview> preview(const ChatRequest &request) const override;
    [[nodiscard]] Result<WirePreview> preview(const CompletionRequest &request) const override;
    [[nodiscard]] Result<WirePreview> preview(const EmbeddingRequest &request) const override;

private:
    /// `route`: the ability that the whole call stands for. `form`: the ability that a refused response_format means.
    void listen(Reply *reply, const QString &model, const QString &route, const QString &form = {});

    std::unique_ptr<Provider> m_provider;
    CapabilityBook &m_book;
};

/// True when the answer means that this route is not there for the model, as opposed to an unknown model or parameter.
/// Source: Azure AI Model Inference API: 404 and 405 for routes that a model lacks, 424 from managed compute.
[[nodiscard]] bool isRouteRefusal(const Error &error);

} // namespace diptych
