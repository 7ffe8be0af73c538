// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/palette/paletteaxes.h"

#include <cmath>

namespace diptych::palette {

namespace {

struct Oklab {
    float lightness;
    float greenRed;
    float blueYellow;
};

float linear(float value)
{
    return value <= 0.04045F ? value / 12.92F : std::pow((value + 0.055F) / 1.055F, 2.4F);
}

Oklab toOklab(const Rgb &colour)
{
    const float r = linear(colour.red);
    const float g = linear(colour.green);
    const float b = linear(colour.blue);
    const float l = std::cbrt(0.4122214708F * r + 0.5363325363F * g + 0.0514459929F * b);
    const float m = std::cbrt(0.2119034982F * r + 0.6806995451F * g + 0.1073969566F * b);
    const float s = std::cbrt(0.0883024619F * r + 0.2817188376F * g + 0.6299787005F * b);
    return {0.2104542553F * l + 0.7936177850F * m - 0.0040720468F * s,
        1.9779984951F * l - 2.4285922050F * m + 0.4505937099F * s,
        0.0259040371F * l + 0.7827717662F * m - 0.8086757660F * s};
}

constexpr Rgb hex(unsigned value)
{
    return {static_cast<float>(value >> 16 & 255U) / 255, static_cast<float>(value >> 8 & 255U) / 255,
        static_cast<float>(value & 255U) / 255};
}

/// Black, dark grey, grey, light grey, white, red, dark red, pink, orange, brown, beige, yellow, olive, lime, green,
/// dark green, teal, cyan, light blue, blue, navy, purple, magenta, lavender.
constexpr std::array<Rgb, colourCount> colours {hex(0x000000), hex(0x404040), hex(0x808080), hex(0xc0c0c0),
    hex(0xffffff), hex(0xe6194b), hex(0x800000), hex(0xffb6c1), hex(0xff8c00), hex(0x8b4513), hex(0xe8d0a9),
    hex(0xffe119), hex(0x808000), hex(0x9acd32), hex(0x22a03c), hex(0x0b4a1b), hex(0x008080), hex(0x30e0e0),
    hex(0x87bfeb), hex(0x1e50dc), hex(0x000060), hex(0x7b1fa2), hex(0xe020d0), hex(0xc8b4f0)};

} // namespace

ColourShares sharesOf(const Rgb &colour)
{
    constexpr float spread = 0.07F; // of a named colour, in Oklab
    static const auto centres = [] {
        std::array<Oklab, colourCount> result {};
        for (std::size_t i = 0; i < colourCount; ++i)
            result[i] = toOklab(colours[i]);
        return result;
    }();
    const Oklab at = toOklab(colour);
    ColourShares distances {};
    float nearest = 1e9F;
    for (std::size_t i = 0; i < colourCount; ++i) {
        const float lightness = at.lightness - centres[i].lightness;
        const float greenRed = at.greenRed - centres[i].greenRed;
        const float blueYellow = at.blueYellow - centres[i].blueYellow;
        // Hue tells colours apart better than lightness does.
        distances[i] = 0.5F * lightness * lightness + greenRed * greenRed + blueYellow * blueYellow;
        nearest = std::min(nearest, distances[i]);
    }
    ColourShares shares {};
    float sum = 0;
    for (std::size_t i = 0; i < colourCount; ++i) {
        shares[i] = std::exp((nearest - distances[i]) / (2 * spread * spread));
        sum += shares[i];
    }
    for (float &share : shares)
        share /= sum;
    return shares;
}

Lightness lightnessOf(const Rgb &colour)
{
    const Oklab at = toOklab(colour);
    return {at.lightness, std::hypot(at.greenRed, at.blueYellow)};
}

Vector joined(const std::array<Region, regionCount> &regions)
{
    Vector vector {};
    float squares = 0;
    for (std::size_t region = 0; region < regionCount; ++region) {
        for (std::size_t axis = 0; axis < axisCount; ++axis) {
            const float value = regions[region][axis] * (region == 0 ? 1 : quarterWeight);
            vector[region * axisCount + axis] = value;
            squares += value * value;
        }
    }
    const float length = std::sqrt(squares);
    for (float &value : vector)
        value /= length; // never zero: the colour shares of a region sum to 1
    return vector;
}

} // namespace diptych::palette
