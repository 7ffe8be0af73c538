// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/endpointrules.h"

#include "api/nativerules.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace diptych::rules {

namespace {

using Kind = Endpoint::Kind;

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::EndpointUrl", text);
}

Failure refused(const QString &message)
{
    return Failure({.kind = Error::Kind::InvalidRequest, .message = message, .parameter = QStringLiteral("url")});
}

QString pathOf(const EndpointProposal &proposal)
{
    return proposal.endpoint.baseUrl.path(QUrl::FullyEncoded);
}

void setPath(EndpointProposal &proposal, const QString &path)
{
    proposal.endpoint.baseUrl.setPath(path, QUrl::StrictMode);
}

QString hostOf(const EndpointProposal &proposal)
{
    return proposal.endpoint.baseUrl.host();
}

QString firstLabel(const QString &host)
{
    return host.section(u'.', 0, 0);
}

/// A route at the end of a path, and whether only servers of the Azure AI Model Inference API have it.
struct Route {
    QLatin1String path {};
    bool isAzure = false;
};

constexpr std::array routes {
    Route {QLatin1String("/images/embeddings"), true},
    Route {QLatin1String("/info"), true},
    Route {QLatin1String("/chat/completions")},
    Route {QLatin1String("/completions")},
    Route {QLatin1String("/embeddings")},
    Route {QLatin1String("/images/generations")},
    Route {QLatin1String("/responses")},
    Route {QLatin1String("/audio/speech")},
    Route {QLatin1String("/audio/transcriptions")},
};

struct Removed {
    bool any = false;
    bool isAzure = false;
};

/// Removes the route that was pasted with the base URL.
Removed removeRoute(EndpointProposal &proposal)
{
    const QString path = pathOf(proposal);
    for (const Route &route : routes) {
        if (!path.endsWith(route.path))
            continue;
        setPath(proposal, path.chopped(route.path.size()));
        proposal.changes.append(
            translated("Removed %1: Diptych appends the route of each call itself.").arg(route.path));
        return {.any = true, .isAzure = route.isAzure};
    }
    return {};
}

void removeEnd(EndpointProposal &proposal, QLatin1String end, const char *reason)
{
    const QString path = pathOf(proposal);
    if (!path.endsWith(end))
        return;
    setPath(proposal, path.chopped(end.size()));
    proposal.changes.append(translated(reason).arg(end));
}

bool endsWithAny(const QString &host, const QStringList &ends)
{
    return std::any_of(ends.begin(), ends.end(), [&host](const QString &end) { return host.endsWith(end); });
}

bool isAzureResource(const QString &host)
{
    return endsWithAny(host,
        {QStringLiteral(".openai.azure.com"), QStringLiteral(".openai.azure.us"), QStringLiteral(".openai.azure.cn"),
            QStringLiteral(".cognitiveservices.azure.com"), QStringLiteral(".cognitiveservices.azure.us"),
            QStringLiteral(".services.ai.azure.com")});
}

/// …/openai/deployments/<name>/…: everything after the name is a route.
bool applyDeployment(EndpointProposal &proposal)
{
    static const QRegularExpression pattern(QStringLiteral("^(.*/openai/deployments/([^/]+))(/.*)?$"));
    const QRegularExpressionMatch match = pattern.match(pathOf(proposal));
    if (!match.hasMatch())
        return false;
    proposal.endpoint.kind = Kind::AzureOpenAiDeployment;
    proposal.endpoint.defaultModel = QUrl::fromPercentEncoding(match.captured(2).toLatin1());
    setPath(proposal, match.captured(1));
    if (!match.captured(3).isEmpty()) {
        proposal.changes.append(
            translated("Removed %1: Diptych appends the route of each call itself.").arg(match.captured(3)));
    }
    return true;
}

