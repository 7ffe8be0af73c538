// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/serveconfig.h"

#include "cli/cliendpoint.h"
#include "store/pricestore.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace diptych {

namespace {

constexpr auto builtinId = "builtin";

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::ServeConfig", text);
}

Failure fault(const QString &path, const QString &message)
{
    return Failure(
        Error {.kind = Error::Kind::InvalidRequest, .message = QString(path % u": " % message), .parameter = path});
}

Result<Secret> secretOf(const QJsonObject &object, const QString &path)
{
    const QString variable = object.value(u"keyEnv").toString();
    if (variable.isEmpty())
        return Secret();
    const Secret key(qgetenv(variable.toLocal8Bit().constData()).trimmed());
    if (key.isEmpty())
        return fault(QString(path % u"keyEnv"), tr("the environment variable %1 is not set.").arg(variable));
    return key;
}

Result<void> checkMembers(const QJsonObject &object, const QString &path, const QStringList &known)
{
    const QStringList names = object.keys();
    for (const QString &name : names) {
        if (!known.contains(name))
            return fault(QString(path % name), tr("this is not known here. Known are: %1.").arg(known.join(u", ")));
    }
    return {};
}

Result<void> applySettings(const QJsonObject &object, const QString &path, Endpoint &endpoint)
{
    const Result<Secret> key = secretOf(object, path);
    if (!key)
        return Failure(key.error());
    endpoint.credential = *key;
    endpoint.tokenCommand = object.value(u"tokenCommand").toString();
    endpoint.apiVersion = object.value(u"apiVersion").toString(endpoint.apiVersion);
    const QString adaptation = object.value(u"adaptation").toString(adaptationName(endpoint.adaptation));
    const auto mode = adaptationFromName(adaptation);
    if (!mode)
        return fault(QString(path % u"adaptation"), tr("this has to be strict or adapt."));
    endpoint.adaptation = *mode;
    const QJsonObject headers = object.value(u"headers").toObject();
    for (auto header = headers.begin(); header != headers.end(); ++header)
        endpoint.headers.push_back({header.key().toUtf8(), header.value().toString().toUtf8()});
    ConnectionOptions &connection = endpoint.connection;
    connection.retry.maxRetries = std::clamp(object.value(u"retries").toInt(connection.retry.maxRetries), 0, 20);
    if (const int seconds = object.value(u"timeout").toInt(); seconds > 0) {
        connection.deadlines.firstByte = std::chrono::seconds(seconds);
        connection.deadlines.idle = std::chrono::seconds(seconds);
    }
    return {};
}

Result<Endpoint> readEndpoint(const QJsonObject &object, const QString &path)
{
    static const QStringList known {QStringLiteral("id"), QStringLiteral("url"), QStringLiteral("kind"),
        QStringLiteral("keyEnv"), QStringLiteral("tokenCommand"), QStringLiteral("apiVersion"),
        QStringLiteral("headers"), QStringLiteral("adaptation"), QStringLiteral("retries"), QStringLiteral("timeout")};
    if (const Result<void> checked = checkMembers(object, path, known); !checked)
        return Failure(checked.error());
    const QString id = object.value(u"id").toString();
    if (id.isEmpty() || id.contains(u'/') || id == QLatin1String(builtinId))
        return fault(QString(path % u"id"), tr("this has to be a name without a slash, and not \"builtin\"."));
    const Result<EndpointProposal> proposal =
        CliEndpoint::recogniseUrl(object.value(u"url").toString(), object.value(u"kind").toString());
    if (!proposal)
        return fault(QString(path % u"url"), proposal.error().message);
    Endpoint endpoint = proposal->endpoint;
    if (!endpoint.credential.isEmpty())
        return fault(QString(path % u"url"), tr("keys do not belong into the file; name a variable with keyEnv."));
    endpoint.id = id;
    endpoint.name = id;
    if (const Result<void> applied = applySettings(object, path, endpoint); !applied)
        return Failure(applied.error());
    return endpoint;
}

