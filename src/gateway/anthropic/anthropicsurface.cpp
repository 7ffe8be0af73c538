// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/anthropic/anthropicsurface.h"

#include "gateway/anthropic/anthropicerrors.h"
#include "gateway/anthropic/anthropictasks.h"

#include <array>

namespace diptych {

namespace {

using Operation = GatewayPath::Operation;

constexpr std::array<PathEntry, 3> routes {{{u"models", Operation::ListModels, true}, {u"messages", Operation::Chat},
    {u"messages/count_tokens", Operation::CountTokens}}};

bool owns(const HttpServerRequest &head)
{
    const QStringList segments = pathSegments(head.path());
    return segments.value(0) == u"v1"
        && (segments.value(1) == u"messages" || !head.header("anthropic-version").isEmpty());
}

Result<GatewayPath> find(const HttpServerRequest &head)
{
    const QStringList segments = pathSegments(head.path()).mid(1);
    if (segments.size() > 1 && segments.front() == u"models") {
        if (head.method != "GET" && head.method != "HEAD")
            return Failure(wrongMethod(true));
        return GatewayPath {
            .operation = Operation::GetModel, .surface = Surface::Anthropic, .model = segments.mid(1).join(u'/')};
    }
    return findEntry(routes, segments, head.method, Surface::Anthropic);
}

} // namespace

SurfaceRules anthropicSurface()
{
    return {.surface = Surface::Anthropic,
        .name = QLatin1String("anthropic"),
        .owns = owns,
        .find = find,
        .makeTask = makeAnthropicTask,
        .encodeError = encodeAnthropicError,
        .idHeader = QLatin1String("request-id")};
}

} // namespace diptych
