// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/gatewayconfig.h"

#include "store/configmembers.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::GatewayConfig", text);
}

std::vector<RouteTarget> readTargets(ConfigMembers &members)
{
    std::vector<RouteTarget> targets;
    const QString name = QStringLiteral("targets");
    const auto add = [&](const QString &text, double weight) {
        if (const auto model = members.modelOf(text, name))
            targets.push_back({.model = *model, .weight = weight});
    };
    if (const auto single = members.model(QStringLiteral("target")))
        targets.push_back({.model = *single});
    const QJsonArray array = members.take(name, QJsonValue::Array, translated("a list of models")).toArray();
    for (const QJsonValue &value : array) {
        if (value.isString())
            add(value.toString(), 1);
        else if (value.isObject() && value[u"weight"].toDouble(1) >= 0)
            add(value[u"model"].toString(), value[u"weight"].toDouble(1));
        else
            members.fail(name, translated("each has to be \"endpoint/model\" or {\"model\": …, \"weight\": 1}."));
    }
    return targets;
}

void readChoices(ConfigMembers &members, Route &route)
{
    QString adaptation;
    members.text(QStringLiteral("adaptation"), adaptation);
    route.adaptation = adaptationFromName(adaptation);
    if (!adaptation.isEmpty() && !route.adaptation)
        members.fail(QStringLiteral("adaptation"), translated("this has to be strict or adapt."));
    QString tape = tapeModeName(route.tape);
    members.text(QStringLiteral("tape"), tape);
    const auto mode = tapeModeFromName(tape);
    if (!mode)
        members.fail(QStringLiteral("tape"), translated("this has to be off, record or replay."));
    route.tape = mode.value_or(TapeMode::Off);
}

QJsonArray encodeTargets(const std::vector<RouteTarget> &targets)
{
    QJsonArray array;
    for (const RouteTarget &target : targets) {
        if (target.weight == 1)
            array.append(modelRefText(target.model));
        else
            array.append(QJsonObject {
                {QStringLiteral("model"), modelRefText(target.model)}, {QStringLiteral("weight"), target.weight}});
    }
    return array;
}

} // namespace

QJsonObject encodeRoute(const Route &route)
{
    QJsonObject object {{QStringLiteral("id"), route.id}, {QStringLiteral("name"), route.name},
        {QStringLiteral("targets"), encodeTargets(route.targets)}};
    const auto put = [&object](const QString &name, const QJsonValue &value, bool isThere) {
        if (isThere)
            object.insert(name, value);
    };
    QJsonArray fallbacks;
    for (const ModelRef &model : route.fallbacks)
        fallbacks.append(modelRefText(model));
    put(QStringLiteral("enabled"), false, !route.isEnabled);
    put(QStringLiteral("fallbacks"), fallbacks, !fallbacks.isEmpty());
    put(QStringLiteral("shadow"), modelRefText(route.shadow.value_or(ModelRef())), route.shadow.has_value());
    put(QStringLiteral("adaptation"), adaptationName(route.adaptation.value_or(Adaptation::Adapt)),
        route.adaptation.has_value());
    put(QStringLiteral("extras"), route.extras, !route.extras.isEmpty());
    put(QStringLiteral("systemPrompt"), route.systemPrompt, !route.systemPrompt.isEmpty());
    put(QStringLiteral("budget"), route.budget.value_or(0), route.budget.has_value());
    put(QStringLiteral("forwardedHeaders"), QJsonArray::fromStringList(route.forwardedHeaders),
        !route.forwardedHeaders.isEmpty());
    put(QStringLiteral("tape"), tapeModeName(route.tape), route.tape != TapeMode::Off);
    put(QStringLiteral("replaySpeed"), route.replaySpeed, route.replaySpeed != 1);
    return object;
}

