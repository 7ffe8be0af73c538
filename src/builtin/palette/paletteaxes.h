// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>

namespace diptych {

/// The axes of the palette model: five regions of a picture (the whole, then its quarters: top left, top right, bottom
/// left, bottom right), each with the same 34 axes.
namespace palette {

enum Axis : std::size_t {
    firstColour = 0, ///< 24 named colours: square root of the share of the region
    brightness = 24, ///< mean lightness − 0.5
    saturation, ///< mean distance from grey
    contrast, ///< standard deviation of the lightness
    edges, ///< mean strength of the edges
    horizontalEdges, ///< … of those that run across
    risingEdges, ///< … from bottom left to top right
    verticalEdges, ///< … from top to bottom
    fallingEdges, ///< … from top left to bottom right
    mediumTexture, ///< how much the lightness varies over a thirty-second part of the picture; `edges` is the fine
                   ///< scale
    coarseTexture, ///< … over an eighth
    axisCount,
};
inline constexpr std::size_t colourCount = 24;
inline constexpr std::size_t regionCount = 5;
inline constexpr std::size_t dimensions = axisCount * regionCount;
inline constexpr float quarterWeight = 0.5F; ///< of a quarter against the whole

struct Rgb {
    float red = 0; ///< 0–1, sRGB
    float green = 0;
    float blue = 0;
};

using ColourShares = std::array<float, colourCount>;
using Region = std::array<float, axisCount>;
using Vector = std::array<float, dimensions>;

/// How much of each named colour there is in a colour, by distance in Oklab; sums to 1.
/// Source: B. Ottosson, "A perceptual color space for image processing", 2020.
[[nodiscard]] ColourShares sharesOf(const Rgb &colour);
/// Oklab lightness, 0–1, and distance from grey.
struct Lightness {
    float value = 0;
    float chroma = 0;
};
[[nodiscard]] Lightness lightnessOf(const Rgb &colour);

/// Joins the regions with their weights and brings the whole to unit length.
[[nodiscard]] Vector joined(const std::array<Region, regionCount> &regions);

} // namespace palette

} // namespace diptych
