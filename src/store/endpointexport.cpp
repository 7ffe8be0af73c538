// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/endpointexport.h"

#include "store/endpointcodec.h"
#include "store/endpointstore.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMetaEnum>
#include <QUrlQuery>
#include <QUuid>

namespace diptych {

namespace {

constexpr int formatVersion = 1;
const QLatin1String formatKey("diptychEndpoints");
const QLatin1String endpointsKey("endpoints");

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::EndpointExport", text);
}

Failure unreadable(const QString &message)
{
    return Failure({.kind = Error::Kind::Storage, .message = message});
}

/// Which secrets the endpoint had where it came from.
QStringList secretNotes(const Endpoint &endpoint, bool hadToken)
{
    QStringList notes;
    if (endpoint.auth != Endpoint::Auth::None && !hadToken)
        notes.append(translated("Its key is not in the file: type it, if it needs one."));
    if (!endpoint.connection.proxy.user.isEmpty())
        notes.append(translated("The password of the proxy is not in the file: type it."));
    for (const HeaderField &header : endpoint.headers) {
        if (isSecretHeader(header.name))
            notes.append(translated("The value of the header %1 is not in the file: type it.")
                             .arg(QString::fromLatin1(header.name)));
    }
    const auto items = QUrlQuery(endpoint.baseUrl).queryItems();
    for (const auto &[name, value] : items) {
        if (isSecretQueryItem(name))
            notes.append(translated("The value of %1 in the URL is not in the file: type it.").arg(name));
    }
    return notes;
}

/// What is wrong with an entry; empty: nothing.
QString problemOf(const QJsonValue &value)
{
    if (!value.isObject())
        return translated("it is not an object");
    const QJsonObject object = value.toObject();
    const QByteArray kind = object[QStringLiteral("kind")].toString().toLatin1();
    bool isKnown = false;
    const int number = QMetaEnum::fromType<Endpoint::Kind>().keyToValue(kind.constData(), &isKnown);
    if (!kind.isEmpty() && (!isKnown || number == int(Endpoint::Kind::BuiltIn)))
        return translated("its kind \"%1\" is not known here").arg(QString::fromLatin1(kind.left(40)));
    const QUrl url(object[QStringLiteral("url")].toString());
    const bool isWeb = url.scheme() == u"http" || url.scheme() == u"https";
    if (!url.isValid() || !isWeb || url.host().isEmpty())
        return translated("its URL is missing or not one of a web server");
    return {};
}

ImportedEndpoint imported(QJsonObject object)
{
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    object[QStringLiteral("id")] = id;
    ImportedEndpoint result {.endpoint = decodeEndpoint(object).value_or(Endpoint {})};
    Endpoint &endpoint = result.endpoint;
    endpoint.baseUrl = endpoint.baseUrl.adjusted(QUrl::RemoveUserInfo);
    result.withheldTokenCommand = std::exchange(endpoint.tokenCommand, {});
    // A file from elsewhere brings no secrets either: whoever wrote them there did not mean to.
    for (const NamedSecret &named : secretsOf(endpoint))
        setSecret(endpoint, named.key, {});
    if (endpoint.name.isEmpty())
        endpoint.name = endpoint.baseUrl.host();
    result.notes = secretNotes(endpoint, !result.withheldTokenCommand.isEmpty());
    if (!result.withheldTokenCommand.isEmpty()) {
        result.notes.append(translated("Left out the command that gets its token, because it would run on this "
                                       "machine: %1. Put it back if you know what it does.")
                                .arg(result.withheldTokenCommand));
    }
    return result;
}

} // namespace

QByteArray exportEndpoints(const std::vector<Endpoint> &endpoints)
{
    QJsonArray array;
    for (const Endpoint &endpoint : endpoints) {
        if (endpoint.kind == Endpoint::Kind::BuiltIn)
            continue;
        QJsonObject object = encodeEndpoint(endpoint);
        object.remove(QStringLiteral("id")); // names an entry of this machine's keychain
        array.append(object);
    }
    const QJsonObject file {{formatKey, formatVersion}, {endpointsKey, array}};
    return QJsonDocument(file).toJson(QJsonDocument::Indented);
}

Result<EndpointImport> importEndpoints(const QByteArray &json)
{
    QJsonParseError syntax;
    const QJsonDocument document = QJsonDocument::fromJson(json, &syntax);
    if (!document.isObject() || !document.object().contains(endpointsKey)) {
        const QString detail =
            syntax.error == QJsonParseError::NoError ? QString() : QString(u' ' + syntax.errorString() + u'.');
        return unreadable(QString(translated("This is not a file of exported endpoints.") + detail));
    }
    const QJsonObject file = document.object();
    if (file[formatKey].toInt(formatVersion) > formatVersion)
        return unreadable(translated("This file was exported by a newer version of Diptych."));
    EndpointImport result;
    const QJsonArray array = file[endpointsKey].toArray();
    for (qsizetype index = 0; index < array.size(); ++index) {
        const QString problem = problemOf(array.at(index));
        if (problem.isEmpty())
            result.endpoints.push_back(imported(array.at(index).toObject()));
        else
            result.problems.append(translated("Entry %1 was skipped: %2.").arg(QString::number(index + 1), problem));
    }
    return result;
}

} // namespace diptych
