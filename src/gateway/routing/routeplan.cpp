// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/routing/routeplan.h"

#include "builtin/catalogue.h"
#include "core/secret.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <cmath>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::RoutePlan", text);
}

Error notFound(const QString &message)
{
    return {.kind = Error::Kind::NotFound,
        .message = message,
        .providerCode = QStringLiteral("model_not_found"),
        .parameter = QStringLiteral("model")};
}

Error noRoute(const RouteTable &routes, const std::vector<ModelRef> &openModels, const QString &asked)
{
    QStringList names;
    for (const Route &route : routes.routes()) {
        if (route.isEnabled)
            names.append(route.name);
    }
    for (const ModelRef &model : openModels)
        names.append(model.model);
    const QString known = names.isEmpty() ? translated("There are no routes.")
                                          : translated("There are: %1.").arg(names.join(QStringLiteral(", ")));
    return notFound(
        translated("No route leads from \"%1\" to a model. %2 A route named * takes every name.").arg(asked, known));
}

ModelRef drawn(const std::vector<RouteTarget> &targets)
{
    double total = 0;
    for (const RouteTarget &target : targets)
        total += target.weight;
    double left = QRandomGenerator::global()->generateDouble() * total;
    const RouteTarget *last = nullptr;
    for (const RouteTarget &target : targets) {
        if (target.weight <= 0)
            continue;
        last = &target;
        left -= target.weight;
        if (left < 0)
            break;
    }
    return last ? last->model : ModelRef();
}

/// Headers of the connection between client and gateway, and keys, which are the gateway's own.
bool mayGoOn(const QByteArray &name)
{
    static const std::array<QByteArray, 12> kept {"host", "connection", "content-length", "content-type",
        "transfer-encoding", "accept", "accept-encoding", "expect", "upgrade", "te", "keep-alive", "user-agent"};
    return !isSecretHeader(name) && std::find(kept.begin(), kept.end(), name.toLower()) == kept.end();
}

HeaderList forwarded(const Route &route, const HeaderList &headers)
{
    HeaderList list;
    for (const HeaderField &field : headers) {
        const bool isListed = route.forwardedHeaders.contains(QString::fromLatin1(field.name), Qt::CaseInsensitive);
        if (isListed && mayGoOn(field.name))
            list.push_back(field);
    }
    return list;
}

std::optional<Error> budgetFault(
    const RouteTable &routes, const RoutedServices &services, const Route &route, const std::vector<ModelRef> &models)
{
    if (!route.budget)
        return std::nullopt;
    if (routes.counters(route.id).cost >= *route.budget) {
        return Error {.kind = Error::Kind::RateLimited,
            .message =
                translated("The budget of the route \"%1\" is spent: %2. Raise it, or set what is spent to zero.")
                    .arg(route.name)
                    .arg(*route.budget),
            .providerCode = QStringLiteral("budget_exceeded")};
    }
    std::vector<ModelRef> all = models;
    if (route.shadow && services.shadows)
        all.push_back(*route.shadow);
    for (const ModelRef &model : all) {
        const Charge charge = services.charge ? services.charge(model) : Charge();
        if (charge.kind == Charge::Kind::Unknown) {
            return Error {.kind = Error::Kind::InvalidRequest,
                .message =
                    translated("The route \"%1\" has a budget, and the price of %2 is not known. Write the price "
                               "down, or take the budget away.")
                        .arg(route.name, modelRefText(model)),
                .providerCode = QStringLiteral("price_unknown")};
        }
    }
    return std::nullopt;
}

RoutePlan planOpenModel(const RouteTable &routes, const RoutedServices &services, const QString &asked, ModelType type)
{
    RoutePlan plan {.asked = asked};
    const std::vector<ModelRef> open = services.openModels ? services.openModels() : std::vector<ModelRef>();
    const auto isMeant = [&](const ModelRef &model) {
        if (!asked.isEmpty())
            return isCalled(model, asked);
        const ModelDescription *description = services.describe ? services.describe(model) : nullptr;
        return description && description->type == type;
    };
    const auto found = std::find_if(open.begin(), open.end(), isMeant);
    if (found == open.end())
        plan.refusal = noRoute(routes, open, asked);
    else
        plan.models = {*found};
    return plan;
}

