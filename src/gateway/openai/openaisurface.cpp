// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/openai/openaisurface.h"

#include "gateway/openai/errorencoder.h"
#include "gateway/openai/openaitasks.h"

#include <QCoreApplication>

#include <array>

namespace diptych {

namespace {

using Operation = GatewayPath::Operation;

constexpr std::array<PathEntry, 4> routes {{{u"models", Operation::ListModels, true},
    {u"chat/completions", Operation::Chat}, {u"completions", Operation::Complete}, {u"embeddings", Operation::Embed}}};
constexpr std::array<PathEntry, 3> deploymentRoutes {
    {{u"chat/completions", Operation::Chat}, {u"completions", Operation::Complete}, {u"embeddings", Operation::Embed}}};

bool owns(const HttpServerRequest &head)
{
    const QString first = pathSegments(head.path()).value(0);
    return first == u"v1" || first == u"openai";
}

Result<GatewayPath> findV1(const QStringList &segments, const QByteArray &method)
{
    if (segments.size() > 1 && segments.front() == u"models") {
        if (method != "GET" && method != "HEAD")
            return Failure(wrongMethod(true));
        // A model's id may contain slashes.
        return GatewayPath {
            .operation = Operation::GetModel, .surface = Surface::OpenAi, .model = segments.mid(1).join(u'/')};
    }
    if (segments.value(0) == u"responses") {
        Error error = pathNotFound();
        error.message = QCoreApplication::translate("diptych::GatewayPath",
            "The Responses API is not served here; have the client use the chat completions API.");
        return Failure(error);
    }
    return findEntry(routes, segments, method, Surface::OpenAi);
}

Result<GatewayPath> findDeployment(const QStringList &segments, const QByteArray &method)
{
    Result<GatewayPath> path = findEntry(deploymentRoutes, segments.mid(1), method, Surface::OpenAi);
    if (path)
        path->model = segments.front();
    return path;
}

Result<GatewayPath> find(const HttpServerRequest &head)
{
    const QStringList segments = pathSegments(head.path());
    if (segments.value(0) == u"v1")
        return findV1(segments.mid(1), head.method);
    if (segments.value(1) == u"v1")
        return findV1(segments.mid(2), head.method);
    if (segments.value(1) == u"deployments" && segments.size() > 2)
        return findDeployment(segments.mid(2), head.method);
    return Failure(pathNotFound());
}

SurfaceAnswer answerOf(const Error &error, const QJsonObject &request)
{
    return encodeError(error, Surface::OpenAi, request);
}

} // namespace

SurfaceRules openAiSurface()
{
    return {.surface = Surface::OpenAi,
        .name = QLatin1String("openai"),
        .owns = owns,
        .find = find,
        .makeTask = makeOpenAiTask,
        .encodeError = answerOf};
}

} // namespace diptych
