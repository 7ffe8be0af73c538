// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/endpointcodec.h"

#include "store/storedjson.h"

#include <QJsonArray>
#include <QMetaEnum>
#include <QUrlQuery>

namespace diptych {

namespace {

template <typename Enum>
QString nameOf(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(int(value)));
}

template <typename Enum>
Enum valueOf(const QJsonObject &object, const QString &key, Enum otherwise)
{
    bool known = false;
    const int value = QMetaEnum::fromType<Enum>().keyToValue(stored::text(object, key).toLatin1().constData(), &known);
    return known ? Enum(value) : otherwise;
}

// ProxyOptions has no meta object.
QString modeName(ProxyOptions::Mode mode)
{
    switch (mode) {
    case ProxyOptions::Mode::None:
        return QStringLiteral("none");
    case ProxyOptions::Mode::Http:
        return QStringLiteral("http");
    case ProxyOptions::Mode::Socks5:
        return QStringLiteral("socks5");
    case ProxyOptions::Mode::System:
        break;
    }
    return QStringLiteral("system");
}

ProxyOptions::Mode modeFromName(const QString &name)
{
    for (const auto mode : {ProxyOptions::Mode::None, ProxyOptions::Mode::Http, ProxyOptions::Mode::Socks5}) {
        if (modeName(mode) == name)
            return mode;
    }
    return ProxyOptions::Mode::System;
}

std::chrono::milliseconds milliseconds(
    const QJsonObject &object, const QString &key, std::chrono::milliseconds otherwise)
{
    return std::chrono::milliseconds(std::max<qint64>(0, object[key].toInteger(otherwise.count())));
}

QJsonObject encodeConnection(const ConnectionOptions &options)
{
    QJsonObject object {
        {QStringLiteral("connectMs"), qint64(options.deadlines.connect.count())},
        {QStringLiteral("firstByteMs"), qint64(options.deadlines.firstByte.count())},
        {QStringLiteral("idleMs"), qint64(options.deadlines.idle.count())},
        {QStringLiteral("maxRetries"), options.retry.maxRetries},
        {QStringLiteral("baseDelayMs"), qint64(options.retry.baseDelay.count())},
        {QStringLiteral("maxDelayMs"), qint64(options.retry.maxDelay.count())},
        {QStringLiteral("maxRetryAfterMs"), qint64(options.retry.maxRetryAfter.count())},
        {QStringLiteral("proxy"), modeName(options.proxy.mode)},
    };
    stored::put(object, QStringLiteral("proxyHost"), options.proxy.host);
    if (options.proxy.port != 0)
        object[QStringLiteral("proxyPort")] = options.proxy.port;
    stored::put(object, QStringLiteral("proxyUser"), options.proxy.user);
    stored::put(object, QStringLiteral("caFile"), options.tls.caFile);
    stored::put(object, QStringLiteral("clientCertificateFile"), options.tls.clientCertificateFile);
    stored::put(object, QStringLiteral("clientKeyFile"), options.tls.clientKeyFile);
    return object;
}

ConnectionOptions decodeConnection(const QJsonObject &object)
{
    const ConnectionOptions defaults;
    return {
        .deadlines =
            {
                .connect = milliseconds(object, QStringLiteral("connectMs"), defaults.deadlines.connect),
                .firstByte = milliseconds(object, QStringLiteral("firstByteMs"), defaults.deadlines.firstByte),
                .idle = milliseconds(object, QStringLiteral("idleMs"), defaults.deadlines.idle),
            },
        .proxy =
            {
                .mode = modeFromName(stored::text(object, QStringLiteral("proxy"))),
                .host = stored::text(object, QStringLiteral("proxyHost")),
                .port = quint16(object[QStringLiteral("proxyPort")].toInt()),
                .user = stored::text(object, QStringLiteral("proxyUser")),
            },
        .tls =
            {
                .caFile = stored::text(object, QStringLiteral("caFile")),
                .clientCertificateFile = stored::text(object, QStringLiteral("clientCertificateFile")),
                .clientKeyFile = stored::text(object, QStringLiteral("clientKeyFile")),
            },
        .retry =
            {
                .maxRetries = std::clamp(object[QStringLiteral("maxRetries")].toInt(defaults.retry.maxRetries), 0, 100),
                .baseDelay = milliseconds(object, QStringLiteral("baseDelayMs"), defaults.retry.baseDelay),
                .maxDelay = milliseconds(object, QStringLiteral("maxDelayMs"), defaults.retry.maxDelay),
                .maxRetryAfter = milliseconds(object, QStringLiteral("maxRetryAfterMs"), defaults.retry.maxRetryAfter),
            },
    };
}

QJsonArray encodeHeaders(const HeaderList &headers)
{
    QJsonArray array;
    for (const HeaderField &header : headers) {
        QJsonObject object {{QStringLiteral("name"), QString::fromLatin1(header.name)}};
        if (!isSecretHeader(header.name))
            object[QStringLiteral("value")] = QString::fromUtf8(header.value);
        array.append(object);
    }
    return array;
}

HeaderList decodeHeaders(const QJsonArray &array)
{
    HeaderList headers;
    for (const QJsonValue &value : array) {
        const QJsonObject object = value.toObject();
        headers.push_back({stored::text(object, QStringLiteral("name")).toLatin1(),
            stored::text(object, QStringLiteral("value")).toUtf8()});
    }
    return headers;
}

/// A user name in a URL is a credential, and so are the values of key-like query items; their names stay, so that it is
/// known which are missing.
QUrl withoutSecretValues(const QUrl &url)
{
    QUrl result = url.adjusted(QUrl::RemoveUserInfo);
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        if (isSecretQueryItem(name))
            setQueryValue(result, name, {});
    }
    return result;
}

