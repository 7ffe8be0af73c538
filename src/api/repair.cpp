// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/repair.h"

#include "api/capabilitybook.h"
#include "api/learningprovider.h"

#include <QCoreApplication>
#include <QMetaEnum>

#include <algorithm>

namespace diptych {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::Repair", source);
}

std::vector<EffectiveExtra> extrasOf(const RequestOrigin &origin, const RequestSettings &request)
{
    const QString model = origin.model.isEmpty() ? origin.endpoint.defaultModel : origin.model;
    return effectiveExtras(
        origin.endpoint.extras, origin.endpoint.modelExtras.value(model), request.extras.value_or(QJsonObject {}));
}

bool hasExtra(const std::vector<EffectiveExtra> &extras, const QString &key)
{
    return std::any_of(extras.begin(), extras.end(), [&key](const EffectiveExtra &extra) { return extra.key == key; });
}

/// topK, top_k and TopK are the same name in different dialects.
QString plainName(const QString &path)
{
    return path.section(u'.', -1).remove(u'_').toLower();
}

bool isInside(const QString &path, const QString &parent)
{
    return path == parent || path.startsWith(parent + u'.') || path.startsWith(parent + u'[');
}

/// The common name of what a server calls `parameter`.
QString commonName(const QString &parameter, const ChangeLog &changes)
{
    for (const Change &change : changes) {
        if (!change.wire.isEmpty() && isInside(parameter, change.wire))
            return change.field.isEmpty() ? change.wire : abilityOfParameter(change.field);
    }
    for (const Change &change : changes) {
        if (!change.field.isEmpty() && !change.wire.isEmpty() && plainName(change.wire) == plainName(parameter))
            return abilityOfParameter(change.field);
    }
    const QString first = abilityOfParameter(parameter);
    if (first == QLatin1String("json_schema") || first == QLatin1String("json_object"))
        return QStringLiteral("response_format");
    return first == QLatin1String("functions") ? QStringLiteral("tools") : first;
}

/// Parameters that mean nothing, or are refused, without another one.
QStringList withDependents(const QString &parameter)
{
    if (parameter == QLatin1String("tools"))
        return {parameter, QStringLiteral("tool_choice"), QStringLiteral("parallel_tool_calls")};
    if (parameter == QLatin1String("logprobs"))
        return {parameter, QStringLiteral("top_logprobs")};
    return {parameter};
}

QString otherTokenLimit(const QString &parameter)
{
    if (parameter == QLatin1String("max_tokens"))
        return QStringLiteral("max_completion_tokens");
    return parameter == QLatin1String("max_completion_tokens") ? QStringLiteral("max_tokens") : QString();
}

/// Finds out what can be done about one error.
class Finder
{
public:
    Finder(const Error &error, const RequestOrigin &origin, const ChangeLog &changes)
        : m_error(error)
        , m_origin(origin)
        , m_request(merged(origin.session, origin.pane))
        , m_extras(extrasOf(origin, m_request))
        , m_mode(m_request.extrasMode.value_or(origin.endpoint.extrasMode))
        , m_name(commonName(error.parameter, changes))
    {
        const bool isLocal = error.httpStatus == 0;
        // A collision is made by us and names both; only the extra can be meant.
        const bool isCollision = isLocal && error.kind == Error::Kind::InvalidRequest;
        m_isExtra = hasExtra(m_extras, m_name) && (isCollision || !isSet(m_request, m_name));
        m_isParameter = !m_isExtra && (isSet(m_request, m_name) || m_name == QLatin1String("stream"));
    }

