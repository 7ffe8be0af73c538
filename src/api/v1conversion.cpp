// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/v1conversion.h"

#include "api/tokenscopes.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrlQuery>

namespace diptych {

namespace {

using Kind = Endpoint::Kind;

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::V1Conversion", text);
}

Failure refused(Error::Kind kind, const char *message)
{
    return Failure({.kind = kind, .message = translated(message), .parameter = QStringLiteral("kind")});
}

/// The reason why an endpoint of this kind can not be converted; unset: it can.
std::optional<Error> refusal(Kind kind)
{
    switch (kind) {
    case Kind::AzureFoundry:
    case Kind::AzureOpenAiDeployment:
    case Kind::AzureServerless:
    case Kind::AzureManaged:
        return {};
    case Kind::AzureOpenAiV1:
    case Kind::OpenAiCompatible:
        return refused(Error::Kind::InvalidRequest, "This endpoint speaks OpenAI v1 already.").value();
    case Kind::GitHubModels:
        return refused(Error::Kind::Unsupported, "GitHub Models was shut down; it has no v1 routes to convert to.")
            .value();
    case Kind::AzureCompatible:
        return refused(Error::Kind::Unsupported,
            "It is not known whether this server has OpenAI v1 routes. If it does, add their URL as an endpoint of "
            "its own.")
            .value();
    case Kind::BuiltIn:
        return refused(Error::Kind::Unsupported, "The built-in models need no conversion.").value();
    case Kind::Native:
        break;
    }
    return refused(Error::Kind::Unsupported, "Only Azure endpoints are converted to OpenAI v1.").value();
}

QUrl v1Url(const Endpoint &endpoint)
{
    QUrl url = endpoint.baseUrl;
    const QString v1 = QStringLiteral("/openai/v1");
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    if (endpoint.kind == Kind::AzureOpenAiDeployment) {
        static const QRegularExpression deployment(QStringLiteral("/openai/deployments/[^/]+.*$"));
        path.remove(deployment);
        path += v1;
    } else if (endpoint.kind == Kind::AzureFoundry) {
        static const QString foundry = QStringLiteral(".services.ai.azure.com");
        QString host = url.host();
        if (host.endsWith(foundry)) {
            host.replace(host.size() - foundry.size(), foundry.size(), QStringLiteral(".openai.azure.com"));
            url.setHost(host);
        }
        if (path.endsWith(u"/models"))
            path.chop(7);
        path += v1;
    } else if (!path.endsWith(u"/v1")) {
        path += QStringLiteral("/v1");
    }
    url.setPath(path, QUrl::StrictMode);
    QUrlQuery query(url);
    query.removeAllQueryItems(QStringLiteral("api-version"));
    url.setQuery(query.isEmpty() ? QString() : query.toString(QUrl::FullyEncoded));
    return url;
}

QString deploymentOf(const QUrl &url)
{
    static const QRegularExpression pattern(QStringLiteral("/openai/deployments/([^/]+)"));
    return QUrl::fromPercentEncoding(pattern.match(url.path(QUrl::FullyEncoded)).captured(1).toLatin1());
}

bool isResource(Kind kind)
{
    return kind == Kind::AzureFoundry || kind == Kind::AzureOpenAiDeployment;
}

void changeModel(const Endpoint &from, Endpoint &to, QStringList &changes)
{
    const QString deployment = deploymentOf(from.baseUrl);
    if (deployment.isEmpty())
        return;
    to.defaultModel = deployment;
    changes.append(translated("The deployment %1 is the default model now: v1 names it in the body, capitals matter.")
                       .arg(deployment));
}

void changeAuth(const Endpoint &from, Endpoint &to, QStringList &changes)
{
    const bool isToken = !from.tokenCommand.isEmpty();
    if (isToken || !isResource(from.kind))
        to.auth = from.auth == Endpoint::Auth::None ? from.auth : Endpoint::Auth::Bearer;
    else if (from.auth == Endpoint::Auth::Both)
        to.auth = Endpoint::Auth::ApiKey;
    if (to.auth != from.auth) {
        changes.append(to.auth == Endpoint::Auth::Bearer
                ? translated("The key travels as Authorization: Bearer only.")
                : translated("The key travels as api-key only: v1 needs no second header."));
    }
    const QString scope = defaultTokenScope(Kind::AzureOpenAiV1);
    if (!isToken || from.tokenScope.isEmpty() || from.tokenScope == scope || !isResource(from.kind))
        return;
    to.tokenScope = scope;
    changes.append(translated("The token's scope is %1 instead of %2.").arg(scope, from.tokenScope));
}

void dropHeaders(const Endpoint &from, Endpoint &to, V1Conversion &conversion)
{
    to.headers.clear();
    for (const HeaderField &field : from.headers) {
        if (field.name.compare("extra-parameters", Qt::CaseInsensitive) == 0) {
            conversion.proposal.changes.append(
                translated("Dropped the header extra-parameters: it means nothing in v1."));
        } else if (field.name.compare("azureml-model-deployment", Qt::CaseInsensitive) == 0) {
            conversion.losses.append(translated("The header azureml-model-deployment (%1) is dropped: a deployment of "
                                                "a managed endpoint can not be picked any more.")
                                         .arg(QString::fromUtf8(field.value)));
        } else {
            to.headers.push_back(field);
        }
    }
}

QStringList lossesOf(Kind kind)
{
    // An Azure OpenAI deployment never had what only the Model Inference API has.
    if (kind == Kind::AzureOpenAiDeployment)
        return {};
    QStringList losses {
        translated("GET /info: v1 does not say what a model is; its list has names only."),
        translated("Image embeddings: v1 has no route for them."),
        translated("input_type of embeddings: v1 does not tell a query from a document."),
        translated("Embeddings as int8, uint8, binary or ubinary: v1 has float and base64."),
        translated("The header extra-parameters: extras go into the body as they are, and the modes \"error\" and "
                   "\"drop\" are carried out here instead of by the server."),
        translated("Audio by URL: v1 takes audio as data only."),
    };
    if (!isResource(kind))
        losses.prepend(translated("Not every endpoint of this kind answers under /v1: test the connection before you "
                                  "remove the old one."));
    return losses;
}

} // namespace

