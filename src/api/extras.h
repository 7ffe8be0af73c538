// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QMetaType>
#include <QString>

#include <optional>
#include <vector>

namespace diptych {

/// What happens to parameters outside the common API.
/// Source: header `extra-parameters` of the Azure AI Model Inference API.
enum class ExtrasMode {
    Error, ///< refuse the request
    Drop, ///< leave them out
    PassThrough, ///< hand them to the model
};

/// The header's value: error, drop, pass-through.
[[nodiscard]] QString extrasModeName(ExtrasMode mode);
/// Also accepts the older spellings "ignore" (drop) and "allow" (pass-through).
[[nodiscard]] std::optional<ExtrasMode> extrasModeFromName(QStringView name);

/// Where an extra parameter was set; a later one wins.
enum class ExtrasLayer { Endpoint, Model, Request };

/// An extra parameter as it takes effect.
struct EffectiveExtra {
    QString key {};
    QJsonValue value {};
    ExtrasLayer layer = ExtrasLayer::Request;
    std::vector<ExtrasLayer> overridden {}; ///< layers whose value of this key does not count
    bool operator==(const EffectiveExtra &) const = default;
};

/// The three layers put together key by key, sorted by key. A null takes an inherited extra away; where nothing is
/// inherited it is sent as null.
[[nodiscard]] std::vector<EffectiveExtra> effectiveExtras(
    const QJsonObject &endpoint, const QJsonObject &model, const QJsonObject &request);

} // namespace diptych
