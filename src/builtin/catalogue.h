// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "core/result.h"

#include <QJsonObject>
#include <QLatin1String>

#include <optional>
#include <span>

namespace diptych {

/// One of the models inside the program.
struct BuiltinModel {
    QLatin1String id {};
    ModelType type = ModelType::Unknown;
    qint64 contextLength = 0; ///< tokens; 0: no limit that matters
    qint64 dimensions = 0; ///< of its vectors; 0: it makes none, or does not say
    QLatin1String summary {}; ///< one sentence
};

/// Every built-in model, in the order in which they are listed.
[[nodiscard]] std::span<const BuiltinModel> builtinModels();

/// The chat model that misbehaves when the extra `fault` says how; the gateway carries it out.
inline constexpr QLatin1String faultyModel {"faulty"};

/// The model asked for, or the first of that kind when the name is empty. Errors: NotFound (no such model),
/// Unsupported with an empty parameter (the model is not of that kind).
[[nodiscard]] Result<BuiltinModel> findBuiltinModel(const QString &name, ModelType wanted);
/// The model of that name; the first one when the name is empty. Errors: NotFound.
[[nodiscard]] Result<BuiltinModel> findBuiltinModel(const QString &name);

/// "The model X does not …": a known parameter that a model can not honour.
[[nodiscard]] Error unsupportedParameter(const QString &parameter, const QString &message);
/// The request itself is wrong.
[[nodiscard]] Error invalidParameter(const QString &parameter, const QString &message);
/// The extra `tokens_per_second`, 1–100000; unset when absent. Errors: InvalidRequest.
[[nodiscard]] Result<std::optional<double>> requestedPace(const QJsonObject &extras);

/// A fresh id for a response, e.g. "chatcmpl-…".
[[nodiscard]] QString newResponseId(QLatin1String prefix);

} // namespace diptych
