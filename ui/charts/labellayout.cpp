// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/labellayout.h"

#include <algorithm>
#include <array>

namespace diptych {

namespace {

std::array<QRectF, 8> candidates(const LabelRequest &label, double distance)
{
    const QPointF at = label.anchor;
    const double width = label.size.width();
    const double height = label.size.height();
    const double near = distance * 0.7;
    const std::array<QPointF, 8> corners {{
        {at.x() + distance, at.y() - height / 2},
        {at.x() - distance - width, at.y() - height / 2},
        {at.x() - width / 2, at.y() - distance - height},
        {at.x() - width / 2, at.y() + distance},
        {at.x() + near, at.y() - near - height},
        {at.x() + near, at.y() + near},
        {at.x() - near - width, at.y() - near - height},
        {at.x() - near - width, at.y() + near},
    }};
    std::array<QRectF, 8> places;
    std::transform(corners.begin(), corners.end(), places.begin(),
        [&label](const QPointF &corner) { return QRectF(corner, label.size); });
    return places;
}

bool coversAPoint(const QRectF &place, std::span<const QPointF> points, const QPointF &own)
{
    const QRectF grown = place.adjusted(-3, -3, 3, 3);
    return std::any_of(
        points.begin(), points.end(), [&](const QPointF &point) { return point != own && grown.contains(point); });
}

} // namespace

std::vector<std::optional<QRectF>> placeLabels(
    std::span<const LabelRequest> labels, std::span<const QPointF> points, const QRectF &area, double distance)
{
    std::vector<std::optional<QRectF>> places;
    std::vector<QRectF> taken;
    for (const LabelRequest &label : labels) {
        const auto isFree = [&](const QRectF &place) {
            return area.contains(place) && std::none_of(taken.begin(), taken.end(), [&place](const QRectF &other) {
                return other.intersects(place);
            });
        };
        const auto options = candidates(label, distance);
        auto found = std::find_if(options.begin(), options.end(),
            [&](const QRectF &place) { return isFree(place) && !coversAPoint(place, points, label.anchor); });
        if (found == options.end() && label.isRequired && area.contains(label.anchor))
            found = std::find_if(options.begin(), options.end(), isFree);
        if (found == options.end()) {
            places.emplace_back();
            continue;
        }
        places.emplace_back(*found);
        taken.push_back(*found);
    }
    return places;
}

} // namespace diptych
