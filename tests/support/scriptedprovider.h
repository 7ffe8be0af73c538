// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"

#include <QPointer>

#include <vector>

namespace diptych {

/// A reply that does what a test tells it to: `text()`, `finishWith()`, `failWith()`. Keeps the contract of Reply.
class ScriptedChatReply : public ChatReply
{
    Q_OBJECT
public:
    explicit ScriptedChatReply(ChatRequest request);

    [[nodiscard]] const ChatRequest &request() const { return m_request; }
    void text(const QString &piece);
    void reasoning(const QString &piece);
    void delta(const ChatDelta &delta);
    void finishWith(const QString &finishReason = QStringLiteral("stop"), const Usage &usage = {});
    void failWith(const Error &error);

    [[nodiscard]] const Exchange &exchange() const override { return m_exchange; }
    [[nodiscard]] Exchange &mutableExchange() { return m_exchange; }
    [[nodiscard]] const std::vector<Exchange> &earlierAttempts() const override { return m_earlier; }
    void retryNow() override { }

protected:
    void abortExchange() override { }

private:
    ChatRequest m_request;
    Exchange m_exchange;
    std::vector<Exchange> m_earlier;
};

class ScriptedCompletionReply : public CompletionReply
{
    Q_OBJECT
public:
    explicit ScriptedCompletionReply(CompletionRequest request);

    [[nodiscard]] const CompletionRequest &request() const { return m_request; }
    void delta(const CompletionDelta &delta);
    void text(const QString &piece);
    void finishWith(const QString &finishReason = QStringLiteral("stop"));
    void failWith(const Error &error);

    [[nodiscard]] const Exchange &exchange() const override { return m_exchange; }
    [[nodiscard]] const std::vector<Exchange> &earlierAttempts() const override { return m_earlier; }
    void retryNow() override { }

protected:
    void abortExchange() override { }

private:
    CompletionRequest m_request;
    Exchange m_exchange;
    std::vector<Exchange> m_earlier;
};

/// A one-piece reply that a test ends with a value or an error.
template <typename Response>
class ScriptedValueReply : public ValueReply<Response>
{
public:
    void finishWith(Response response)
    {
        this->setResponse(std::move(response));
        this->finish();
    }
    void failWith(const Error &error) { this->fail(error); }

    [[nodiscard]] const Exchange &exchange() const override { return m_exchange; }
    [[nodiscard]] const std::vector<Exchange> &earlierAttempts() const override { return m_earlier; }
    void retryNow() override { }

protected:
    void abortExchange() override { }

private:
    Exchange m_exchange;
    std::vector<Exchange> m_earlier;
};

/// A provider for tests of panes and runs: no network. Requests are kept; the test ends the replies by hand. Embedding
/// requests are answered by themselves (queued) with a deterministic vector per text when `autoEmbed` is set.
class ScriptedProvider : public Provider
{
public:
    explicit ScriptedProvider(Endpoint endpoint);

    std::vector<QPointer<ScriptedChatReply>> chats;
    std::vector<QPointer<ScriptedCompletionReply>> completions;
    std::vector<EmbeddingRequest> embeddingRequests;
    std::vector<QPointer<QObject>> embeddings; ///< ScriptedValueReply<EmbeddingResponse>
    std::vector<ModelDescription> models; ///< what listModels() answers, queued
    std::optional<Error> listError; ///< set: listModels() fails with it
    ModelInfo modelInfo; ///< what info() answers, queued
    std::optional<Error> infoError;
    bool autoEmbed = true;
    std::vector<int> warmUps; ///< arguments of warmUp()

    [[nodiscard]] const Endpoint &endpoint() const override { return m_endpoint; }
    [[nodiscard]] std::unique_ptr<ModelInfoReply> info(const QString &model) override;
    [[nodiscard]] std::unique_ptr<ModelListReply> listModels() override;
    [[nodiscard]] std::unique_ptr<ChatReply> chat(const ChatRequest &request) override;
    [[nodiscard]] std::unique_ptr<CompletionReply> complete(const CompletionRequest &request) override;
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embed(const EmbeddingRequest &request) override;
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embedImages(const ImageEmbeddingRequest &request) override;
    void warmUp(int count) override { warmUps.push_back(count); }
    [[nodiscard]] Result<WirePreview> preview(const ChatRequest &request) const override;
    [[nodiscard]] Result<WirePreview> preview(const CompletionRequest &request) const override;
    [[nodiscard]] Result<WirePreview> preview(const EmbeddingRequest &request) const override;

private:
    Endpoint m_endpoint;
};

} // namespace diptych
