// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/endpointreport.h"

#include "models/formatting.h"
#include "providers/registry.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QMetaEnum>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::EndpointReport", text);
}

template <typename Enum>
QString nameOf(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(int(value)));
}

QString kindOf(const Endpoint &endpoint)
{
    if (endpoint.kind != Endpoint::Kind::Native)
        return endpointKindName(endpoint.kind);
    const ProviderDescriptor *descriptor = findDescriptor(providerDescriptors(), endpoint.native);
    return descriptor ? descriptor->displayName : endpoint.native;
}

QString stateName(ConnectionStep::State state)
{
    switch (state) {
    case ConnectionStep::State::Ok:
        return tr("ok");
    case ConnectionStep::State::Failed:
        return tr("failed");
    case ConnectionStep::State::Skipped:
        return tr("skipped");
    case ConnectionStep::State::Unknown:
        break;
    }
    return tr("unknown");
}

} // namespace

QStringList toLines(const EndpointProposal &proposal)
{
    const Endpoint &endpoint = proposal.endpoint;
    QStringList lines;
    const auto add = [&lines](const QString &name, const QString &value) {
        if (!value.isEmpty())
            lines.append(QStringLiteral("%1 %2").arg(name, -12).arg(value));
    };
    add(tr("kind"), kindOf(endpoint));
    add(tr("base URL"), redactedUrl(endpoint.baseUrl).toString());
    add(tr("api-version"), endpoint.apiVersion);
    add(tr("model"), endpoint.defaultModel);
    add(tr("variant"), endpoint.variant);
    add(tr("key"), endpoint.credential.isEmpty() ? QString() : tr("there is one"));
    for (const QString &change : proposal.changes)
        lines.append(QStringLiteral("  - %1").arg(change));
    return lines;
}

QJsonObject toJson(const EndpointProposal &proposal)
{
    const Endpoint &endpoint = proposal.endpoint;
    QJsonObject json {{QStringLiteral("kind"), nameOf(endpoint.kind)},
        {QStringLiteral("provider"), endpoint.provider()}, {QStringLiteral("name"), endpoint.name},
        {QStringLiteral("url"), redactedUrl(endpoint.baseUrl).toString()},
        {QStringLiteral("auth"), nameOf(endpoint.auth)}, {QStringLiteral("has_key"), !endpoint.credential.isEmpty()},
        {QStringLiteral("changes"), QJsonArray::fromStringList(proposal.changes)}};
    const std::pair<QString, QString> texts[] = {{QStringLiteral("api_version"), endpoint.apiVersion},
        {QStringLiteral("model"), endpoint.defaultModel}, {QStringLiteral("variant"), endpoint.variant}};
    for (const auto &[key, value] : texts) {
        if (!value.isEmpty())
            json.insert(key, value);
    }
    return json;
}

QString toLine(const ConnectionStep &step)
{
    const QString time = step.duration ? formatDuration(step.duration) : QString();
    return QStringLiteral("%1 %2 %3 %4")
        .arg(stateName(step.state), -8)
        .arg(connectionStepName(step.step), -12)
        .arg(time, 8)
        .arg(step.text);
}

QJsonObject toJson(const ConnectionStep &step)
{
    QJsonObject json {{QStringLiteral("step"), nameOf(step.step).toLower()},
        {QStringLiteral("state"), nameOf(step.state).toLower()}, {QStringLiteral("text"), step.text}};
    if (step.duration)
        json.insert(QStringLiteral("ms"), double(step.duration->count()) / 1000);
    return json;
}

} // namespace diptych
