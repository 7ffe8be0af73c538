// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace diptych {

/// What happens to a field of the common request that an endpoint's wire format can not express. Extras are another
/// matter, see ExtrasMode.
enum class Adaptation {
    Strict, ///< refuse the request with Error::Kind::Unsupported; nothing is sent
    Adapt, ///< leave the field out, or take the nearest form, with a line in the change log
};

[[nodiscard]] QString adaptationName(Adaptation adaptation); ///< strict, adapt
[[nodiscard]] std::optional<Adaptation> adaptationFromName(QStringView name);

} // namespace diptych