void applyAzureOpenAi(EndpointProposal &proposal)
{
    proposal.endpoint.kind = Kind::AzureOpenAiV1;
    const QString path = pathOf(proposal);
    const QString base = QStringLiteral("/openai/v1");
    if (path == base)
        return;
    setPath(proposal, base);
    if (path.startsWith(base + u'/'))
        proposal.changes.append(
            translated("Removed %1: Diptych appends the route of each call itself.").arg(path.mid(base.size())));
    else if (path.isEmpty())
        proposal.changes.append(translated("Added %1: the resource answers there.").arg(base));
    else
        proposal.changes.append(translated("Replaced %1 by %2: the resource answers there.").arg(path, base));
}

void applyFoundry(EndpointProposal &proposal)
{
    proposal.endpoint.kind = Kind::AzureFoundry;
    const QString path = pathOf(proposal);
    const QString base = QStringLiteral("/models");
    if (path == base)
        return;
    setPath(proposal, base);
    if (path.startsWith(u"/api/projects/"))
        proposal.changes.append(
            translated("Replaced the project %1 by %2: models are served by the resource.").arg(path, base));
    else if (path.isEmpty())
        proposal.changes.append(translated("Added %1: the resource serves its models there.").arg(base));
    else
        proposal.changes.append(translated("Replaced %1 by %2: the resource serves its models there.").arg(path, base));
}

void applyAzureResource(EndpointProposal &proposal)
{
    const QString host = hostOf(proposal);
    proposal.endpoint.name = firstLabel(host);
    if (applyDeployment(proposal))
        return;
    const bool isFoundry = host.endsWith(u".services.ai.azure.com") && !pathOf(proposal).startsWith(u"/openai");
    if (!isFoundry) {
        applyAzureOpenAi(proposal);
        return;
    }
    removeRoute(proposal);
    applyFoundry(proposal);
}

void applyManaged(EndpointProposal &proposal)
{
    proposal.endpoint.kind = Kind::AzureManaged;
    proposal.endpoint.name = firstLabel(hostOf(proposal));
    removeRoute(proposal);
    removeEnd(
        proposal, QLatin1String("/score"), "Removed %1: that is the route for raw input; chat routes are beside it.");
    removeEnd(proposal, QLatin1String("/swagger.json"), "Removed %1: that is a description, not the API.");
}

void applyServerless(EndpointProposal &proposal)
{
    proposal.endpoint.kind = Kind::AzureServerless;
    proposal.endpoint.name = firstLabel(hostOf(proposal));
    removeRoute(proposal);
    removeEnd(proposal, QLatin1String("/v1"), "Removed %1: serverless endpoints have no such prefix.");
    removeEnd(proposal, QLatin1String("/models"), "Removed %1: serverless endpoints have no such prefix.");
}

void applyGitHub(EndpointProposal &proposal)
{
    proposal.endpoint.kind = Kind::GitHubModels;
    proposal.endpoint.name = QStringLiteral("GitHub Models");
    removeRoute(proposal);
    const QString path = pathOf(proposal);
    const QString base = QStringLiteral("/inference");
    if (hostOf(proposal) == u"models.github.ai" && !path.endsWith(base)) {
        setPath(proposal, base);
        proposal.changes.append(translated("Added %1: the models are served there.").arg(base));
    }
    proposal.changes.append(
        translated("GitHub Models was shut down in July 2026; only gateways that imitate it answer."));
}

/// Services and pages that are known by name: where their OpenAI-compatible routes are.
struct KnownService {
    QLatin1String host {};
    QLatin1String apiHost {}; ///< empty: the same
    QLatin1String path {};
    QLatin1String name {};
};

