// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/openai/azuresurface.h"

#include "gateway/openai/errorencoder.h"
#include "gateway/openai/openaitasks.h"

#include <QCoreApplication>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace diptych {

namespace {

using Operation = GatewayPath::Operation;

constexpr std::array<PathEntry, 5> routes {
    {{u"info", Operation::Info, true}, {u"chat/completions", Operation::Chat}, {u"completions", Operation::Complete},
        {u"embeddings", Operation::Embed}, {u"images/embeddings", Operation::EmbedImages}}};
constexpr std::array<QStringView, 5> apiVersions {
    u"2024-04-01-preview", u"2024-05-01-preview", u"2025-04-01", u"2025-05-01", u"2025-05-15-preview"};

bool ownsTheRest(const HttpServerRequest &)
{
    return true;
}

Result<GatewayPath> find(const HttpServerRequest &head)
{
    const QStringList segments = pathSegments(head.path());
    if (segments == QStringList {QStringLiteral("health")})
        return head.method == "GET" || head.method == "HEAD" ? Result<GatewayPath>(GatewayPath {})
                                                             : Failure(wrongMethod(true));
    const bool isPrefixed = segments.value(0) == u"models";
    Result<GatewayPath> path = findEntry(routes, isPrefixed ? segments.mid(1) : segments, head.method, Surface::Azure);
    if (!path)
        return path;
    const QUrlQuery query = head.query();
    const QString version = query.queryItemValue(QStringLiteral("api-version"));
    if (version.isEmpty()) {
        Error error = pathNotFound();
        error.message = QCoreApplication::translate("diptych::GatewayPath",
            "Resource not found: the query parameter api-version is missing, e.g. api-version=2024-05-01-preview.");
        return Failure(error);
    }
    if (std::find(apiVersions.begin(), apiVersions.end(), version) == apiVersions.end())
        return Failure(pathNotFound());
    if (path->operation == Operation::Info)
        path->model = query.queryItemValue(QStringLiteral("model"), QUrl::FullyDecoded);
    return path;
}

SurfaceAnswer answerOf(const Error &error, const QJsonObject &request)
{
    return encodeError(error, Surface::Azure, request);
}

} // namespace

SurfaceRules azureSurface()
{
    return {.surface = Surface::Azure,
        .name = QLatin1String("azure"),
        .owns = ownsTheRest,
        .find = find,
        .makeTask = makeOpenAiTask,
        .encodeError = answerOf};
}

} // namespace diptych