Result<Route> decodeRoute(const QJsonObject &object, int position)
{
    ConfigMembers members(object, QStringLiteral("routes[%1]").arg(position));
    Route route;
    members.text(QStringLiteral("name"), route.name);
    members.text(QStringLiteral("id"), route.id);
    if (route.id.isEmpty())
        route.id = route.name;
    members.flag(QStringLiteral("enabled"), route.isEnabled);
    route.targets = readTargets(members);
    for (const QString &text : members.texts(QStringLiteral("fallbacks"))) {
        if (const auto model = members.modelOf(text, QStringLiteral("fallbacks")))
            route.fallbacks.push_back(*model);
    }
    route.shadow = members.model(QStringLiteral("shadow"));
    readChoices(members, route);
    route.extras = members.take(QStringLiteral("extras"), QJsonValue::Object, translated("an object")).toObject();
    members.text(QStringLiteral("systemPrompt"), route.systemPrompt);
    route.budget = members.number(QStringLiteral("budget"), 0, 1e9);
    for (const QString &name : members.texts(QStringLiteral("forwardedHeaders")))
        route.forwardedHeaders.append(name);
    route.replaySpeed = members.number(QStringLiteral("replaySpeed"), 0, 1e6).value_or(route.replaySpeed);
    if (const auto error = members.error())
        return Failure(*error);
    if (const QString problem = faultOf(route); !problem.isEmpty())
        return Failure(ConfigMembers::fault(QStringLiteral("routes[%1]").arg(position), problem));
    return route;
}

QJsonObject encodeGatewayConfig(const GatewayConfig &config)
{
    QJsonArray routes;
    for (const Route &route : config.routes)
        routes.append(encodeRoute(route));
    QJsonObject spent;
    for (auto entry = config.spent.begin(); entry != config.spent.end(); ++entry)
        spent.insert(entry.key(), entry.value());
    return {{QStringLiteral("enabled"), config.isEnabled}, {QStringLiteral("address"), config.address},
        {QStringLiteral("allowOtherMachines"), config.allowsOtherMachines}, {QStringLiteral("port"), config.port},
        {QStringLiteral("maxRequests"), config.maxRequests}, {QStringLiteral("bodyLimit"), config.bodyLimit},
        {QStringLiteral("routes"), routes}, {QStringLiteral("spent"), spent}};
}

namespace {

/// Counters, budgets and recordings go by the id.
bool hasRoute(const GatewayConfig &config, const QString &id)
{
    return std::any_of(
        config.routes.begin(), config.routes.end(), [&id](const Route &route) { return route.id == id; });
}

} // namespace

Result<GatewayConfig> decodeGatewayConfig(const QJsonObject &object, const QStringList &others)
{
    constexpr qint64 mostRequests = 100'000;
    constexpr qint64 mostBytes = 10'000'000'000;
    constexpr qint64 lastPort = 65535;
    ConfigMembers members(object, {});
    GatewayConfig config;
    members.flag(QStringLiteral("enabled"), config.isEnabled);
    members.text(QStringLiteral("address"), config.address);
    members.flag(QStringLiteral("allowOtherMachines"), config.allowsOtherMachines);
    config.port = static_cast<quint16>(members.integer(QStringLiteral("port"), 0, lastPort).value_or(config.port));
    config.maxRequests =
        static_cast<int>(members.integer(QStringLiteral("maxRequests"), 1, mostRequests).value_or(config.maxRequests));
    config.bodyLimit = members.integer(QStringLiteral("bodyLimit"), 1, mostBytes).value_or(config.bodyLimit);
    const QJsonObject spent =
        members.take(QStringLiteral("spent"), QJsonValue::Object, translated("an object")).toObject();
    for (auto entry = spent.begin(); entry != spent.end(); ++entry)
        config.spent.insert(entry.key(), std::max(0.0, entry.value().toDouble()));
    const QJsonArray routes =
        members.take(QStringLiteral("routes"), QJsonValue::Array, translated("a list of routes")).toArray();
    if (const auto error = members.error(others))
        return Failure(*error);
    for (qsizetype i = 0; i < routes.size(); ++i) {
        Result<Route> route = decodeRoute(routes.at(i).toObject(), static_cast<int>(i) + 1);
        if (!route)
            return Failure(route.error());
        if (hasRoute(config, route->id))
            return Failure(ConfigMembers::fault(QStringLiteral("routes[%1]").arg(i + 1),
                translated("there is another route \"%1\". Give each an id of its own.").arg(route->id)));
        config.routes.push_back(std::move(*route));
    }
    return config;
}

GatewayStore::GatewayStore(const QString &path)
    : m_file(path)
{
}

Result<GatewayConfig> GatewayStore::load() const
{
    const Result<QJsonObject> file = m_file.read();
    if (!file)
        return Failure(file.error());
    return decodeGatewayConfig(*file, file->keys());
}

Result<void> GatewayStore::save(const GatewayConfig &config) const
{
    return m_file.change([&config](QJsonObject &file) {
        const QJsonObject members = encodeGatewayConfig(config);
        for (auto member = members.begin(); member != members.end(); ++member)
            file.insert(member.key(), member.value());
    });
}

} // namespace diptych
