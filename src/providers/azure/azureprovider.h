// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/providerdescriptor.h"
#include "providers/openai/openaifamilyprovider.h"

namespace diptych::azure {

/// The Azure AI Model Inference API in all its endpoint kinds, and the models inside Diptych, which speak it too.
class AzureProvider : public openai::OpenAiFamilyProvider
{
public:
    using OpenAiFamilyProvider::OpenAiFamilyProvider;

    [[nodiscard]] static ProviderDescriptor describe();

    [[nodiscard]] std::unique_ptr<ModelInfoReply> info(const QString &model) override;
    /// The API has no list: the one model of GET /info. Where that route is missing, a Foundry resource is asked for
    /// its /openai/v1/models and a compatible server for /models; what remains is the default model, see
    /// FallbackReply. The built-in endpoint has GET /v1/models, GitHub Models GET /catalog/models beside the API's
    /// routes.
    [[nodiscard]] std::unique_ptr<ModelListReply> listModels() override;
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embedImages(const ImageEmbeddingRequest &request) override;

protected:
    [[nodiscard]] Result<BodyEncoder> encode(const ChatRequest &request) const override;
    [[nodiscard]] Result<BodyEncoder> encode(const CompletionRequest &request) const override;
    [[nodiscard]] Result<BodyEncoder> encode(const EmbeddingRequest &request) const override;

private:
    [[nodiscard]] EncodingOptions options(const QString &model) const;
};

} // namespace diptych::azure
