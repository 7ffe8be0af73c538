// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/routing/routedservices.h"

namespace diptych {

/// Where one request goes, settled when it came: a route that is changed meanwhile does not change it.
struct RoutePlan {
    std::optional<Route> route {}; ///< unset: the client named an open model
    QString asked {}; ///< what the client called the model
    std::vector<ModelRef> models {}; ///< asked in this order until one answers
    HeaderList headers {}; ///< of the client, those that go on
    std::optional<Error> refusal {}; ///< nothing is asked
};

/// Settles where a request goes. `asked` may be empty: the route for any name, or the first open model that has the
/// type. Errors are the plan's refusal: NotFound (no route, no model), RateLimited (the route's budget is spent),
/// InvalidRequest (the route has a budget and its model no known price).
[[nodiscard]] RoutePlan planRoute(const RouteTable &routes, const RoutedServices &services, const QString &asked,
    ModelType type, const HeaderList &clientHeaders);

/// The provider for the model at a place in the plan, with the route's own settings. Errors: NotFound (the endpoint is
/// gone).
[[nodiscard]] Result<std::unique_ptr<Provider>> openProvider(
    const RoutePlan &plan, std::size_t place, const RoutedServices &services);

/// The request with what the route adds, for that model.
[[nodiscard]] ChatRequest routed(ChatRequest request, const RoutePlan &plan, const ModelRef &model);
[[nodiscard]] CompletionRequest routed(CompletionRequest request, const RoutePlan &plan, const ModelRef &model);
[[nodiscard]] EmbeddingRequest routed(EmbeddingRequest request, const RoutePlan &plan, const ModelRef &model);
[[nodiscard]] ImageEmbeddingRequest routed(ImageEmbeddingRequest request, const RoutePlan &plan, const ModelRef &model);

/// Whether a client's name means this open model: its own name, or with its endpoint.
[[nodiscard]] bool isCalled(const ModelRef &model, const QString &name);

/// Whether that name leads to this model and to no other: by a route with one target and no fallback, or as an open
/// model.
[[nodiscard]] bool leadsOnlyTo(const RouteTable &routes, const QString &asked, const ModelRef &model);

/// Whether another model may do better: not when the request itself is wrong, filtered or stopped.
[[nodiscard]] bool maySucceedElsewhere(const Error &error);

} // namespace diptych
