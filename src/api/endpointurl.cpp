// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/endpointurl.h"

#include "api/endpointrules.h"
#include "api/nativerules.h"
#include "api/pastedtext.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrlQuery>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::EndpointUrl", text);
}

Failure refused(const QString &message)
{
    return Failure({.kind = Error::Kind::InvalidRequest, .message = message, .parameter = QStringLiteral("url")});
}

/// Adds http:// or https:// to what was pasted without; a machine nearby seldom has a certificate.
QString withScheme(const QString &text, QStringList &changes)
{
    if (text.contains(u"://"))
        return text;
    const QString address = text.startsWith(u"//") ? text.mid(2) : text;
    const bool isNear = isNearbyHost(QUrl(QString(u"http://" + address)).host());
    const QString scheme = isNear ? QStringLiteral("http://") : QStringLiteral("https://");
    changes.append((isNear ? translated("Added %1: this machine or network is reached without encryption.")
                           : translated("Added %1: keys are sent encrypted only."))
                       .arg(scheme));
    return QString(scheme + address);
}

/// `pasted`: what a person would recognise as their own words.
Result<QUrl> parsed(const QString &text, const QString &pasted)
{
    if (text.isEmpty())
        return refused(
            translated("Paste the address of a server, for example https://api.example.com/v1 or localhost:11434."));
    QUrl url(text, QUrl::TolerantMode);
    const QString scheme = url.scheme().toLower();
    if (scheme != u"http" && scheme != u"https") {
        return refused(translated("\"%1\" is not an address of a web server. It begins with https:// or http://.")
                           .arg(pasted.left(80)));
    }
    QString host = url.host();
    if (host.endsWith(u'.')) { // the root of all names, which certificates leave out
        host.chop(1);
        url.setHost(host);
    }
    static const QRegularExpression hostName(QStringLiteral("^[\\w-]+(\\.[\\w-]+)*$"));
    const bool isAddress = host.contains(u':') || hostName.match(host).hasMatch();
    const bool isName = host.contains(u'.') || host.contains(u':') || host == u"localhost" || url.port() > 0;
    if (!url.isValid() || !isAddress || !isName || url.port() == 0) {
        return refused(translated("\"%1\" is not an address. Paste the base URL of the server, for example "
                                  "https://api.example.com/v1 or localhost:11434.")
                           .arg(pasted.left(80)));
    }
    return url;
}

QString userInfoOf(const QUrl &url)
{
    if (url.userInfo().isEmpty())
        return {};
    return QStringLiteral("%1:%2").arg(url.userName(QUrl::FullyDecoded), url.password(QUrl::FullyDecoded));
}

void takeUserInfo(const QString &userInfo, EndpointProposal &proposal)
{
    if (userInfo.isEmpty())
        return;
    proposal.endpoint.headers.push_back({"Authorization", QByteArray("Basic " + userInfo.toUtf8().toBase64())});
    proposal.endpoint.auth = Endpoint::Auth::None;
    proposal.changes.append(translated(
        "Moved the user name and password out of the URL into an Authorization header, which is kept with your keys."));
}

/// The api-version becomes a field of its own, keys leave the URL, the rest of the query stays.
void takeQuery(QUrl &url, EndpointProposal &proposal)
{
    static const QStringList keyNames {QStringLiteral("key"), QStringLiteral("api-key"), QStringLiteral("api_key"),
        QStringLiteral("apikey"), QStringLiteral("code"), QStringLiteral("subscription-key"),
        QStringLiteral("access_token")};
    QUrlQuery rest;
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        if (name.compare(u"api-version", Qt::CaseInsensitive) == 0) {
            proposal.endpoint.apiVersion = value;
        } else if (keyNames.contains(name, Qt::CaseInsensitive)) {
            proposal.endpoint.credential = Secret(value.toUtf8());
            proposal.changes.append(
                translated("Took the key out of the URL (%1): it is kept with your keys and sent in a header.")
                    .arg(name));
        } else {
            rest.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
        }
    }
    url.setQuery(rest.isEmpty() ? QString() : rest.toString(QUrl::FullyEncoded));
    if (url.hasFragment()) {
        url.setFragment(QString());
        proposal.changes.append(translated("Removed what follows #: it is never sent to a server."));
    }
}