constexpr std::array services {
    KnownService {QLatin1String("api.openai.com"), {}, QLatin1String("/v1"), QLatin1String("OpenAI")},
    KnownService {QLatin1String("platform.openai.com"), QLatin1String("api.openai.com"), QLatin1String("/v1"),
        QLatin1String("OpenAI")},
    KnownService {QLatin1String("api.mistral.ai"), {}, QLatin1String("/v1"), QLatin1String("Mistral")},
    KnownService {QLatin1String("console.mistral.ai"), QLatin1String("api.mistral.ai"), QLatin1String("/v1"),
        QLatin1String("Mistral")},
    KnownService {QLatin1String("api.groq.com"), {}, QLatin1String("/openai/v1"), QLatin1String("Groq")},
    KnownService {QLatin1String("console.groq.com"), QLatin1String("api.groq.com"), QLatin1String("/openai/v1"),
        QLatin1String("Groq")},
    KnownService {QLatin1String("openrouter.ai"), {}, QLatin1String("/api/v1"), QLatin1String("OpenRouter")},
    KnownService {QLatin1String("api.together.xyz"), {}, QLatin1String("/v1"), QLatin1String("Together")},
    KnownService {QLatin1String("api.deepseek.com"), {}, QLatin1String("/v1"), QLatin1String("DeepSeek")},
    KnownService {QLatin1String("api.x.ai"), {}, QLatin1String("/v1"), QLatin1String("xAI")},
    KnownService {QLatin1String("api.fireworks.ai"), {}, QLatin1String("/inference/v1"), QLatin1String("Fireworks")},
    KnownService {QLatin1String("api.anthropic.com"), {}, QLatin1String("/v1"), QLatin1String("Anthropic")},
    KnownService {QLatin1String("router.huggingface.co"), {}, QLatin1String("/v1"), QLatin1String("Hugging Face")},
    KnownService {QLatin1String("generativelanguage.googleapis.com"), {}, QLatin1String("/v1beta/openai"),
        QLatin1String("Google Gemini")},
    KnownService {QLatin1String("api.cohere.com"), {}, QLatin1String("/compatibility/v1"), QLatin1String("Cohere")},
};

bool applyKnownService(EndpointProposal &proposal)
{
    const QString host = hostOf(proposal);
    const auto known = std::find_if(
        services.begin(), services.end(), [&host](const KnownService &service) { return service.host == host; });
    if (known == services.end())
        return false;
    proposal.endpoint.name = known->name;
    removeRoute(proposal);
    if (!known->apiHost.isEmpty()) {
        proposal.endpoint.baseUrl.setHost(known->apiHost);
        setPath(proposal, known->path);
        proposal.changes.append(
            translated("Replaced the web page by %1, where the API is.").arg(proposal.endpoint.baseUrl.toString()));
    } else if (pathOf(proposal).isEmpty()) {
        setPath(proposal, known->path);
        proposal.changes.append(translated("Added %1: %2 answers there.").arg(known->path, known->name));
    }
    return true;
}

/// A page of a portal names the resource somewhere in its query.
Result<void> applyPortal(EndpointProposal &proposal)
{
    static const QRegularExpression account(
        QStringLiteral("/accounts/([A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(?![A-Za-z0-9-])"));
    const QString query = proposal.endpoint.baseUrl.query(QUrl::FullyDecoded) + pathOf(proposal);
    const QRegularExpressionMatch match = account.match(query);
    if (!match.hasMatch()) {
        return refused(
            translated("This is a page of a portal, not an API. Open the deployment there and copy its endpoint or "
                       "\"Target URI\"."));
    }
    const QString resource = match.captured(1).toLower();
    proposal.endpoint.kind = Kind::AzureFoundry;
    proposal.endpoint.name = resource;
    proposal.endpoint.baseUrl = QUrl(QStringLiteral("https://%1.services.ai.azure.com/models").arg(resource));
    proposal.changes.append(
        translated("Replaced the portal's page by %1: that is where its resource \"%2\" usually answers.")
            .arg(proposal.endpoint.baseUrl.toString(), resource));
    return {};
}

