// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/routing/routeplan.h"

#include <QObject>

namespace diptych {

/// What all routed replies share: the services, and who is told of requests and their ends. Outlives them.
class RouteDesk : public QObject
{
    Q_OBJECT
public:
    RouteDesk(RouteTable &routes, RoutedServices services);

    [[nodiscard]] RouteTable &routes() const { return m_routes; }
    [[nodiscard]] const RoutedServices &services() const { return m_services; }

    void begin(const RoutePlan &plan);
    void askedAgain(const RoutePlan &plan); ///< of a fallback
    void noteFirstToken(const RoutePlan &plan, std::chrono::microseconds time);
    /// What an answer used, also one that nobody got to see. Estimated where the provider did not say: a budget has to
    /// hold all the same.
    void charge(const RoutePlan &plan, const ModelRef &model, const Usage &usage, bool isShadow = false);
    /// `error` is null when it went well; `left`: the client did not wait.
    void end(const RoutePlan &plan, const ModelRef &model, const Error *error, bool left = false);
    void tell(Reply *reply, const RoutePlan &plan, const ModelRef &model, const RoutedRequest &request,
        bool isShadow = false);

Q_SIGNALS:
    /// A model is asked. Emitted right after the reply was made; it belongs to others.
    void replyStarted(diptych::Reply *reply, const QString &label, const diptych::RoutedRequest &request);

private:
    RouteTable &m_routes;
    RoutedServices m_services;
};

} // namespace diptych
