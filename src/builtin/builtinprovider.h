// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"

#include <memory>
#include <optional>

namespace diptych {

class Babbler;
class GuideModel;
class Palette;
class WordMap;

/// Settings of the built-in models.
struct BuiltinOptions {
    /// Tokens per second of a streamed answer, for every model; unset: each model's own rate. The extra
    /// `tokens_per_second` of a request wins.
    std::optional<double> tokensPerSecond {};
};

/// The models that work without a key and without a network: guide, guide-brief and guide-reasoning (chat), babbler-5
/// and babbler-3 (completion), wordmap-256 and wordmap-64 (text embeddings), palette (image embeddings), faulty (chat).
/// Their data is loaded when a model is first asked. Replies have no exchange to show: only its times are filled in.
///
/// An empty model name means the first model of the route's kind. A model asked on a route it has not ends in
/// Unsupported with an empty parameter; an unknown one in NotFound with the code model_not_found.
class BuiltinProvider final : public Provider
{
public:
    explicit BuiltinProvider(BuiltinOptions options = {});
    ~BuiltinProvider() override;

    [[nodiscard]] const Endpoint &endpoint() const override { return m_endpoint; }
    [[nodiscard]] std::unique_ptr<ModelInfoReply> info(const QString &model) override;
    [[nodiscard]] std::unique_ptr<ModelListReply> listModels() override;
    [[nodiscard]] std::unique_ptr<ChatReply> chat(const ChatRequest &request) override;
    [[nodiscard]] std::unique_ptr<CompletionReply> complete(const CompletionRequest &request) override;
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embed(const EmbeddingRequest &request) override;
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embedImages(const ImageEmbeddingRequest &request) override;

    /// Unsupported: nothing goes over a wire here.
    [[nodiscard]] Result<WirePreview> preview(const ChatRequest &request) const override;
    [[nodiscard]] Result<WirePreview> preview(const CompletionRequest &request) const override;
    [[nodiscard]] Result<WirePreview> preview(const EmbeddingRequest &request) const override;

private:
    Endpoint m_endpoint;
    BuiltinOptions m_options;
    // Shared with replies under way, which may outlive the provider.
    std::shared_ptr<const GuideModel> m_guide;
    std::shared_ptr<const Babbler> m_babbler;
    std::shared_ptr<const WordMap> m_wordMap;
    std::shared_ptr<const Palette> m_palette;
};

} // namespace diptych