/// `keyHeader`: the one in which endpoints of this kind send their key.
void takeCredentials(const PastedText &text, const QByteArray &keyHeader, EndpointProposal &proposal)
{
    Endpoint &endpoint = proposal.endpoint;
    const Secret &key = text.bearer.isEmpty() ? text.apiKey : text.bearer;
    const bool isOtherHeader = !text.apiKey.isEmpty() && text.keyHeader != keyHeader;
    if (isOtherHeader && text.bearer.isEmpty()) {
        endpoint.headers.push_back({text.keyHeader, text.apiKey.reveal()});
        endpoint.auth = Endpoint::Auth::None;
        proposal.changes.append(translated("Took the key from the command; it is sent in the header %1 and kept with "
                                           "your keys.")
                                    .arg(QString::fromLatin1(text.keyHeader)));
    } else if (!key.isEmpty()) {
        endpoint.credential = key;
        endpoint.auth = text.bearer.isEmpty()        ? Endpoint::Auth::ApiKey
            : text.apiKey.isEmpty() || isOtherHeader ? Endpoint::Auth::Bearer
                                                     : Endpoint::Auth::Both;
        proposal.changes.append(translated("Took the key from the command; it is kept with your keys."));
    } else if (text.hasPlaceholderKey) {
        proposal.changes.append(translated("The command has a placeholder where its key belongs: type the key below."));
    }
    for (const HeaderField &header : text.headers) {
        const auto mode = extrasModeFromName(QString::fromUtf8(header.value));
        if (header.name.compare("extra-parameters", Qt::CaseInsensitive) == 0 && mode)
            endpoint.extrasMode = *mode;
        else
            endpoint.headers.push_back(header);
    }
    if (!text.model.isEmpty() && endpoint.defaultModel.isEmpty())
        endpoint.defaultModel = text.model;
}

/// A new URL is a new beginning: the difference is told by the rules, this only tidies.
QUrl tidied(QUrl url)
{
    QString path = url.path(QUrl::FullyEncoded);
    static const QRegularExpression slashes(QStringLiteral("/{2,}"));
    path.replace(slashes, QStringLiteral("/"));
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path, QUrl::StrictMode);
    url.setHost(url.host().toLower());
    return url;
}

void takeVersion(EndpointProposal &proposal)
{
    Endpoint &endpoint = proposal.endpoint;
    const QString usual = defaultApiVersion(endpoint.kind);
    if (endpoint.kind == Endpoint::Kind::AzureOpenAiV1 && !endpoint.apiVersion.isEmpty()
        && endpoint.apiVersion != u"preview") {
        proposal.changes.append(
            translated("Removed api-version=%1: the v1 routes have none.").arg(endpoint.apiVersion));
        endpoint.apiVersion.clear();
    } else if (endpoint.apiVersion.isEmpty() && !usual.isEmpty()) {
        endpoint.apiVersion = usual;
        proposal.changes.append(translated("Added api-version=%1: this kind of endpoint requires one.").arg(usual));
    } else if (!endpoint.apiVersion.isEmpty()) {
        proposal.changes.append(translated("Moved api-version=%1 into a field of its own.").arg(endpoint.apiVersion));
    }
}

