// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/gatewayconfig.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::GatewayConfig", text);
}

Error fault(const QString &path, const QString &message)
{
    return {.kind = Error::Kind::InvalidRequest, .message = QString(path % u": " % message), .parameter = path};
}

/// Reads typed members of an object and keeps the first mistake: a file that people write has slips of the pen, and
/// a route that is silently half a route costs money.
class Members
{
public:
    Members(QJsonObject object, QString path)
        : m_object(std::move(object))
        , m_path(std::move(path))
    {
    }

    [[nodiscard]] QString pathOf(const QString &name) const
    {
        return m_path.isEmpty() ? name : QString(m_path % u'.' % name);
    }
    [[nodiscard]] QJsonValue take(const QString &name, QJsonValue::Type type, const QString &what)
    {
        m_known.append(name);
        const QJsonValue value = m_object.value(name);
        if (value.isUndefined() || value.isNull())
            return QJsonValue(QJsonValue::Undefined);
        if (value.type() == type)
            return value;
        fail(name, translated("this has to be %1.").arg(what));
        return QJsonValue(QJsonValue::Undefined);
    }
    void text(const QString &name, QString &value) { value = take(name, QJsonValue::String, aText()).toString(value); }
    void flag(const QString &name, bool &value)
    {
        value = take(name, QJsonValue::Bool, translated("true or false")).toBool(value);
    }
    [[nodiscard]] std::optional<double> number(const QString &name, double least, double most)
    {
        const QJsonValue value = take(name, QJsonValue::Double, translated("a number"));
        if (value.isUndefined())
            return std::nullopt;
        if (value.toDouble() < least || value.toDouble() > most)
            fail(name, translated("this has to be from %1 to %2.").arg(least).arg(most, 0, 'f', 0));
        return value.toDouble();
    }
    [[nodiscard]] std::vector<QString> texts(const QString &name)
    {
        std::vector<QString> list;
        const QJsonArray array = take(name, QJsonValue::Array, translated("a list of texts")).toArray();
        for (const QJsonValue &value : array) {
            if (!value.isString())
                fail(name, translated("this has to be a list of texts."));
            list.push_back(value.toString());
        }
        return list;
    }
    [[nodiscard]] std::optional<ModelRef> model(const QString &name)
    {
        const QJsonValue value = take(name, QJsonValue::String, aText());
        return value.isUndefined() ? std::nullopt : modelOf(value.toString(), name);
    }
    [[nodiscard]] std::optional<ModelRef> modelOf(const QString &text, const QString &name)
    {
        const auto model = modelRefFromText(text);
        if (!model)
            fail(name, translated("\"%1\" names no model; write endpoint/model.").arg(text));
        return model;
    }
    void fail(const QString &name, const QString &message)
    {
        if (!m_error)
            m_error = fault(pathOf(name), message);
    }
    /// To be asked last: what was not asked for is a mistake.
    [[nodiscard]] std::optional<Error> error(const QStringList &others = {})
    {
        const QStringList names = m_object.keys();
        for (const QString &name : names) {
            if (!m_known.contains(name) && !others.contains(name))
                fail(
                    name, translated("this is not known here. Known are: %1.").arg(m_known.join(QStringLiteral(", "))));
        }
        return m_error;
    }

private:
    [[nodiscard]] static QString aText() { return translated("a text"); }

    QJsonObject m_object;
    QString m_path;
    QStringList m_known;
    std::optional<Error> m_error;
};

std::vector<RouteTarget> readTargets(Members &members)
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

void readChoices(Members &members, Route &route)
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
    Members members(object, QStringLiteral("routes[%1]").arg(position));
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
        return Failure(fault(QStringLiteral("routes[%1]").arg(position), problem));
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
    constexpr double mostRequests = 100'000;
    constexpr double mostBytes = 1e10;
    Members members(object, {});
    GatewayConfig config;
    members.flag(QStringLiteral("enabled"), config.isEnabled);
    members.text(QStringLiteral("address"), config.address);
    members.flag(QStringLiteral("allowOtherMachines"), config.allowsOtherMachines);
    config.port = static_cast<quint16>(members.number(QStringLiteral("port"), 0, 65535).value_or(config.port));
    config.maxRequests =
        static_cast<int>(members.number(QStringLiteral("maxRequests"), 1, mostRequests).value_or(config.maxRequests));
    config.bodyLimit = static_cast<qint64>(
        members.number(QStringLiteral("bodyLimit"), 1, mostBytes).value_or(static_cast<double>(config.bodyLimit)));
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
            return Failure(fault(QStringLiteral("routes[%1]").arg(i + 1),
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
