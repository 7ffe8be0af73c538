// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/nativerules.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

namespace diptych::rules {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::EndpointUrl", text);
}

QString pathOf(const QUrl &url)
{
    return url.path(QUrl::FullyEncoded);
}

QString withPath(QUrl url, const QString &path)
{
    url.setPath(path, QUrl::StrictMode);
    url.setQuery(QString());
    return url.toString();
}

bool isUnder(const QString &path, const QString &prefix)
{
    return path == prefix || path.startsWith(QString(prefix % u'/'));
}

bool isServiceHost(const ProviderDescriptor &descriptor, const QUrl &url)
{
    return descriptor.hosts.contains(url.host(), Qt::CaseInsensitive);
}

bool isLocalServer(const ProviderDescriptor &descriptor, const QUrl &url)
{
    return descriptor.localPort > 0 && url.port() == descriptor.localPort && isNearbyHost(url.host());
}

/// A web page of the service, where keys are made or models are shown, and not its API.
bool isPage(const QString &host)
{
    static const QRegularExpression page(QStringLiteral("^(console|dashboard|aistudio|platform|docs|www)\\."));
    return page.match(host).hasMatch();
}

/// Also the path of many other servers: tells nothing by itself.
bool isCommonPath(const QString &path)
{
    static const QRegularExpression common(QStringLiteral("^(/(api|v\\d+\\w*|models))+$"));
    return common.match(path).hasMatch();
}

/// The longest of the descriptor's paths with which this one ends.
QString routeOf(const ProviderDescriptor &descriptor, const QString &path, bool withCommon)
{
    QString longest;
    for (const QString &route : descriptor.paths) {
        if (path.endsWith(route) && route.size() > longest.size() && (withCommon || !isCommonPath(route)))
            longest = route;
    }
    return longest;
}

/// What the end of a path says about the model, in formats that name it there.
struct ModelAction {
    QString text {}; ///< what to remove; empty: there is none
    QString model {};
    bool hasCall = false; ///< it also says what to do with the model
};

ModelAction modelAction(const ProviderDescriptor &descriptor, const QString &path)
{
    if (descriptor.modelPathPattern.isEmpty())
        return {};
    const QRegularExpressionMatch match = QRegularExpression(descriptor.modelPathPattern).match(path);
    if (!match.hasMatch())
        return {};
    return {.text = match.captured(),
        .model = QUrl::fromPercentEncoding(match.captured(1).toLatin1()),
        .hasCall = !match.captured(2).isEmpty()};
}

/// Which of the descriptors a URL belongs to; null: none.
const ProviderDescriptor *owner(const QUrl &url, std::span<const ProviderDescriptor> descriptors)
{
    for (const ProviderDescriptor &descriptor : descriptors) {
        if (isServiceHost(descriptor, url) || isLocalServer(descriptor, url))
            return &descriptor;
    }
    // A server elsewhere is known by a route that only one format has.
    const ProviderDescriptor *found = nullptr;
    qsizetype longest = 0;
    const QString path = pathOf(url);
    for (const ProviderDescriptor &descriptor : descriptors) {
        const bool isAction = modelAction(descriptor, path).hasCall;
        const qsizetype size = isAction ? path.size() : routeOf(descriptor, path, false).size();
        if (size > longest) {
            found = &descriptor;
            longest = size;
        }
    }
    return found;
}

bool isCompatible(const ProviderDescriptor &descriptor, const QUrl &url)
{
    const QString path = pathOf(url);
    return (isServiceHost(descriptor, url) || isLocalServer(descriptor, url))
        && std::any_of(descriptor.compatiblePaths.begin(), descriptor.compatiblePaths.end(),
            [&path](const QString &prefix) { return isUnder(path, prefix); });
}

QString servicePath(const ProviderDescriptor &descriptor, const QString &path)
{
    const QString usual = QUrl(descriptor.baseUrl).path();
    static const QRegularExpression version(QStringLiteral("^/v\\d+\\w*(?=/|$)"));
    // Another version than the usual one is somebody's choice.
    const QString pasted = version.match(path).captured();
    return !usual.isEmpty() && !pasted.isEmpty() ? pasted : usual;
}

void takeModel(EndpointProposal &proposal, const ModelAction &action)
{
    if (action.model.isEmpty())
        return;
    proposal.endpoint.defaultModel = action.model;
    proposal.changes.append(translated("Took the model %1 out of the path.").arg(action.model));
}

/// On the provider's own hosts everything but the version is a route or a page.
void applyService(EndpointProposal &proposal, const ProviderDescriptor &descriptor)
{
    QUrl &url = proposal.endpoint.baseUrl;
    if (isPage(url.host())) {
        url = QUrl(descriptor.baseUrl);
        proposal.changes.append(translated("Replaced the web page by %1, where the API is.").arg(url.toString()));
        return;
    }
    const QString path = pathOf(url);
    const QString base =
        isServiceHost(descriptor, QUrl(descriptor.baseUrl)) ? servicePath(descriptor, path) : QString();
    takeModel(proposal, modelAction(descriptor, path));
    url.setPath(base, QUrl::StrictMode);
    if (path == base)
        return;
    if (path.isEmpty())
        proposal.changes.append(translated("Added %1: %2 answers there.").arg(base, descriptor.displayName));
    else if (path.startsWith(base))
        proposal.changes.append(
            translated("Removed %1: Diptych appends the route of each call itself.").arg(path.mid(base.size())));
    else
        proposal.changes.append(
            translated("Replaced %1 by %2: %3 answers there.").arg(path, base, descriptor.displayName));
}

