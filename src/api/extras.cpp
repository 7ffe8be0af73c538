// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/extras.h"

#include <QMap>

namespace diptych {

QString extrasModeName(ExtrasMode mode)
{
    switch (mode) {
    case ExtrasMode::Error:
        return QStringLiteral("error");
    case ExtrasMode::Drop:
        return QStringLiteral("drop");
    case ExtrasMode::PassThrough:
        return QStringLiteral("pass-through");
    }
    return {};
}

std::optional<ExtrasMode> extrasModeFromName(QStringView name)
{
    if (name == u"error")
        return ExtrasMode::Error;
    if (name == u"drop" || name == u"ignore")
        return ExtrasMode::Drop;
    if (name == u"pass-through" || name == u"allow")
        return ExtrasMode::PassThrough;
    return std::nullopt;
}

std::vector<EffectiveExtra> effectiveExtras(
    const QJsonObject &endpoint, const QJsonObject &model, const QJsonObject &request)
{
    QMap<QString, EffectiveExtra> merged;
    const auto add = [&merged](const QJsonObject &extras, ExtrasLayer layer) {
        for (auto extra = extras.begin(); extra != extras.end(); ++extra) {
            const auto inherited = merged.find(extra.key());
            if (inherited == merged.end()) {
                merged.insert(extra.key(), {.key = extra.key(), .value = extra.value(), .layer = layer});
            } else if (extra.value().isNull()) {
                merged.erase(inherited);
            } else {
                inherited->overridden.push_back(inherited->layer);
                inherited->layer = layer;
                inherited->value = extra.value();
            }
        }
    };
    add(endpoint, ExtrasLayer::Endpoint);
    add(model, ExtrasLayer::Model);
    add(request, ExtrasLayer::Request);
    return {merged.begin(), merged.end()};
}

} // namespace diptych
