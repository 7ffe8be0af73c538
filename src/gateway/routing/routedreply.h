// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/routing/routedesk.h"

#include <QElapsedTimer>
#include <QTimer>

namespace diptych {

struct RoutedChat {
    using Request = ChatRequest;
    using Base = ChatReply;
    using Delta = ChatDelta;
    static constexpr ModelType type = ModelType::Chat;
    static std::unique_ptr<Base> ask(Provider &provider, const Request &request) { return provider.chat(request); }
};

struct RoutedCompletion {
    using Request = CompletionRequest;
    using Base = CompletionReply;
    using Delta = CompletionDelta;
    static constexpr ModelType type = ModelType::Completion;
    static std::unique_ptr<Base> ask(Provider &provider, const Request &request) { return provider.complete(request); }
};

struct RoutedEmbedding {
    using Request = EmbeddingRequest;
    using Base = EmbeddingReply;
    using Delta = std::monostate; ///< never
    static constexpr ModelType type = ModelType::TextEmbeddings;
    static std::unique_ptr<Base> ask(Provider &provider, const Request &request) { return provider.embed(request); }
};

struct RoutedImageEmbedding {
    using Request = ImageEmbeddingRequest;
    using Base = EmbeddingReply;
    using Delta = std::monostate; ///< never
    static constexpr ModelType type = ModelType::ImageEmbeddings;
    static std::unique_ptr<Base> ask(Provider &provider, const Request &request)
    {
        return provider.embedImages(request);
    }
};

/// Whether a piece has anything for a client to see: providers begin with ids and roles.
[[nodiscard]] bool saysSomething(const ChatDelta &delta);
[[nodiscard]] bool saysSomething(const CompletionDelta &delta);

/// The answer of whichever model of a plan gives one. A model that fails before its first piece is followed by the
/// next; after it the failure is the answer's.
template <typename Traits>
class RoutedReply final : public Traits::Base
{
public:
    /// The desk must outlive the reply.
    RoutedReply(RouteDesk &desk, RoutePlan plan, typename Traits::Request request);
    ~RoutedReply() override;

    [[nodiscard]] const Exchange &exchange() const override;
    [[nodiscard]] const std::vector<Exchange> &earlierAttempts() const override;
    void retryNow() override;
    /// The model that is asked now, or was last. Only where the plan has no refusal.
    [[nodiscard]] const ModelRef &model() const { return m_plan.models[m_place]; }
    /// To be told when the reply is destroyed before its end, while its answer so far can still be read.
    void whenLeft(std::function<void()> tell) { m_whenLeft = std::move(tell); }

protected:
    void abortExchange() override;

private:
    static constexpr bool isStreamed = !std::is_same_v<typename Traits::Delta, std::monostate>;

    void ask();
    void failLater(const Error &error);
    void takeEnd();
    void follow();
    void takeDelta(const typename Traits::Delta &delta);
    void charge();
    void settle(const Error *error, bool left = false);

    RouteDesk &m_desk;
    RoutePlan m_plan;
    typename Traits::Request m_request;
    std::size_t m_place = 0; // in m_plan.models
    std::unique_ptr<Provider> m_provider;
    std::unique_ptr<typename Traits::Base> m_reply; // dies before its provider
    QTimer m_later;
    std::optional<Error> m_laterError;
    QElapsedTimer m_clock;
    Exchange m_noExchange;
    std::vector<Exchange> m_noAttempts;
    std::vector<typename Traits::Delta> m_held; // pieces that say nothing yet: a client has not seen anything of them
    std::function<void()> m_whenLeft;
    bool m_hasBegun = false; // a piece was handed out
    bool m_isCounted = false; // as running
};

extern template class RoutedReply<RoutedChat>;
extern template class RoutedReply<RoutedCompletion>;
extern template class RoutedReply<RoutedEmbedding>;
extern template class RoutedReply<RoutedImageEmbedding>;

} // namespace diptych
