// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include <optional>
#include <span>
#include <vector>

namespace diptych {

/// A text that wants to stand beside a point.
struct LabelRequest {
    QPointF anchor {};
    QSizeF size {};
    bool isRequired = false; ///< shown even where it covers points
};

/// Finds a place for each label, earlier ones first: beside its point, inside `area`, on no other label and on none of
/// the `points`. Unset: there is no such place. Pixels.
[[nodiscard]] std::vector<std::optional<QRectF>> placeLabels(
    std::span<const LabelRequest> labels, std::span<const QPointF> points, const QRectF &area, double distance);

} // namespace diptych
