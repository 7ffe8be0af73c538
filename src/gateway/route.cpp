// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/route.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>

namespace diptych {

namespace {

using Operation = Route::Operation;

struct Entry {
    QStringView path;
    Operation operation;
    bool get = false;
};

constexpr std::array<Entry, 5> azureRoutes {
    {{u"info", Operation::Info, true}, {u"chat/completions", Operation::Chat}, {u"completions", Operation::Complete},
        {u"embeddings", Operation::Embed}, {u"images/embeddings", Operation::EmbedImages}}};
constexpr std::array<Entry, 4> openAiRoutes {{{u"models", Operation::ListModels, true},
    {u"chat/completions", Operation::Chat}, {u"completions", Operation::Complete}, {u"embeddings", Operation::Embed}}};
constexpr std::array<Entry, 3> deploymentRoutes {
    {{u"chat/completions", Operation::Chat}, {u"completions", Operation::Complete}, {u"embeddings", Operation::Embed}}};
constexpr std::array<QStringView, 5> apiVersions {
    u"2024-04-01-preview", u"2024-05-01-preview", u"2025-04-01", u"2025-05-01", u"2025-05-15-preview"};

QStringList segmentsOf(const QByteArray &path)
{
    QStringList segments;
    for (const QByteArray &segment : path.split('/')) {
        if (!segment.isEmpty()) // base URLs with a trailing slash give "//"
            segments.push_back(QString::fromUtf8(QByteArray::fromPercentEncoding(segment)));
    }
    return segments;
}

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::Route", source);
}

Error notFound()
{
    return {.kind = Error::Kind::NotFound,
        .httpStatus = 404,
        .message = QStringLiteral("Resource not found"),
        .providerCode = QStringLiteral("404")};
}

Error wrongMethod(bool get)
{
    return {.kind = Error::Kind::Unsupported,
        .httpStatus = 405,
        .message =
            text("Method not allowed; this path takes %1.").arg(get ? QStringView(u"GET") : QStringView(u"POST")),
        .providerCode = get ? QStringLiteral("GET") : QStringLiteral("POST")};
}

template <std::size_t size>
Result<Route> lookUp(
    const std::array<Entry, size> &entries, const QStringList &segments, const QByteArray &method, Surface surface)
{
    const QString path = segments.join(u'/');
    for (const Entry &entry : entries) {
        if (path != entry.path)
            continue;
        const bool isGet = method == "GET" || method == "HEAD";
        if (entry.get ? !isGet : method != "POST")
            return Failure(wrongMethod(entry.get));
        return Route {.operation = entry.operation, .surface = surface};
    }
    return Failure(notFound());
}

Result<Route> openAiRoute(const QStringList &segments, const QByteArray &method)
{
    if (segments.size() > 1 && segments.front() == u"models") {
        if (method != "GET" && method != "HEAD")
            return Failure(wrongMethod(true));
        // A model's id may contain slashes.
        return Route {
            .operation = Operation::GetModel, .surface = Surface::OpenAi, .model = segments.mid(1).join(u'/')};
    }
    return lookUp(openAiRoutes, segments, method, Surface::OpenAi);
}

Result<Route> deploymentRoute(const QStringList &segments, const QByteArray &method)
{
    Result<Route> route = lookUp(deploymentRoutes, segments.mid(1), method, Surface::OpenAi);
    if (route)
        route->model = segments.front();
    return route;
}

Result<Route> azureRoute(const QStringList &segments, const QByteArray &method, const QUrlQuery &query)
{
    Result<Route> route = lookUp(azureRoutes, segments, method, Surface::Azure);
    if (!route)
        return route;
    const QString version = query.queryItemValue(QStringLiteral("api-version"));
    if (version.isEmpty()) {
        Error error = notFound();
        error.message = text("Resource not found: the query parameter api-version is missing, e.g. "
                             "api-version=2024-05-01-preview.");
        return Failure(error);
    }
    if (std::find(apiVersions.begin(), apiVersions.end(), version) == apiVersions.end())
        return Failure(notFound());
    if (route->operation == Operation::Info)
        route->model = query.queryItemValue(QStringLiteral("model"), QUrl::FullyDecoded);
    return route;
}

} // namespace

Surface surfaceOf(const QByteArray &path)
{
    const QStringList segments = segmentsOf(path);
    const bool openAi = !segments.isEmpty() && (segments.front() == u"v1" || segments.front() == u"openai");
    return openAi ? Surface::OpenAi : Surface::Azure;
}

Result<Route> findRoute(const QByteArray &method, const QByteArray &path, const QUrlQuery &query)
{
    const QStringList segments = segmentsOf(path);
    const QString first = segments.value(0);
    const QString second = segments.value(1);
    if (segments.size() == 1 && first == u"health")
        return method == "GET" || method == "HEAD" ? Result<Route>(Route {}) : Failure(wrongMethod(true));
    if (first == u"v1")
        return openAiRoute(segments.mid(1), method);
    if (first == u"openai" && second == u"v1")
        return openAiRoute(segments.mid(2), method);
    if (first == u"openai" && second == u"deployments" && segments.size() > 2)
        return deploymentRoute(segments.mid(2), method);
    return azureRoute(first == u"models" ? segments.mid(1) : segments, method, query);
}

} // namespace diptych
