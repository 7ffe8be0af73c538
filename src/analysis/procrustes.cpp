// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/procrustes.h"

#include <algorithm>
#include <cmath>
#include <complex>

namespace diptych {

namespace {

using Complex = std::complex<double>;

std::vector<Complex> toComplex(std::span<const Point2> points)
{
    std::vector<Complex> result;
    result.reserve(points.size());
    for (const Point2 &point : points)
        result.emplace_back(point.x, point.y);
    return result;
}

Complex takeCentre(std::vector<Complex> &points)
{
    Complex centre;
    for (const Complex &point : points)
        centre += point;
    centre /= static_cast<double>(points.size());
    for (Complex &point : points)
        point -= centre;
    return centre;
}

double squares(const std::vector<Complex> &points)
{
    double sum = 0;
    for (const Complex &point : points)
        sum += std::norm(point);
    return sum;
}

/// Its absolute value says how well the layouts fit after the best turn, its argument is that turn.
Complex fit(const std::vector<Complex> &layout, const std::vector<Complex> &reference)
{
    Complex sum;
    for (std::size_t i = 0; i < layout.size(); ++i)
        sum += std::conj(layout[i]) * reference[i];
    return sum;
}

} // namespace

std::optional<Alignment> align(std::span<const Point2> layout, std::span<const Point2> reference)
{
    if (layout.empty() || layout.size() != reference.size())
        return {};
    std::vector<Complex> moved = toComplex(layout);
    std::vector<Complex> target = toComplex(reference);
    takeCentre(moved);
    const Complex centre = takeCentre(target);
    std::vector<Complex> mirror = moved;
    for (Complex &point : mirror)
        point = {-point.real(), point.imag()};

    Alignment alignment;
    const Complex straight = fit(moved, target);
    const Complex mirrored = fit(mirror, target);
    // The tolerance keeps a layout that fits both ways from being mirrored by rounding.
    alignment.mirrored = std::abs(mirrored) > std::abs(straight) * (1 + 1e-9);
    const Complex best = alignment.mirrored ? mirrored : straight;
    const double extent = squares(moved);
    const double targetExtent = squares(target);
    if (extent > 0 && targetExtent > 0 && std::abs(best) > 0) {
        alignment.rotation = std::arg(best);
        alignment.scale = std::abs(best) / extent;
        alignment.disparity = std::clamp(1 - std::norm(best) / (extent * targetExtent), 0.0, 1.0);
    }
    const Complex turn = std::polar(alignment.scale, alignment.rotation);
    for (const Complex &point : alignment.mirrored ? mirror : moved) {
        const Complex place = point * turn + centre;
        alignment.points.push_back({place.real(), place.imag()});
    }
    return alignment;
}

} // namespace diptych
