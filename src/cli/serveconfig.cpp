// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/serveconfig.h"

#include "cli/cliendpoint.h"
#include "store/configmembers.h"
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
    return Failure(ConfigMembers::fault(path, message));
}

Secret readSecret(ConfigMembers &members)
{
    const QString name = QStringLiteral("keyEnv");
    QString variable;
    members.text(name, variable);
    if (variable.isEmpty())
        return {};
    const Secret key(qgetenv(variable.toLocal8Bit().constData()).trimmed());
    if (key.isEmpty())
        members.fail(name, tr("the environment variable %1 is not set.").arg(variable));
    return key;
}

void readHeaders(ConfigMembers &members, Endpoint &endpoint)
{
    const QString name = QStringLiteral("headers");
    const QString what = tr("an object of texts");
    const QJsonObject headers = members.take(name, QJsonValue::Object, what).toObject();
    for (auto header = headers.begin(); header != headers.end(); ++header) {
        if (!header.value().isString())
            members.fail(QString(name % u'.' % header.key()), tr("this has to be a text."));
        endpoint.headers.push_back({header.key().toUtf8(), header.value().toString().toUtf8()});
    }
}

void readConnection(ConfigMembers &members, ConnectionOptions &connection)
{
    constexpr qint64 mostRetries = 20;
    constexpr double mostSeconds = 86'400;
    RetryOptions &retry = connection.retry;
    retry.maxRetries =
        static_cast<int>(members.integer(QStringLiteral("retries"), 0, mostRetries).value_or(retry.maxRetries));
    const double seconds = members.number(QStringLiteral("timeout"), 0, mostSeconds).value_or(0);
    if (seconds <= 0) // the usual ones
        return;
    const auto time = std::chrono::ceil<std::chrono::milliseconds>(std::chrono::duration<double>(seconds));
    connection.deadlines.firstByte = time;
    connection.deadlines.idle = time;
}

void readSettings(ConfigMembers &members, Endpoint &endpoint)
{
    endpoint.credential = readSecret(members);
    members.text(QStringLiteral("tokenCommand"), endpoint.tokenCommand);
    members.text(QStringLiteral("apiVersion"), endpoint.apiVersion);
    QString adaptation = adaptationName(endpoint.adaptation);
    members.text(QStringLiteral("adaptation"), adaptation);
    const auto mode = adaptationFromName(adaptation);
    if (!mode)
        members.fail(QStringLiteral("adaptation"), tr("this has to be strict or adapt."));
    endpoint.adaptation = mode.value_or(endpoint.adaptation);
    readHeaders(members, endpoint);
    readConnection(members, endpoint.connection);
}

Result<Endpoint> readEndpoint(const QJsonObject &object, const QString &path)
{
    ConfigMembers members(object, path);
    QString id;
    QString url;
    QString kind;
    members.text(QStringLiteral("id"), id);
    members.text(QStringLiteral("url"), url);
    members.text(QStringLiteral("kind"), kind);
    const Result<EndpointProposal> proposal = CliEndpoint::recogniseUrl(url, kind);
    Endpoint endpoint = proposal ? proposal->endpoint : Endpoint();
    const bool hasKey = !endpoint.credential.isEmpty();
    readSettings(members, endpoint);
    if (const auto error = members.error()) // a slip of the pen before what may come of it
        return Failure(*error);
    if (id.isEmpty() || id.contains(u'/') || id == QLatin1String(builtinId))
        return fault(
            members.pathOf(QStringLiteral("id")), tr("this has to be a name without a slash, and not \"builtin\"."));
    if (!proposal)
        return fault(members.pathOf(QStringLiteral("url")), proposal.error().message);
    if (hasKey)
        return fault(members.pathOf(QStringLiteral("url")),
            tr("keys do not belong into the file; name a variable with keyEnv."));
    endpoint.id = id;
    endpoint.name = id;
    return endpoint;
}

Result<std::vector<Endpoint>> readEndpoints(const QJsonArray &array)
{
    std::vector<Endpoint> endpoints;
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString path = QStringLiteral("endpoints[%1]").arg(i + 1);
        Result<Endpoint> endpoint = readEndpoint(array.at(i).toObject(), path);
        if (!endpoint)
            return Failure(endpoint.error());
        const bool isTwice = std::any_of(endpoints.begin(), endpoints.end(),
            [&endpoint](const Endpoint &other) { return other.id == endpoint->id; });
        if (isTwice)
            return fault(QString(path % u".id"), tr("there is another endpoint \"%1\".").arg(endpoint->id));
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

std::optional<Error> slipInPrice(const QJsonObject &object, const QString &path)
{
    constexpr double mostMoney = 1e9;
    ConfigMembers members(object, path);
    for (const char *name : {"endpoint", "provider", "model", "currency", "source", "date"}) {
        QString text;
        members.text(QString::fromLatin1(name), text);
    }
    for (const char *name : {"input", "output", "cached_input", "images"})
        (void)members.number(QString::fromLatin1(name), 0, mostMoney);
    return members.error();
}

Result<std::vector<Price>> readPrices(const QJsonArray &array)
{
    std::vector<Price> prices;
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString path = QStringLiteral("prices[%1]").arg(i + 1);
        if (const auto error = slipInPrice(array.at(i).toObject(), path))
            return Failure(*error);
        const auto price = decodePrice(array.at(i).toObject());
        if (!price)
            return fault(path, tr("this has to name a model and rates from 0."));
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
    ConfigMembers members(*object, {});
    config.key = readSecret(members);
    const QJsonArray endpointList =
        members.take(QStringLiteral("endpoints"), QJsonValue::Array, tr("a list of endpoints")).toArray();
    const QJsonArray priceList =
        members.take(QStringLiteral("prices"), QJsonValue::Array, tr("a list of prices")).toArray();
    QString folder = QStringLiteral("recordings");
    members.text(QStringLiteral("recordings"), folder);
    if (const auto error = members.error(object->keys()))
        return Failure(*error);
    Result<std::vector<Endpoint>> endpoints = readEndpoints(endpointList);
    if (!endpoints)
        return Failure(endpoints.error());
    config.endpoints = std::move(*endpoints);
    Result<std::vector<Price>> prices = readPrices(priceList);
    if (!prices)
        return Failure(prices.error());
    config.prices = std::move(*prices);
    config.recordings = QDir(QFileInfo(path).absolutePath()).filePath(folder);
    if (const Result<void> checked = checkRoutes(config); !checked)
        return Failure(checked.error());
    return config;
}

} // namespace diptych