void applyServer(EndpointProposal &proposal, const ProviderDescriptor &descriptor, bool isLocal)
{
    QUrl &url = proposal.endpoint.baseUrl;
    const QString path = pathOf(url);
    QString route = routeOf(descriptor, path, true);
    if (const ModelAction action = modelAction(descriptor, path); !action.text.isEmpty()) {
        takeModel(proposal, action);
        route = action.text;
    }
    if (!route.isEmpty()) {
        url.setPath(path.chopped(route.size()), QUrl::StrictMode);
        proposal.changes.append(translated("Removed %1: Diptych appends the route of each call itself.").arg(route));
    } else if (path.isEmpty() && !QUrl(descriptor.baseUrl).path().isEmpty()) {
        url.setPath(QUrl(descriptor.baseUrl).path());
        proposal.changes.append(translated("Added %1: %2 answers there.").arg(pathOf(url), descriptor.displayName));
    } else if (isLocal && !descriptor.compatiblePaths.isEmpty()) {
        proposal.changes.append(
            translated("%1's own API is used; its OpenAI-compatible routes are at %2.")
                .arg(descriptor.displayName, withPath(url, QString(path % descriptor.compatiblePaths.front()))));
    }
}

void nameServer(Endpoint &endpoint, const ProviderDescriptor &descriptor, bool isLocal)
{
    const QString host = endpoint.baseUrl.host();
    const bool isHere = host == u"localhost" || host == u"::1" || host.startsWith(u"127.");
    endpoint.name =
        isLocal && isHere ? descriptor.displayName : QStringLiteral("%1 (%2)").arg(descriptor.displayName, host);
}

/// How an answer is asked for belongs to the call, not to the endpoint.
void dropCallQuery(EndpointProposal &proposal)
{
    QUrl &url = proposal.endpoint.baseUrl;
    QUrlQuery query(url);
    if (!query.hasQueryItem(QStringLiteral("alt")))
        return;
    query.removeAllQueryItems(QStringLiteral("alt"));
    url.setQuery(query.isEmpty() ? QString() : query.toString(QUrl::FullyEncoded));
    proposal.changes.append(
        translated("Removed %1 from the query: it belongs to the call.").arg(QStringLiteral("alt")));
}

} // namespace

bool applyNative(EndpointProposal &proposal, std::span<const ProviderDescriptor> descriptors)
{
    Endpoint &endpoint = proposal.endpoint;
    const ProviderDescriptor *descriptor = owner(endpoint.baseUrl, descriptors);
    if (!descriptor || isCompatible(*descriptor, endpoint.baseUrl))
        return false;
    applyAs(proposal, *descriptor);
    return true;
}

void applyAs(EndpointProposal &proposal, const ProviderDescriptor &descriptor)
{
    Endpoint &endpoint = proposal.endpoint;
    endpoint.kind = Endpoint::Kind::Native;
    endpoint.native = descriptor.name;
    endpoint.auth = descriptor.auth;
    const bool isLocal = isLocalServer(descriptor, endpoint.baseUrl);
    if (isServiceHost(descriptor, endpoint.baseUrl)) {
        applyService(proposal, descriptor);
        endpoint.name = descriptor.displayName;
    } else {
        applyServer(proposal, descriptor, isLocal);
        nameServer(endpoint, descriptor, isLocal);
    }
    dropCallQuery(proposal);
    // Vertex AI speaks the same format and takes tokens of Google Cloud.
    if (endpoint.baseUrl.host().endsWith(u"aiplatform.googleapis.com")) {
        endpoint.auth = Endpoint::Auth::Bearer;
        proposal.changes.append(translated("Vertex AI takes a token instead of a key: set a token command."));
    }
}

void tellNative(EndpointProposal &proposal, std::span<const ProviderDescriptor> descriptors)
{
    Endpoint &endpoint = proposal.endpoint;
    for (const ProviderDescriptor &descriptor : descriptors) {
        for (const ServerVariant &variant : descriptor.variants) {
            if (descriptor.name == endpoint.provider() && variant.hosts.contains(endpoint.baseUrl.host()))
                endpoint.variant = variant.name;
        }
        if (endpoint.kind != Endpoint::Kind::OpenAiCompatible || !isCompatible(descriptor, endpoint.baseUrl))
            continue;
        const QString own =
            isServiceHost(descriptor, QUrl(descriptor.baseUrl)) && isServiceHost(descriptor, endpoint.baseUrl)
            ? descriptor.baseUrl
            : withPath(endpoint.baseUrl, {});
        proposal.changes.append(translated("These are the OpenAI-compatible routes of %1; its own API is at %2.")
                                    .arg(descriptor.displayName, own));
    }
}

} // namespace diptych::rules
