// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/price.h"
#include "api/provider.h"
#include "api/routetable.h"
#include "api/shadowlog.h"

#include <functional>
#include <memory>
#include <variant>

namespace diptych {

/// What routed requests need from the rest of the program.
struct RoutedServices {
    std::function<const Endpoint *(const QString &endpointId)> endpoint {}; ///< null when unknown
    /// A provider of the request's own, for that model: it stays as it is when somebody changes the endpoint under way.
    std::function<std::unique_ptr<Provider>(const Endpoint &, const QString &model)> makeProvider {};
    std::function<const ModelDescription *(const ModelRef &)> describe {}; ///< null when it is not listed
    std::function<std::vector<ModelRef>()> openModels {}; ///< models that clients may name without a route
    std::function<Charge(const ModelRef &)> charge {};
    ShadowLog *shadows = nullptr; ///< null: routes' shadows are not asked
};

/// A request as it goes to a model, with what its route added.
using RoutedRequest = std::variant<ChatRequest, CompletionRequest, EmbeddingRequest, ImageEmbeddingRequest>;

} // namespace diptych