Result<V1Conversion> convertToV1(const Endpoint &endpoint)
{
    if (const std::optional<Error> reason = refusal(endpoint.kind))
        return Failure(*reason);
    V1Conversion conversion {.losses = lossesOf(endpoint.kind)};
    Endpoint &result = conversion.proposal.endpoint;
    QStringList &changes = conversion.proposal.changes;
    result = endpoint;
    result.id.clear();
    result.kind = isResource(endpoint.kind) ? Kind::AzureOpenAiV1 : Kind::OpenAiCompatible;
    result.name = translated("%1 (v1)").arg(endpoint.name);
    result.baseUrl = v1Url(endpoint);
    changes.append(translated("Replaced %1 by %2.")
                       .arg(redactedUrl(endpoint.baseUrl).toString(), redactedUrl(result.baseUrl).toString()));
    if (!endpoint.apiVersion.isEmpty()) {
        result.apiVersion.clear();
        changes.append(translated("Dropped api-version=%1: v1 has none.").arg(endpoint.apiVersion));
    }
    changeModel(endpoint, result, changes);
    if (result.defaultModel.isEmpty())
        changes.append(translated("Every request has to name its deployment: v1 has no default."));
    changeAuth(endpoint, result, changes);
    dropHeaders(endpoint, result, conversion);
    if (!endpoint.extras.isEmpty() || !endpoint.modelExtras.isEmpty())
        changes.append(translated("Kept the extras: they are written to the root of the body, without a header."));
    return conversion;
}

} // namespace diptych