QJsonObject encodeModelExtras(const QMap<QString, QJsonObject> &extras)
{
    QJsonObject object;
    for (auto model = extras.begin(); model != extras.end(); ++model)
        object[model.key()] = model.value();
    return object;
}

QMap<QString, QJsonObject> decodeModelExtras(const QJsonObject &object)
{
    QMap<QString, QJsonObject> extras;
    for (auto model = object.begin(); model != object.end(); ++model)
        extras.insert(model.key(), model.value().toObject());
    return extras;
}

} // namespace

void setQueryValue(QUrl &url, const QString &name, const QString &value)
{
    QStringList items = url.query(QUrl::FullyEncoded).split(u'&');
    for (QString &item : items) {
        const QString written = item.section(u'=', 0, 0);
        if (QUrl::fromPercentEncoding(written.toLatin1()) == name)
            item = QString(written % u'=' % QString::fromLatin1(QUrl::toPercentEncoding(value)));
    }
    url.setQuery(items.join(u'&'), QUrl::StrictMode);
}

QJsonObject encodeEndpoint(const Endpoint &endpoint)
{
    QJsonObject object {
        {QStringLiteral("id"), endpoint.id},
        {QStringLiteral("name"), endpoint.name},
        {QStringLiteral("kind"), nameOf(endpoint.kind)},
        {QStringLiteral("url"), QString::fromLatin1(withoutSecretValues(endpoint.baseUrl).toEncoded())},
        {QStringLiteral("auth"), nameOf(endpoint.auth)},
        {QStringLiteral("extrasMode"), extrasModeName(endpoint.extrasMode)},
        {QStringLiteral("connection"), encodeConnection(endpoint.connection)},
    };
    stored::put(object, QStringLiteral("apiVersion"), endpoint.apiVersion);
    stored::put(object, QStringLiteral("defaultModel"), endpoint.defaultModel);
    stored::put(object, QStringLiteral("native"), endpoint.native);
    stored::put(object, QStringLiteral("variant"), endpoint.variant);
    stored::put(object, QStringLiteral("tokenCommand"), endpoint.tokenCommand);
    stored::put(object, QStringLiteral("tokenScope"), endpoint.tokenScope);
    object[QStringLiteral("adaptation")] = adaptationName(endpoint.adaptation);
    if (!endpoint.extras.isEmpty())
        object[QStringLiteral("extras")] = endpoint.extras;
    if (!endpoint.modelExtras.isEmpty())
        object[QStringLiteral("modelExtras")] = encodeModelExtras(endpoint.modelExtras);
    if (!endpoint.headers.empty())
        object[QStringLiteral("headers")] = encodeHeaders(endpoint.headers);
    return object;
}

std::optional<Endpoint> decodeEndpoint(const QJsonObject &object)
{
    Endpoint endpoint {
        .id = stored::text(object, QStringLiteral("id")),
        .name = stored::text(object, QStringLiteral("name")),
        .kind = valueOf(object, QStringLiteral("kind"), Endpoint::Kind::OpenAiCompatible),
        .native = stored::text(object, QStringLiteral("native")),
        .variant = stored::text(object, QStringLiteral("variant")),
        .baseUrl = QUrl(stored::text(object, QStringLiteral("url"))),
        .auth = valueOf(object, QStringLiteral("auth"), Endpoint::Auth::Bearer),
        .tokenCommand = stored::text(object, QStringLiteral("tokenCommand")),
        .tokenScope = stored::text(object, QStringLiteral("tokenScope")),
        .apiVersion = stored::text(object, QStringLiteral("apiVersion")),
        .defaultModel = stored::text(object, QStringLiteral("defaultModel")),
        .headers = decodeHeaders(object[QStringLiteral("headers")].toArray()),
        .extrasMode =
            extrasModeFromName(stored::text(object, QStringLiteral("extrasMode"))).value_or(ExtrasMode::PassThrough),
        .adaptation =
            adaptationFromName(stored::text(object, QStringLiteral("adaptation"))).value_or(Adaptation::Adapt),
        .extras = object[QStringLiteral("extras")].toObject(),
        .modelExtras = decodeModelExtras(object[QStringLiteral("modelExtras")].toObject()),
        .connection = decodeConnection(object[QStringLiteral("connection")].toObject()),
    };
    if (endpoint.id.isEmpty() || !endpoint.baseUrl.isValid() || endpoint.baseUrl.isEmpty())
        return std::nullopt;
    return endpoint;
}

} // namespace diptych
