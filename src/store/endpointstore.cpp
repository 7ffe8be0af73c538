// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/endpointstore.h"

#include "store/endpointcodec.h"

#include <QJsonArray>
#include <QUrlQuery>

namespace diptych {

namespace {

const QLatin1String endpointsKey("endpoints");

QString headerPrefix(const Endpoint &endpoint)
{
    return QString(endpoint.id + QStringLiteral("/header/"));
}

QString proxyKey(const Endpoint &endpoint)
{
    return QString(endpoint.id + QStringLiteral("/proxy"));
}

QString headerKey(const Endpoint &endpoint, const HeaderField &header)
{
    return QString(headerPrefix(endpoint) + QString::fromLatin1(header.name.toLower()));
}

QString queryPrefix(const Endpoint &endpoint)
{
    return QString(endpoint.id + QStringLiteral("/query/"));
}

/// Where the endpoint of that id is, or the end.
qsizetype indexOf(const QJsonArray &endpoints, const QString &id)
{
    qsizetype index = 0;
    while (index < endpoints.size() && endpoints.at(index).toObject()[QStringLiteral("id")].toString() != id)
        ++index;
    return index;
}

} // namespace

EndpointStore::EndpointStore(const QString &path)
    : m_file(path)
{
}

Result<std::vector<Endpoint>> EndpointStore::load() const
{
    const Result<QJsonObject> file = m_file.read();
    if (!file)
        return Failure(file.error());
    std::vector<Endpoint> endpoints;
    const QJsonArray array = (*file)[endpointsKey].toArray();
    for (const QJsonValue &value : array) {
        if (auto endpoint = decodeEndpoint(value.toObject()))
            endpoints.push_back(*std::move(endpoint));
    }
    return endpoints;
}

Result<void> EndpointStore::save(const Endpoint &endpoint) const
{
    Q_ASSERT(!endpoint.id.isEmpty());
    if (endpoint.kind == Endpoint::Kind::BuiltIn)
        return {};
    return m_file.change([&endpoint](QJsonObject &file) {
        QJsonArray endpoints = file[endpointsKey].toArray();
        const qsizetype index = indexOf(endpoints, endpoint.id);
        if (index == endpoints.size())
            endpoints.append(encodeEndpoint(endpoint));
        else
            endpoints[index] = encodeEndpoint(endpoint);
        file[endpointsKey] = endpoints;
    });
}

Result<void> EndpointStore::remove(const QString &endpointId) const
{
    return m_file.change([&endpointId](QJsonObject &file) {
        QJsonArray endpoints = file[endpointsKey].toArray();
        if (const qsizetype index = indexOf(endpoints, endpointId); index < endpoints.size())
            endpoints.removeAt(index);
        file[endpointsKey] = endpoints;
    });
}

std::vector<NamedSecret> secretsOf(const Endpoint &endpoint)
{
    std::vector<NamedSecret> secrets;
    if (endpoint.auth != Endpoint::Auth::None)
        secrets.push_back({endpoint.id, endpoint.credential});
    if (!endpoint.connection.proxy.user.isEmpty())
        secrets.push_back({proxyKey(endpoint), endpoint.connection.proxy.password});
    for (const HeaderField &header : endpoint.headers) {
        if (isSecretHeader(header.name))
            secrets.push_back({headerKey(endpoint, header), Secret(header.value)});
    }
    const auto items = QUrlQuery(endpoint.baseUrl).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        if (isSecretQueryItem(name))
            secrets.push_back({QString(queryPrefix(endpoint) + name), Secret(value.toUtf8())});
    }
    return secrets;
}

void setSecret(Endpoint &endpoint, const QString &key, const Secret &secret)
{
    if (key == endpoint.id)
        endpoint.credential = secret;
    else if (key == proxyKey(endpoint))
        endpoint.connection.proxy.password = secret;
    else if (key.startsWith(headerPrefix(endpoint))) {
        for (HeaderField &header : endpoint.headers) {
            if (isSecretHeader(header.name) && headerKey(endpoint, header) == key)
                header.value = secret.reveal();
        }
    } else if (key.startsWith(queryPrefix(endpoint))) {
        setQueryValue(endpoint.baseUrl, key.mid(queryPrefix(endpoint).size()), QString::fromUtf8(secret.reveal()));
    }
}

} // namespace diptych
