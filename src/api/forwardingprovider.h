// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"

namespace diptych {

/// A provider that belongs to somebody else and outlives this one; to be handed to who wants to own one, or to be
/// changed in part.
class ForwardingProvider : public Provider
{
public:
    explicit ForwardingProvider(Provider &target)
        : m_target(target)
    {
    }

    [[nodiscard]] const Endpoint &endpoint() const override { return m_target.endpoint(); }
    void warmUp(int chats) override { m_target.warmUp(chats); }
    [[nodiscard]] std::unique_ptr<ModelInfoReply> info(const QString &model) override { return m_target.info(model); }
    [[nodiscard]] std::unique_ptr<ModelListReply> listModels() override { return m_target.listModels(); }
    [[nodiscard]] std::unique_ptr<ChatReply> chat(const ChatRequest &request) override
    {
        return m_target.chat(request);
    }
    [[nodiscard]] std::unique_ptr<CompletionReply> complete(const CompletionRequest &request) override
    {
        return m_target.complete(request);
    }
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embed(const EmbeddingRequest &request) override
    {
        return m_target.embed(request);
    }
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embedImages(const ImageEmbeddingRequest &request) override
    {
        return m_target.embedImages(request);
    }
    [[nodiscard]] Result<WirePreview> preview(const ChatRequest &request) const override
    {
        return m_target.preview(request);
    }
    [[nodiscard]] Result<WirePreview> preview(const CompletionRequest &request) const override
    {
        return m_target.preview(request);
    }
    [[nodiscard]] Result<WirePreview> preview(const EmbeddingRequest &request) const override
    {
        return m_target.preview(request);
    }

private:
    Provider &m_target;
};

} // namespace diptych
