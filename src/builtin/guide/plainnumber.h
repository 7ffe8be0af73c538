// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

#include <optional>

namespace diptych {

/// The plainest number that the bounds and `multipleOf` of a schema allow: 0, 1, what is next to a bound, the middle.
/// Unset: there is none, or none was found.
[[nodiscard]] std::optional<double> plainNumber(const QJsonObject &schema, bool integer);

} // namespace diptych
