// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/routing/routedesk.h"

namespace diptych {

RouteDesk::RouteDesk(RouteTable &routes, RoutedServices services)
    : m_routes(routes)
    , m_services(std::move(services))
{
}

void RouteDesk::begin(const RoutePlan &plan)
{
    if (!plan.route)
        return;
    m_routes.count(plan.route->id, [](RouteCounters &counters) {
        ++counters.requests;
        ++counters.running;
        counters.lastUsed = QDateTime::currentDateTimeUtc();
    });
}

void RouteDesk::askedAgain(const RoutePlan &plan)
{
    if (plan.route)
        m_routes.count(plan.route->id, [](RouteCounters &counters) { ++counters.fallbacks; });
}

void RouteDesk::noteFirstToken(const RoutePlan &plan, std::chrono::microseconds time)
{
    if (plan.route)
        m_routes.count(plan.route->id, [time](RouteCounters &counters) { counters.firstToken = time; });
}

void RouteDesk::charge(const RoutePlan &plan, const ModelRef &model, const Usage &usage, bool isShadow)
{
    if (!plan.route)
        return;
    const Charge price = m_services.charge ? m_services.charge(model) : Charge();
    const std::optional<Cost> cost = price.isFree() ? Cost() : price.estimate(usage);
    m_routes.count(plan.route->id, [&](RouteCounters &counters) {
        counters.promptTokens += isShadow ? 0 : usage.promptTokens.value_or(0);
        counters.completionTokens += isShadow ? 0 : usage.completionTokens.value_or(0);
        if (cost)
            counters.cost += cost->amount;
        else
            ++counters.unpriced;
    });
}

void RouteDesk::end(const RoutePlan &plan, const ModelRef &model, const Error *error, bool left)
{
    if (!plan.route)
        return;
    m_routes.count(plan.route->id, [&](RouteCounters &counters) {
        --counters.running;
        counters.lastModel = modelRefText(model);
        if (left)
            return;
        counters.lastError = error ? error->message : QString();
        counters.failed += error ? 1 : 0;
    });
}

void RouteDesk::tell(
    Reply *reply, const RoutePlan &plan, const ModelRef &model, const RoutedRequest &request, bool isShadow)
{
    const QString asked = plan.asked.isEmpty() ? tr("no name") : plan.asked;
    const QString label = isShadow                ? tr("gateway, shadow: %1 → %2").arg(asked, modelRefText(model))
        : plan.route || plan.asked != model.model ? tr("gateway: %1 → %2").arg(asked, modelRefText(model))
                                                  : tr("gateway: %1").arg(modelRefText(model));
    Q_EMIT replyStarted(reply, label, request);
}

} // namespace diptych