void removeOllamaRoute(EndpointProposal &proposal)
{
    static const QRegularExpression own(
        QStringLiteral("^/api(/(chat|generate|tags|embed|embeddings|show|version|ps))?$"));
    const QString path = pathOf(proposal);
    if (proposal.endpoint.baseUrl.port() != 11434 || !own.match(path).hasMatch())
        return;
    setPath(proposal, {});
    proposal.changes.append(
        translated("Removed %1: that is Ollama's own format; its OpenAI-compatible routes are used.").arg(path));
}

void nameOther(EndpointProposal &proposal)
{
    const QUrl &url = proposal.endpoint.baseUrl;
    proposal.endpoint.name = url.port() > 0 ? QStringLiteral("%1:%2").arg(url.host()).arg(url.port()) : url.host();
    if (!isNearbyHost(url.host()))
        return;
    const std::vector<KnownLocalServer> servers = knownLocalServers();
    for (const KnownLocalServer &server : servers) {
        if (server.port != url.port())
            continue;
        const bool isHere = url.host() == u"localhost" || url.host() == u"::1" || url.host().startsWith(u"127.");
        proposal.endpoint.name = isHere ? server.name : QStringLiteral("%1 (%2)").arg(server.name, url.host());
    }
}

void applyOther(EndpointProposal &proposal)
{
    nameOther(proposal);
    if (applyDeployment(proposal))
        return;
    removeOllamaRoute(proposal);
    const Removed removed = removeRoute(proposal);
    if (pathOf(proposal).endsWith(u"/v1/models"))
        removeEnd(proposal, QLatin1String("/models"), "Removed %1: Diptych appends the route of each call itself.");
    const bool isAzure = removed.isAzure || !proposal.endpoint.apiVersion.isEmpty();
    proposal.endpoint.kind = isAzure ? Kind::AzureCompatible : Kind::OpenAiCompatible;
    removeEnd(proposal, QLatin1String("/docs"), "Removed %1: that is a page for people.");
    // A pasted route shows where the API is; an address alone does not.
    if (isAzure || removed.any || !pathOf(proposal).isEmpty())
        return;
    setPath(proposal, QStringLiteral("/v1"));
    proposal.changes.append(
        translated("Added %1: OpenAI-compatible servers answer there. Take it away if yours does not.")
            .arg(QStringLiteral("/v1")));
}

bool isPortal(const QString &host)
{
    static const QStringList portals {QStringLiteral("ai.azure.com"), QStringLiteral("oai.azure.com"),
        QStringLiteral("ml.azure.com"), QStringLiteral("portal.azure.com"), QStringLiteral("learn.microsoft.com"),
        QStringLiteral("github.com"), QStringLiteral("huggingface.co"), QStringLiteral("aistudio.google.com")};
    return portals.contains(host);
}

} // namespace

Result<void> apply(EndpointProposal &proposal, std::span<const ProviderDescriptor> descriptors)
{
    if (hostOf(proposal) == u"0.0.0.0") {
        proposal.endpoint.baseUrl.setHost(QStringLiteral("127.0.0.1"));
        proposal.changes.append(
            translated("Replaced 0.0.0.0 by 127.0.0.1: the first is for listening, not for calling."));
    }
    const QString host = hostOf(proposal);
    if (applyNative(proposal, descriptors))
        return {};
    if (isPortal(host))
        return applyPortal(proposal);
    if (host == u"models.github.ai" || host == u"models.inference.ai.azure.com")
        applyGitHub(proposal);
    else if (endsWithAny(host, {QStringLiteral(".models.ai.azure.com"), QStringLiteral(".inference.ai.azure.com")}))
        applyServerless(proposal);
    else if (host.endsWith(u".inference.ml.azure.com"))
        applyManaged(proposal);
    else if (isAzureResource(host))
        applyAzureResource(proposal);
    else if (!applyKnownService(proposal))
        applyOther(proposal);
    tellNative(proposal, descriptors);
    return {};
}

} // namespace diptych::rules