/// `forced`: the format that it is, if somebody said so; null: to be found out.
Result<EndpointProposal> read(
    const QString &pasted, std::span<const ProviderDescriptor> descriptors, const ProviderDescriptor *forced)
{
    const PastedText text = readPastedText(pasted);
    EndpointProposal proposal;
    if (text.isCommand && text.url.isEmpty())
        return refused(translated("There is no URL in this command."));
    Result<QUrl> url = parsed(text.url.isEmpty() ? QString() : withScheme(text.url, proposal.changes), text.url);
    if (!url)
        return Failure(url.error());
    if (text.isCommand)
        proposal.changes.prepend(translated("Took the URL from the command."));

    const QString userInfo = userInfoOf(*url);
    url->setUserInfo(QString());
    takeQuery(*url, proposal);
    proposal.endpoint.baseUrl = tidied(*url);
    if (forced)
        rules::applyAs(proposal, *forced);
    else if (auto applied = rules::apply(proposal, descriptors); !applied)
        return Failure(applied.error());
    const ProviderDescriptor *native = findDescriptor(descriptors, proposal.endpoint.native);
    if (!native)
        proposal.endpoint.auth = defaultAuth(proposal.endpoint.kind);
    takeVersion(proposal);
    takeUserInfo(userInfo.isEmpty() ? text.userInfo : userInfo, proposal);
    takeCredentials(text, native ? native->keyHeader : QByteArray("api-key"), proposal);
    return proposal;
}

} // namespace

Result<EndpointProposal> recognise(const QString &pasted, std::span<const ProviderDescriptor> descriptors)
{
    return read(pasted, descriptors, nullptr);
}

Result<EndpointProposal> recogniseAs(const QString &pasted, const ProviderDescriptor &native)
{
    return read(pasted, std::span(&native, 1), &native);
}

QString defaultApiVersion(Endpoint::Kind kind)
{
    switch (kind) {
    case Endpoint::Kind::AzureServerless:
    case Endpoint::Kind::AzureManaged:
    case Endpoint::Kind::AzureFoundry:
    case Endpoint::Kind::AzureCompatible:
        return QStringLiteral("2024-05-01-preview");
    case Endpoint::Kind::AzureOpenAiDeployment:
        return QStringLiteral("2024-10-21");
    case Endpoint::Kind::AzureOpenAiV1:
    case Endpoint::Kind::GitHubModels:
    case Endpoint::Kind::OpenAiCompatible:
    case Endpoint::Kind::BuiltIn:
    case Endpoint::Kind::Native:
        break;
    }
    return {};
}

Endpoint::Auth defaultAuth(Endpoint::Kind kind)
{
    switch (kind) {
    case Endpoint::Kind::AzureServerless:
    case Endpoint::Kind::AzureManaged:
    case Endpoint::Kind::AzureFoundry:
    case Endpoint::Kind::AzureCompatible:
        return Endpoint::Auth::Both;
    case Endpoint::Kind::AzureOpenAiDeployment:
    case Endpoint::Kind::AzureOpenAiV1:
        return Endpoint::Auth::ApiKey;
    case Endpoint::Kind::GitHubModels:
    case Endpoint::Kind::OpenAiCompatible:
    case Endpoint::Kind::BuiltIn:
    case Endpoint::Kind::Native:
        break;
    }
    return Endpoint::Auth::Bearer;
}

bool isNearbyHost(const QString &host)
{
    static const QRegularExpression nearbyAddress(
        QStringLiteral("^(127\\.|10\\.|192\\.168\\.|169\\.254\\.|172\\.(1[6-9]|2\\d|3[01])\\.|0\\.0\\.0\\.0$|::1$|fe80:"
                       "|f[cd][0-9a-f]{2}:)"));
    static const QRegularExpression nearbyName(QStringLiteral("(^[^.:]+|\\.(local|localhost|lan|internal))$"));
    static const QRegularExpression number(QStringLiteral("^[\\d.]+$|:"));
    return number.match(host).hasMatch() ? nearbyAddress.match(host).hasMatch() : nearbyName.match(host).hasMatch();
}

std::vector<KnownLocalServer> knownLocalServers()
{
    return {{QStringLiteral("Ollama"), 11434}, {QStringLiteral("llama-server"), 8080},
        {QStringLiteral("LM Studio"), 1234}, {QStringLiteral("vLLM"), 8000}};
}

} // namespace diptych
