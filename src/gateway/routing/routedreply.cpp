// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/routing/routedreply.h"

#include "api/metrics.h"
#include "gateway/textlength.h"

namespace diptych {

namespace {

/// A client that reads 401 would doubt its own key, which was right.
Error asSeenByClients(Error error, const ModelRef &model)
{
    if (error.kind != Error::Kind::Authentication)
        return error;
    // Nor may it read the endpoint's own words: some servers quote the key that they refuse.
    return {.kind = Error::Kind::Provider,
        .httpStatus = 502,
        .message = RouteDesk::tr("The endpoint of %1 refused the key that is kept for it.").arg(modelRefText(model)),
        .providerCode = QStringLiteral("upstream_authentication")};
}

} // namespace

bool saysSomething(const ChatDelta &delta)
{
    return !delta.text.isEmpty() || !delta.reasoning.isEmpty() || !delta.refusal.isEmpty() || !delta.toolCalls.empty()
        || !delta.finishReason.isEmpty();
}

bool saysSomething(const CompletionDelta &delta)
{
    return !delta.text.isEmpty() || !delta.finishReason.isEmpty() || !delta.logprobs.empty();
}

template <typename Traits>
RoutedReply<Traits>::RoutedReply(RouteDesk &desk, RoutePlan plan, typename Traits::Request request)
    : m_desk(desk)
    , m_plan(std::move(plan))
    , m_request(std::move(request))
{
    m_clock.start();
    m_later.setSingleShot(true);
    m_later.callOnTimeout(this, [this] { this->fail(*m_laterError); });
    m_desk.begin(m_plan);
    m_isCounted = true;
    if (m_plan.refusal)
        failLater(*m_plan.refusal);
    else
        ask();
}

template <typename Traits>
RoutedReply<Traits>::~RoutedReply()
{
    if (m_whenLeft && !this->isFinished())
        m_whenLeft();
    settle(nullptr, true);
    if (!m_reply || m_reply->isFinished())
        return;
    // Who watches the model's reply gets to see how far it came.
    QObject::disconnect(m_reply.get(), nullptr, this, nullptr);
    m_reply->cancel();
}

template <typename Traits>
void RoutedReply<Traits>::ask()
{
    m_reply.reset();
    Result<std::unique_ptr<Provider>> provider = openProvider(m_plan, m_place, m_desk.services());
    while (!provider && m_place + 1 < m_plan.models.size()) {
        ++m_place;
        m_desk.askedAgain(m_plan);
        provider = openProvider(m_plan, m_place, m_desk.services());
    }
    if (!provider) {
        failLater(provider.error());
        return;
    }
    m_provider = std::move(*provider);
    const typename Traits::Request request = routed(m_request, m_plan, model());
    m_reply = Traits::ask(*m_provider, request);
    this->setChangeLog(m_reply->changeLog());
    m_desk.tell(m_reply.get(), m_plan, model(), request);
    follow();
}

template <typename Traits>
void RoutedReply<Traits>::follow()
{
    QObject::connect(m_reply.get(), &Reply::retryScheduled, this, &Reply::retryScheduled);
    QObject::connect(m_reply.get(), &Reply::attemptStarted, this, &Reply::attemptStarted);
    QObject::connect(m_reply.get(), &Reply::finished, this, [this] { takeEnd(); });
    if constexpr (isStreamed) {
        QObject::connect(m_reply.get(), &Traits::Base::deltaReceived, this,
            [this](const typename Traits::Delta &delta) { takeDelta(delta); });
    }
}

template <typename Traits>
void RoutedReply<Traits>::takeDelta(const typename Traits::Delta &delta)
{
    if constexpr (isStreamed) {
        if (!m_hasBegun && !saysSomething(delta)) {
            m_held.push_back(delta);
            return;
        }
        if (!std::exchange(m_hasBegun, true))
            m_desk.noteFirstToken(m_plan, std::chrono::microseconds(m_clock.nsecsElapsed() / 1000));
        for (const auto &held : std::exchange(m_held, {})) {
            if (!this->deliver(held))
                return;
        }
        (void)this->deliver(delta);
    }
}

template <typename Traits>
void RoutedReply<Traits>::charge()
{
    const auto &response = m_reply->response();
    m_desk.charge(m_plan, model(), completeUsage(response.usage, lengthOf(m_request), lengthOf(response)));
}

template <typename Traits>
void RoutedReply<Traits>::takeEnd()
{
    const std::optional<Error> error = m_reply->error();
    if (!error || m_hasBegun || m_reply->response().usage)
        charge();
    if (!error) {
        if constexpr (isStreamed)
            this->mutableResponse() = m_reply->response();
        else
            this->setResponse(m_reply->response());
        settle(nullptr);
        this->finish();
        return;
    }
    if (!m_hasBegun && m_place + 1 < m_plan.models.size() && maySucceedElsewhere(*error)) {
        ++m_place;
        m_held.clear();
        m_desk.askedAgain(m_plan);
        ask();
        return;
    }
    const Error seen = asSeenByClients(*error, model());
    settle(&seen);
    this->fail(seen);
}

template <typename Traits>
void RoutedReply<Traits>::failLater(const Error &error)
{
    settle(&error);
    m_laterError = error;
    m_later.start(0);
}

template <typename Traits>
void RoutedReply<Traits>::settle(const Error *error, bool left)
{
    if (!std::exchange(m_isCounted, false))
        return;
    if (left && m_reply)
        charge(); // the model was asked, and whoever runs it will count
    m_desk.end(m_plan, m_plan.models.empty() ? ModelRef() : model(), error, left);
}

template <typename Traits>
const Exchange &RoutedReply<Traits>::exchange() const
{
    return m_reply ? m_reply->exchange() : m_noExchange;
}

template <typename Traits>
const std::vector<Exchange> &RoutedReply<Traits>::earlierAttempts() const
{
    return m_reply ? m_reply->earlierAttempts() : m_noAttempts;
}

template <typename Traits>
void RoutedReply<Traits>::retryNow()
{
    if (m_reply)
        m_reply->retryNow();
}

template <typename Traits>
void RoutedReply<Traits>::abortExchange()
{
    m_later.stop();
    settle(nullptr, true);
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->cancel();
}

template class RoutedReply<RoutedChat>;
template class RoutedReply<RoutedCompletion>;
template class RoutedReply<RoutedEmbedding>;
template class RoutedReply<RoutedImageEmbedding>;

} // namespace diptych
