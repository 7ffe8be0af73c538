// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/routing/shadowrun.h"

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
    connect(
        &served, &ChatReply::deltaReceived, this, [this] { noteFirstToken(&ShadowPair::served); },
        Qt::SingleShotConnection);
    connect(&served, &Reply::finished, this, [this, &served] {
        disconnect(&served, nullptr, this, nullptr);
        m_log.update(m_id, [&served](ShadowPair &pair) { pair.served.model = served.model(); });
        noteEnd(&ShadowPair::served, served.response(), served.error());
    });
    connect(&served, &QObject::destroyed, this, [this] {
        noteEnd(&ShadowPair::served, {}, Error {.kind = Error::Kind::Cancelled, .message = tr("The client left.")});
    });
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
    m_desk.tell(m_reply.get(), m_plan, m_plan.models.front(), asked);
    connect(
        m_reply.get(), &ChatReply::deltaReceived, this, [this] { noteFirstToken(&ShadowPair::shadow); },
        Qt::SingleShotConnection);
    connect(m_reply.get(), &Reply::finished, this, [this] {
        const auto &error = m_reply->error();
        if (!error || m_reply->response().usage)
            m_desk.charge(m_plan, m_plan.models.front(), m_reply->response().usage);
        noteEnd(&ShadowPair::shadow, m_reply->response(), error);
    });
}

void ShadowRun::noteFirstToken(ShadowAnswer ShadowPair::*side)
{
    m_log.update(m_id, [&](ShadowPair &pair) { (pair.*side).firstToken = now(); });
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
