// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/ollama/ollamasurface.h"

#include "gateway/ollama/ollamaerrors.h"
#include "gateway/ollama/ollamamodels.h"
#include "gateway/ollama/ollamatasks.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace diptych {

namespace {

using Operation = GatewayPath::Operation;

constexpr std::array<PathEntry, 8> routes {
    {{u"version", Operation::Version, true}, {u"tags", Operation::ListModels, true},
        {u"ps", Operation::RunningModels, true}, {u"show", Operation::ShowModel}, {u"chat", Operation::Chat},
        {u"generate", Operation::Generate}, {u"embed", Operation::Embed}, {u"embeddings", Operation::EmbedOne}}};
constexpr std::array<QStringView, 6> refusedRoutes {u"pull", u"push", u"create", u"copy", u"delete", u"blobs"};

bool isRead(const HttpServerRequest &head)
{
    return head.method == "GET" || head.method == "HEAD";
}

bool owns(const HttpServerRequest &head)
{
    const QStringList segments = pathSegments(head.path());
    return segments.isEmpty() ? isRead(head) : segments.front() == u"api";
}

Error noModelManagement()
{
    return {.kind = Error::Kind::Unsupported,
        .httpStatus = 405,
        .message = QCoreApplication::translate("diptych::OllamaSurface",
            "This server has a fixed set of models; they can not be pulled, pushed, created, copied or deleted.")};
}

Result<GatewayPath> find(const HttpServerRequest &head)
{
    const QStringList segments = pathSegments(head.path());
    if (segments.isEmpty())
        return GatewayPath {.operation = Operation::Health, .surface = Surface::Ollama};
    if (std::find(refusedRoutes.begin(), refusedRoutes.end(), segments.value(1)) != refusedRoutes.end())
        return Failure(noModelManagement());
    return findEntry(routes, segments.mid(1), head.method, Surface::Ollama);
}

} // namespace

SurfaceRules ollamaSurface()
{
    return {.surface = Surface::Ollama,
        .name = QLatin1String("ollama"),
        .owns = owns,
        .find = find,
        .makeTask = makeOllamaTask,
        .encodeError = encodeOllamaError,
        .withoutTag = withoutDefaultTag};
}

} // namespace diptych
