// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <optional>

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

} // namespace diptych