Result<std::vector<Endpoint>> readEndpoints(const QJsonArray &array)
{
    std::vector<Endpoint> endpoints;
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString path = QStringLiteral("endpoints[%1].").arg(i + 1);
        Result<Endpoint> endpoint = readEndpoint(array.at(i).toObject(), path);
        if (!endpoint)
            return Failure(endpoint.error());
        const bool isTwice = std::any_of(endpoints.begin(), endpoints.end(),
            [&endpoint](const Endpoint &other) { return other.id == endpoint->id; });
        if (isTwice)
            return fault(QString(path % u"id"), tr("there is another endpoint \"%1\".").arg(endpoint->id));
        endpoints.push_back(std::move(*endpoint));
    }
    return endpoints;
}

/// A route to an endpoint that is not there would fail only when somebody asks.
Result<void> checkRoutes(const ServeConfig &config)
{
    const auto exists = [&config](const ModelRef &model) {
        return model.endpointId == QLatin1String(builtinId)
            || std::any_of(config.endpoints.begin(), config.endpoints.end(),
                [&model](const Endpoint &endpoint) { return endpoint.id == model.endpointId; });
    };
    for (std::size_t i = 0; i < config.gateway.routes.size(); ++i) {
        const Route &route = config.gateway.routes[i];
        std::vector<ModelRef> models = route.fallbacks;
        for (const RouteTarget &target : route.targets)
            models.push_back(target.model);
        if (route.shadow)
            models.push_back(*route.shadow);
        for (const ModelRef &model : models) {
            if (!exists(model))
                return fault(
                    QStringLiteral("routes[%1]").arg(i + 1), tr("there is no endpoint \"%1\".").arg(model.endpointId));
        }
    }
    return {};
}

Result<std::vector<Price>> readPrices(const QJsonArray &array)
{
    std::vector<Price> prices;
    for (qsizetype i = 0; i < array.size(); ++i) {
        const auto price = decodePrice(array.at(i).toObject());
        if (!price)
            return fault(QStringLiteral("prices[%1]").arg(i + 1), tr("this has to name a model and rates from 0."));
        prices.push_back(*price);
    }
    return prices;
}

Result<QJsonObject> readObject(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Failure(
            Error {.kind = Error::Kind::Storage, .message = tr("Cannot read %1: %2").arg(path, file.errorString())});
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &problem);
    if (document.isObject())
        return document.object();
    return fault(path,
        problem.error == QJsonParseError::NoError
            ? tr("this has to be a JSON object.")
            : tr("this is not JSON: %1 at byte %2.").arg(problem.errorString()).arg(problem.offset));
}

} // namespace

Result<ServeConfig> readServeConfig(const QString &path)
{
    const Result<QJsonObject> object = readObject(path);
    if (!object)
        return Failure(object.error());
    ServeConfig config;
    const QStringList others {
        QStringLiteral("keyEnv"), QStringLiteral("endpoints"), QStringLiteral("prices"), QStringLiteral("recordings")};
    Result<GatewayConfig> gateway = decodeGatewayConfig(*object, others);
    if (!gateway)
        return Failure(gateway.error());
    config.gateway = std::move(*gateway);
    Result<Secret> key = secretOf(*object, {});
    if (!key)
        return Failure(key.error());
    config.key = *key;
    Result<std::vector<Endpoint>> endpoints = readEndpoints(object->value(u"endpoints").toArray());
    if (!endpoints)
        return Failure(endpoints.error());
    config.endpoints = std::move(*endpoints);
    Result<std::vector<Price>> prices = readPrices(object->value(u"prices").toArray());
    if (!prices)
        return Failure(prices.error());
    config.prices = std::move(*prices);
    const QString folder = object->value(u"recordings").toString(QStringLiteral("recordings"));
    config.recordings = QDir(QFileInfo(path).absolutePath()).filePath(folder);
    if (const Result<void> checked = checkRoutes(config); !checked)
        return Failure(checked.error());
    return config;
}

} // namespace diptych