bool leadsToOne(const Route &route)
{
    return route.targets.size() == 1 && route.fallbacks.empty();
}

template <typename Request>
Request withExtras(Request request, const RoutePlan &plan, const ModelRef &model)
{
    request.model = model.model;
    const bool isOnlyTarget = !plan.route || leadsToOne(*plan.route);
    const bool isFaultOurs = model.model == faultyModel && isOnlyTarget;
    if (isFaultOurs)
        request.extras.remove(QStringLiteral("fault")); // made here already; the built-in server would make it again
    if (!plan.route || plan.route->extras.isEmpty())
        return request;
    const QJsonObject &extras = plan.route->extras;
    for (auto extra = extras.begin(); extra != extras.end(); ++extra) {
        if (!request.extras.contains(extra.key()))
            request.extras.insert(extra.key(), extra.value());
    }
    request.extrasMode = ExtrasMode::PassThrough;
    return request;
}

} // namespace

RoutePlan planRoute(const RouteTable &routes, const RoutedServices &services, const QString &asked, ModelType type,
    const HeaderList &clientHeaders)
{
    const Route *route = routes.find(asked);
    if (!route)
        return planOpenModel(routes, services, asked, type);
    RoutePlan plan {.route = *route, .asked = asked, .headers = forwarded(*route, clientHeaders)};
    if (const ModelRef first = drawn(route->targets); first.isValid())
        plan.models.push_back(first);
    plan.models.insert(plan.models.end(), route->fallbacks.begin(), route->fallbacks.end());
    plan.refusal = plan.models.empty() ? notFound(translated("The route \"%1\" leads to no model.").arg(route->name))
                                       : budgetFault(routes, services, *route, plan.models);
    return plan;
}

Result<std::unique_ptr<Provider>> openProvider(const RoutePlan &plan, std::size_t place, const RoutedServices &services)
{
    const ModelRef &model = plan.models[place];
    const Endpoint *found = services.endpoint ? services.endpoint(model.endpointId) : nullptr;
    if (!found)
        return Failure(Error {.kind = Error::Kind::NotFound,
            .message = translated("The endpoint \"%1\", to which \"%2\" leads, does not exist any more.")
                           .arg(model.endpointId, plan.asked),
            .providerCode = QStringLiteral("endpoint_not_found"),
            .parameter = QStringLiteral("model")});
    Endpoint endpoint = *found;
    if (plan.route && plan.route->adaptation)
        endpoint.adaptation = *plan.route->adaptation;
    for (const HeaderField &field : plan.headers) {
        if (headerValue(endpoint.headers, field.name).isEmpty())
            endpoint.headers.push_back(field);
    }
    // The next model is better than a second try of this one.
    if (place + 1 < plan.models.size())
        endpoint.connection.retry.maxRetries = 0;
    return services.makeProvider(endpoint, model.model);
}

ChatRequest routed(ChatRequest request, const RoutePlan &plan, const ModelRef &model)
{
    if (plan.route && !plan.route->systemPrompt.isEmpty())
        request.messages.insert(request.messages.begin(), Message::fromText(Role::System, plan.route->systemPrompt));
    return withExtras(std::move(request), plan, model);
}

CompletionRequest routed(CompletionRequest request, const RoutePlan &plan, const ModelRef &model)
{
    return withExtras(std::move(request), plan, model);
}

EmbeddingRequest routed(EmbeddingRequest request, const RoutePlan &plan, const ModelRef &model)
{
    return withExtras(std::move(request), plan, model);
}

ImageEmbeddingRequest routed(ImageEmbeddingRequest request, const RoutePlan &plan, const ModelRef &model)
{
    return withExtras(std::move(request), plan, model);
}

bool isCalled(const ModelRef &model, const QString &name)
{
    return model.model == name || modelRefText(model) == name;
}

bool leadsOnlyTo(const RouteTable &routes, const QString &asked, const ModelRef &model)
{
    const Route *route = routes.find(asked);
    if (!route)
        return isCalled(model, asked);
    return leadsToOne(*route) && route->targets.front().model == model;
}

bool maySucceedElsewhere(const Error &error)
{
    return error.kind != Error::Kind::InvalidRequest && error.kind != Error::Kind::ContentFilter
        && error.kind != Error::Kind::Cancelled;
}

} // namespace diptych
