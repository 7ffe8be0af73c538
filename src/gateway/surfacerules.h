// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/gatewaypath.h"
#include "gateway/http/httpserverrequest.h"

#include <QJsonObject>

#include <memory>

namespace diptych {

struct GatewayCall;
class GatewayTask;

/// What the gateway needs to know of a surface. Every surface's folder makes one; surfacerules.cpp lists them.
struct SurfaceRules {
    Surface surface = Surface::Azure;
    QLatin1String name {}; ///< azure, openai, ollama, anthropic
    /// Whether a request is this surface's, by its path and headers, also when the path leads nowhere: decides the
    /// shape of the error.
    bool (*owns)(const HttpServerRequest &head) = nullptr;
    /// Errors: NotFound (404: no such path, or an api-version that is missing or unknown), Unsupported (405: the path
    /// exists for another method; providerCode is then the method it exists for).
    Result<GatewayPath> (*find)(const HttpServerRequest &head) = nullptr;
    std::unique_ptr<GatewayTask> (*makeTask)(const GatewayCall &call) = nullptr;
    /// An error as an answer. `request` is the body of the request, whose offending value may be quoted.
    SurfaceAnswer (*encodeError)(const Error &error, const QJsonObject &request) = nullptr;
    /// Where model names have tags: the name without the tag that is meant when there is none.
    QString (*withoutTag)(const QString &model) = nullptr;
    /// The header in which clients look for the request's id, beside x-request-id; may be empty.
    QLatin1String idHeader {};
};

/// The header of every answer; errors carry the same id in Error::requestId.
constexpr const char *requestIdHeader = "x-request-id";

/// The surface that a request speaks; Azure's when no other owns it.
[[nodiscard]] const SurfaceRules &surfaceRulesOf(const HttpServerRequest &head);
[[nodiscard]] const SurfaceRules &surfaceRules(Surface surface);

} // namespace diptych
