// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/requestsettings.h"
#include "core/result.h"

#include <QJsonValue>

#include <functional>
#include <optional>
#include <vector>

namespace diptych {

/// How a parameter is written and edited.
enum class ParameterKind {
    Real,
    Integer,
    Boolean,
    Choice, ///< one of `choices`, others allowed
    Texts, ///< a list of texts
    ResponseFormat, ///< a wire name, or the object of a JSON schema
    ToolChoice, ///< auto, none, required, or the name of a function
    Tools, ///< a JSON array of functions
};

/// One parameter of RequestSettings: its wire name, its form, and how to read and write it. Values travel as JSON, in
/// the form that the common API has for them.
struct ParameterSpec {
    QString name {}; ///< wire name
    ParameterKind kind = ParameterKind::Real;
    QStringList choices {};
    std::optional<double> usualLow {}; ///< values outside are sent all the same, with a warning
    std::optional<double> usualHigh {};
    QString hint {}; ///< one sentence
    std::function<std::optional<QJsonValue>(const RequestSettings &)> read {};
    /// False when the value has the wrong type; the settings are unchanged then. Unset: not sent any more.
    std::function<bool(RequestSettings &, const std::optional<QJsonValue> &)> write {};
};

/// All parameters of RequestSettings except extras, in the order of the inspector.
[[nodiscard]] std::vector<ParameterSpec> parameterSpecs();
/// What a person typed, as a value. Errors: InvalidRequest, with a message that says what is expected.
[[nodiscard]] Result<QJsonValue> parseParameter(const ParameterSpec &spec, const QString &text);
/// The value as it is shown and edited, the inverse of parseParameter().
[[nodiscard]] QString parameterText(const ParameterSpec &spec, const QJsonValue &value);
/// Why a value is unusual; empty when it is not.
[[nodiscard]] QString parameterWarning(const ParameterSpec &spec, const QJsonValue &value);

/// Keys of `extras` that are parameters of the common API: they collide with what the encoder writes.
[[nodiscard]] QStringList collidingExtras(const QJsonObject &extras);

} // namespace diptych
