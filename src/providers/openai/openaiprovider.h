// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/providerdescriptor.h"
#include "providers/openai/openaifamilyprovider.h"

namespace diptych::openai {

/// OpenAI v1 and the servers that imitate it, also Azure OpenAI by deployment and by its v1 route. Image embeddings end
/// in Error::Kind::Unsupported but for vLLM, and so does info() where the server
/// has neither GET /models/{id} nor the model in GET /models.
class OpenAiProvider : public OpenAiFamilyProvider
{
public:
    using OpenAiFamilyProvider::OpenAiFamilyProvider;

    [[nodiscard]] static ProviderDescriptor describe();

    [[nodiscard]] std::unique_ptr<ModelInfoReply> info(const QString &model) override;
    [[nodiscard]] std::unique_ptr<ModelListReply> listModels() override;
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embedImages(const ImageEmbeddingRequest &request) override;

protected:
    [[nodiscard]] Result<BodyEncoder> encode(const ChatRequest &request) const override;
    [[nodiscard]] Result<BodyEncoder> encode(const CompletionRequest &request) const override;
    [[nodiscard]] Result<BodyEncoder> encode(const EmbeddingRequest &request) const override;
    [[nodiscard]] QString completionPath() const override;

private:
    [[nodiscard]] EncodingOptions options(const QString &model) const;
};

} // namespace diptych::openai
