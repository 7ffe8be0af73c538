// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/routing/routedreply.h"

namespace diptych {

/// Watches a chat that a client has and asks the shadow of its route the same; both answers go into the shadow log.
/// What the shadow does has no effect on the client. Goes on after the client's answer has ended.
class ShadowRun : public QObject
{
    Q_OBJECT
public:
    /// Desk and log outlive it; `served` need not. `request` is the client's, `plan` has a route with a shadow.
    ShadowRun(RouteDesk &desk, RoutePlan plan, const ChatRequest &request, RoutedReply<RoutedChat> &served);
    ~ShadowRun() override;

Q_SIGNALS:
    void finished(); ///< both have ended

private:
    void watchServed(RoutedReply<RoutedChat> &served);
    void askShadow(const ChatRequest &request);
    void watchFirstToken(ChatReply &reply, ShadowAnswer ShadowPair::*side);
    void noteServed(const RoutedReply<RoutedChat> &served, const std::optional<Error> &error);
    void noteEnd(ShadowAnswer ShadowPair::*side, const ChatResponse &response, const std::optional<Error> &error);
    [[nodiscard]] std::chrono::microseconds now() const
    {
        return std::chrono::microseconds(m_clock.nsecsElapsed() / 1000);
    }

    RouteDesk &m_desk;
    ShadowLog &m_log;
    RoutePlan m_plan; // with the shadow as its only model
    std::unique_ptr<Provider> m_provider;
    std::unique_ptr<ChatReply> m_reply; // dies before its provider
    QElapsedTimer m_clock;
    quint64 m_id = 0;
    int m_underWay = 2;
};

} // namespace diptych