    std::vector<Repair> find()
    {
        using Kind = Error::Kind;
        switch (m_error.kind) {
        case Kind::Unsupported:
            unsupported();
            break;
        case Kind::InvalidRequest:
            without();
            add(Repair::Kind::AskAgain);
            break;
        case Kind::Authentication:
            aboutEndpoint(Repair::Kind::UpdateKey);
            add(Repair::Kind::AskAgain);
            break;
        case Kind::NotFound:
            add(Repair::Kind::ChooseModel);
            aboutEndpoint(Repair::Kind::EditEndpoint);
            add(Repair::Kind::AskAgain);
            break;
        case Kind::RateLimited:
            if (m_error.retryAfter)
                m_found.push_back({.kind = Repair::Kind::Wait, .delay = m_error.retryAfter});
            add(Repair::Kind::AskAgain);
            add(Repair::Kind::ChooseModel);
            break;
        case Kind::ContentFilter:
        case Kind::Provider:
            add(Repair::Kind::AskAgain);
            add(Repair::Kind::ChooseModel);
            break;
        case Kind::Protocol:
            aboutEndpoint(Repair::Kind::EditEndpoint);
            add(Repair::Kind::AskAgain);
            break;
        case Kind::Network:
        case Kind::Tls:
        case Kind::Timeout:
            add(Repair::Kind::AskAgain);
            aboutEndpoint(Repair::Kind::EditEndpoint);
            break;
        case Kind::Cancelled:
        case Kind::Storage:
            add(Repair::Kind::AskAgain);
            break;
        }
        return std::move(m_found);
    }

private:
    void add(Repair::Kind kind) { m_found.push_back({.kind = kind}); }

    void aboutEndpoint(Repair::Kind kind)
    {
        if (m_origin.endpoint.kind != Endpoint::Kind::BuiltIn)
            add(kind);
    }

    void without()
    {
        const QString other = otherTokenLimit(m_name);
        if (m_isParameter && !other.isEmpty() && m_error.message.contains(other))
            m_found.push_back({.kind = Repair::Kind::UseInstead, .parameter = m_name, .replacement = other});
        if (m_isParameter || m_isExtra)
            m_found.push_back({.kind = Repair::Kind::RetryWithout, .parameter = m_name, .isExtra = m_isExtra});
    }

    void unsupported()
    {
        const bool isLocal = m_error.httpStatus == 0;
        // Azure refuses by its header, elsewhere we do; there it can also be a field of ours that Azure does not know.
        const bool isByMode = m_mode == ExtrasMode::Error
            && (m_isExtra
                || (m_error.httpStatus == 400 && m_origin.endpoint.provider() == QLatin1String("azure")
                    && !m_error.parameter.isEmpty()));
        if (isByMode) {
            add(Repair::Kind::PassThrough);
            add(Repair::Kind::Drop);
        }
        without();
        const bool isMaybeExtra = m_isExtra ? m_extras.size() > 1 : m_error.parameter.isEmpty() && !m_extras.empty();
        if (!isByMode && m_mode == ExtrasMode::PassThrough && !isLocal && isMaybeExtra && !isRouteRefusal(m_error))
            add(Repair::Kind::Drop);
        if (isLocal && !isByMode && m_origin.endpoint.adaptation == Adaptation::Strict && !m_error.parameter.isEmpty())
            add(Repair::Kind::Adapt);
        add(Repair::Kind::ChooseModel);
    }

    const Error &m_error;
    const RequestOrigin &m_origin;
    RequestSettings m_request;
    std::vector<EffectiveExtra> m_extras;
    ExtrasMode m_mode;
    QString m_name;
    bool m_isExtra = false;
    bool m_isParameter = false;
    std::vector<Repair> m_found;
};

void withoutExtra(RequestSettings &pane, const QString &key, const RequestOrigin &origin)
{
    QJsonObject extras = pane.extras.value_or(QJsonObject {});
    extras.remove(key);
    pane.extras = extras;
    if (hasExtra(extrasOf(origin, merged(origin.session, pane)), key)) {
        extras.insert(key, QJsonValue::Null); // takes the inherited one away
        pane.extras = extras;
    }
    if (extras.isEmpty())
        pane.extras.reset();
}

void withoutParameter(RequestSettings &pane, const QString &parameter, const RequestSettings &session)
{
    if (parameter == QLatin1String("stream")) {
        pane.stream = false; // unset would stream
        return;
    }
    for (const QString &name : withDependents(parameter)) {
        unset(pane, name);
        if (isSet(session, name) && !pane.withheld.contains(name))
            pane.withheld.append(name);
    }
}

} // namespace

std::vector<Repair> repairsFor(const Error &error, const RequestOrigin &origin, const ChangeLog &changes)
{
    return Finder(error, origin, changes).find();
}

