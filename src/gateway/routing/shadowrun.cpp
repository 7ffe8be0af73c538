// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/routing/shadowrun.h"

#include "api/metrics.h"
#include "gateway/textlength.h"

#include <QPointer>

namespace diptych {

ShadowRun::ShadowRun(RouteDesk &desk, RoutePlan plan, const ChatRequest &request, RoutedReply<RoutedChat> &served)
    : m_desk(desk)
    , m_log(*desk.services().shadows)
    , m_plan(std::move(plan))
{
    const ModelRef first = m_plan.models.front();
    const ModelRef shadow = *m_plan.route->shadow;
    m_clock.start();
    m_id = m_log.add({.routeId = m_plan.route->id,
        .askedModel = m_plan.asked,
        .at = QDateTime::currentDateTimeUtc(),
        .request = routed(request, m_plan, first),
        .served = {.model = first},
        .shadow = {.model = shadow}});
    m_plan.models = {shadow};
    watchServed(served);
    askShadow(request);
}

ShadowRun::~ShadowRun() = default;

void ShadowRun::watchServed(RoutedReply<RoutedChat> &served)
{
    watchFirstToken(served, &ShadowPair::served);
    connect(&served, &Reply::finished, this, [this, &served] { noteServed(served, served.error()); });
    // The run may be gone by then, and the reply goes with its client.
    served.whenLeft([self = QPointer<ShadowRun>(this), &served] {
        if (self)
            self->noteServed(served, Error {.kind = Error::Kind::Cancelled, .message = tr("The client left.")});
    });
}

void ShadowRun::noteServed(const RoutedReply<RoutedChat> &served, const std::optional<Error> &error)
{
    m_log.update(m_id, [&served](ShadowPair &pair) { pair.served.model = served.model(); });
    noteEnd(&ShadowPair::served, served.response(), error);
}

void ShadowRun::askShadow(const ChatRequest &request)
{
    Result<std::unique_ptr<Provider>> provider = openProvider(m_plan, 0, m_desk.services());
    if (!provider) {
        noteEnd(&ShadowPair::shadow, {}, provider.error());
        return;
    }
    m_provider = std::move(*provider);
    const ChatRequest asked = routed(request, m_plan, m_plan.models.front());
    m_reply = m_provider->chat(asked);
    m_desk.tell(m_reply.get(), m_plan, m_plan.models.front(), asked, true);
    watchFirstToken(*m_reply, &ShadowPair::shadow);
    connect(m_reply.get(), &Reply::finished, this, [this, promptLength = lengthOf(asked)] {
        const auto &error = m_reply->error();
        const ChatResponse &response = m_reply->response();
        if (!error || response.usage)
            m_desk.charge(
                m_plan, m_plan.models.front(), completeUsage(response.usage, promptLength, lengthOf(response)), true);
        noteEnd(&ShadowPair::shadow, m_reply->response(), error);
    });
}

void ShadowRun::watchFirstToken(ChatReply &reply, ShadowAnswer ShadowPair::*side)
{
    const auto note = [this, side, isNoted = false](const ChatDelta &delta) mutable {
        if (isNoted || !saysSomething(delta))
            return;
        isNoted = true;
        m_log.update(m_id, [&](ShadowPair &pair) { (pair.*side).firstToken = now(); });
    };
    connect(&reply, &ChatReply::deltaReceived, this, note);
}

void ShadowRun::noteEnd(ShadowAnswer ShadowPair::*side, const ChatResponse &response, const std::optional<Error> &error)
{
    m_log.update(m_id, [&](ShadowPair &pair) {
        ShadowAnswer &answer = pair.*side;
        answer.response = response;
        answer.error = error;
        answer.isFinished = true;
        answer.duration = now();
    });
    if (--m_underWay == 0)
        Q_EMIT finished();
}

} // namespace diptych
