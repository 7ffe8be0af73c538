// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/overridestext.h"

#include "models/parameters.h"

#include <QCoreApplication>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::AnswerPane", text);
}

} // namespace

QString overridesText(const RequestSettings &overrides)
{
    QStringList parts;
    for (const QString &name : overrides.withheld)
        parts.append(tr("without %1").arg(name));
    for (const ParameterSpec &spec : parameterSpecs()) {
        if (const auto value = spec.read(overrides))
            parts.append(value->isArray() || value->isObject()
                    ? spec.name
                    : QStringLiteral("%1 %2").arg(spec.name, parameterText(spec, *value)));
    }
    const QJsonObject extras = overrides.extras.value_or(QJsonObject {});
    for (auto extra = extras.begin(); extra != extras.end(); ++extra)
        parts.append(extra.value().isNull() ? tr("without %1").arg(extra.key()) : extra.key());
    if (overrides.extrasMode)
        parts.append(tr("extras: %1").arg(extrasModeName(*overrides.extrasMode)));
    return parts.join(QStringLiteral(", "));
}

} // namespace diptych