RequestSettings repairedOverrides(const Repair &repair, const RequestOrigin &origin)
{
    RequestSettings pane = origin.pane;
    switch (repair.kind) {
    case Repair::Kind::RetryWithout:
        if (repair.isExtra)
            withoutExtra(pane, repair.parameter, origin);
        else
            withoutParameter(pane, repair.parameter, origin.session);
        break;
    case Repair::Kind::UseInstead: {
        const RequestSettings all = merged(origin.session, origin.pane);
        const bool isNew = repair.replacement == QLatin1String("max_completion_tokens");
        const std::optional<int> limit = isNew ? all.sampling.maxTokens : all.maxCompletionTokens;
        withoutParameter(pane, repair.parameter, origin.session);
        (isNew ? pane.maxCompletionTokens : pane.sampling.maxTokens) = limit;
        break;
    }
    case Repair::Kind::PassThrough:
        pane.extrasMode = ExtrasMode::PassThrough;
        break;
    case Repair::Kind::Drop:
        pane.extrasMode = ExtrasMode::Drop;
        break;
    default:
        break;
    }
    return pane;
}

QString repairId(const Repair &repair)
{
    return QString::fromLatin1(QMetaEnum::fromType<Repair::Kind>().valueToKey(static_cast<int>(repair.kind)));
}

QString repairText(const Repair &repair)
{
    switch (repair.kind) {
    case Repair::Kind::RetryWithout:
        return repair.parameter == QLatin1String("stream") ? text("Retry without streaming")
                                                           : text("Retry without %1").arg(repair.parameter);
    case Repair::Kind::UseInstead:
        return text("Use %1").arg(repair.replacement);
    case Repair::Kind::PassThrough:
        return text("Pass it through");
    case Repair::Kind::Drop:
        return text("Drop extras");
    case Repair::Kind::Adapt:
        return text("Let the endpoint adapt");
    case Repair::Kind::ChooseModel:
        return text("Ask another model…");
    case Repair::Kind::UpdateKey:
        return text("Update the key…");
    case Repair::Kind::EditEndpoint:
        return text("Edit the endpoint…");
    case Repair::Kind::Wait: {
        const qint64 seconds = (repair.delay.value_or(std::chrono::milliseconds(0)).count() + 999) / 1000;
        return text("Ask again in %1 s").arg(seconds);
    }
    case Repair::Kind::AskAgain:
        break;
    }
    return text("Ask again");
}

QString repairEffect(const Repair &repair, const RequestOrigin &origin)
{
    switch (repair.kind) {
    case Repair::Kind::RetryWithout: {
        const RequestSettings after = repairedOverrides(repair, origin);
        if (repair.parameter == QLatin1String("stream"))
            return text("Sets stream to false in this pane and asks again.");
        if (repair.isExtra && after.extras && after.extras->value(repair.parameter).isNull()
            && after.extras->contains(repair.parameter))
            return text("Sets the extra %1 to null in this pane, which takes the inherited one away, and asks again.")
                .arg(repair.parameter);
        if (after.withheld.contains(repair.parameter))
            return text("This pane leaves %1 out and asks again; the session keeps it.").arg(repair.parameter);
        return text("Takes %1 out of this pane's settings and asks again.").arg(repair.parameter);
    }
    case Repair::Kind::UseInstead:
        return text("This pane sends the value of %1 as %2 and asks again.").arg(repair.parameter, repair.replacement);
    case Repair::Kind::PassThrough:
        return text("Sets the extras of this pane to \"pass-through\" and asks again; the model may still refuse.");
    case Repair::Kind::Drop:
        return text("Sets the extras of this pane to \"drop\" and asks again without all of them.");
    case Repair::Kind::Adapt:
        return text("Switches the endpoint \"%1\" from strict to adapt, for all requests: what does not map is left "
                    "out, with a line in the change log. Then asks again.")
            .arg(origin.endpoint.name);
    case Repair::Kind::ChooseModel:
        return text(
            "Lists the models that are not known to refuse this. The one you pick takes this pane over and is asked.");
    case Repair::Kind::UpdateKey:
    case Repair::Kind::EditEndpoint:
        return text("Opens the settings of the endpoint \"%1\".").arg(origin.endpoint.name);
    case Repair::Kind::Wait:
        return text("Counts down, then asks again; can be stopped.");
    case Repair::Kind::AskAgain:
        break;
    }
    return text("Asks the same once more; nothing is changed.");
}

} // namespace diptych
