// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "gateway/surface.h"

#include <QUrlQuery>

namespace diptych {

/// What a method and path ask for.
struct Route {
    enum class Operation { Health, Info, ListModels, GetModel, Chat, Complete, Embed, EmbedImages };
    Operation operation = Operation::Health;
    Surface surface = Surface::Azure;
    QString model {}; ///< named by the path (deployment, model id) or by the query of /info; empty: the body's
    bool operator==(const Route &) const = default;
};

/// The dialect of a path, also of one that leads nowhere: decides the shape of its errors.
[[nodiscard]] Surface surfaceOf(const QByteArray &path);

/// Finds the route. `path` is percent-encoded. Errors: NotFound (404: no such path, or an api-version that is missing
/// or unknown), Unsupported (405: the path exists for another method; providerCode is then the method it exists for).
/// Source: Azure AI Model Inference API 1.1, OpenAI v1, Azure OpenAI data plane.
[[nodiscard]] Result<Route> findRoute(const QByteArray &method, const QByteArray &path, const QUrlQuery &query);

} // namespace diptych
