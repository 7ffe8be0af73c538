// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/palette/picturefeatures.h"

#include <QHash>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace diptych {

namespace {

using palette::Region;

/// What is known of one colour; pictures have few different ones once they are rounded.
struct Measured {
    palette::ColourShares shares {};
    palette::Lightness lightness {};
};

/// Sums over the pixels of one region.
class RegionSums
{
public:
    void addColour(const Measured &colour)
    {
        for (std::size_t i = 0; i < palette::colourCount; ++i)
            m_shares[i] += colour.shares[i];
        m_lightness += colour.lightness.value;
        m_squares += colour.lightness.value * colour.lightness.value;
        m_chroma += colour.lightness.chroma;
        ++m_pixels;
    }

    void addEdge(float strength, const std::array<float, 4> &directions)
    {
        m_strength += strength;
        for (std::size_t i = 0; i < 4; ++i)
            m_directions[i] += strength * directions[i];
    }

    void addTexture(palette::Axis scale, float difference) { m_textures[scale - palette::mediumTexture] += difference; }

    [[nodiscard]] Region region() const
    {
        Region region {};
        if (m_pixels == 0)
            return region;
        for (std::size_t i = 0; i < palette::colourCount; ++i)
            region[palette::firstColour + i] = static_cast<float>(std::sqrt(m_shares[i] / m_pixels));
        const double mean = m_lightness / m_pixels;
        region[palette::brightness] = static_cast<float>(mean - 0.5);
        region[palette::saturation] = static_cast<float>(m_chroma / m_pixels * 2);
        region[palette::contrast] = static_cast<float>(std::sqrt(std::max(0.0, m_squares / m_pixels - mean * mean)));
        constexpr double gain = 4; // brings ordinary photographs to about the size of the other axes
        const auto axis = [&](double sum) { return static_cast<float>(std::min(1.0, gain * sum / m_pixels)); };
        region[palette::edges] = axis(m_strength);
        for (std::size_t i = 0; i < 4; ++i)
            region[palette::horizontalEdges + i] = axis(m_directions[i]);
        for (std::size_t i = 0; i < m_textures.size(); ++i)
            region[palette::mediumTexture + i] = axis(m_textures[i]);
        return region;
    }

private:
    std::array<double, palette::colourCount> m_shares {};
    std::array<double, 4> m_directions {};
    std::array<double, 2> m_textures {};
    double m_lightness = 0;
    double m_squares = 0;
    double m_chroma = 0;
    double m_strength = 0;
    double m_pixels = 0;
};

palette::Rgb colourAt(const Picture &picture, int x, int y)
{
    const float *pixel = picture.pixels.data() + (std::size_t(y) * std::size_t(picture.width) + std::size_t(x)) * 3;
    return {pixel[0], pixel[1], pixel[2]};
}

const Measured &measured(const palette::Rgb &colour, QHash<int, Measured> &known)
{
    const auto level = [](float value) { return static_cast<int>(std::lround(value * 31)); };
    const int key = level(colour.red) << 10 | level(colour.green) << 5 | level(colour.blue);
    auto found = known.find(key);
    if (found == known.end()) {
        const palette::Rgb rounded {static_cast<float>(key >> 10) / 31, static_cast<float>(key >> 5 & 31) / 31,
            static_cast<float>(key & 31) / 31};
        found = known.insert(key, {palette::sharesOf(rounded), palette::lightnessOf(rounded)});
    }
    return *found;
}

/// How much an edge belongs to each of the four directions in which edges are counted; sums to 1.
std::array<float, 4> directionsOf(float across, float down)
{
    // An edge runs at a right angle to its gradient; y points down, so that a rising edge has a falling gradient.
    const float angle = std::atan2(across, down);
    std::array<float, 4> result {};
    const float position = (angle < 0 ? angle + std::numbers::pi_v<float> : angle) / (std::numbers::pi_v<float> / 4);
    const auto lower = static_cast<std::size_t>(position) % 4;
    const float rest = position - std::floor(position);
    result[lower] = 1 - rest;
    result[(lower + 1) % 4] += rest;
    return result;
}

/// Sums of rectangles of a plane in four look-ups each.
class SummedPlane
{
public:
    SummedPlane(const std::vector<float> &plane, int width, int height)
        : m_width(width)
        , m_height(height)
        , m_sums(std::size_t(width + 1) * std::size_t(height + 1))
    {
        for (int y = 0; y < height; ++y) {
            double row = 0;
            for (int x = 0; x < width; ++x) {
                row += plane[std::size_t(y) * std::size_t(width) + std::size_t(x)];
                m_sums[index(x + 1, y + 1)] = m_sums[index(x + 1, y)] + row;
            }
        }
    }

    /// Mean of the box from (x, y) to before (x + size, y + size), cut at the border.
    [[nodiscard]] double mean(int x, int y, int size) const
    {
        const int left = std::clamp(x, 0, m_width - 1);
        const int top = std::clamp(y, 0, m_height - 1);
        const int right = std::clamp(x + size, left + 1, m_width);
        const int bottom = std::clamp(y + size, top + 1, m_height);
        const double sum = m_sums[index(right, bottom)] - m_sums[index(left, bottom)] - m_sums[index(right, top)]
            + m_sums[index(left, top)];
        return sum / (double(right - left) * (bottom - top));
    }

private:
    [[nodiscard]] std::size_t index(int x, int y) const
    {
        return std::size_t(y) * std::size_t(m_width + 1) + std::size_t(x);
    }

    int m_width;
    int m_height;
    std::vector<double> m_sums;
};

} // namespace

palette::Vector featuresOf(const Picture &picture)
{
    std::array<RegionSums, palette::regionCount> sums;
    QHash<int, Measured> known;
    std::vector<float> lightness(picture.pixels.size() / 3);
    const auto quarter = [&](int x, int y) {
        return static_cast<std::size_t>(1 + (x * 2 >= picture.width ? 1 : 0) + (y * 2 >= picture.height ? 2 : 0));
    };
    const auto at = [&](int x, int y) -> float & {
        return lightness[std::size_t(std::clamp(y, 0, picture.height - 1)) * std::size_t(picture.width)
            + std::size_t(std::clamp(x, 0, picture.width - 1))];
    };
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const Measured &colour = measured(colourAt(picture, x, y), known);
            at(x, y) = colour.lightness.value;
            sums[0].addColour(colour);
            sums[quarter(x, y)].addColour(colour);
        }
    }
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const float across = at(x + 1, y) - at(x - 1, y);
            const float down = at(x, y + 1) - at(x, y - 1);
            const float strength = std::hypot(across, down);
            if (strength < 0.02F)
                continue;
            const auto directions = directionsOf(across, down);
            sums[0].addEdge(strength, directions);
            sums[quarter(x, y)].addEdge(strength, directions);
        }
    }
    const SummedPlane plane(lightness, picture.width, picture.height);
    const int side = std::max(picture.width, picture.height);
    for (const auto &[scale, share] : {std::pair(palette::mediumTexture, 32), std::pair(palette::coarseTexture, 8)}) {
        const int size = std::max(1, side / share);
        for (int y = 0; y < picture.height; ++y) {
            for (int x = 0; x < picture.width; ++x) {
                const double here = plane.mean(x, y, size);
                const auto difference = static_cast<float>(
                    std::hypot(plane.mean(x + size, y, size) - here, plane.mean(x, y + size, size) - here));
                sums[0].addTexture(scale, difference);
                sums[quarter(x, y)].addTexture(scale, difference);
            }
        }
    }
    std::array<Region, palette::regionCount> regions;
    std::transform(sums.begin(), sums.end(), regions.begin(), [](const RegionSums &sum) { return sum.region(); });
    // A picture one pixel wide has empty quarters; they look like the whole.
    for (Region &region : regions) {
        if (std::all_of(region.begin(), region.end(), [](float value) { return value == 0; }))
            region = regions[0];
    }
    return palette::joined(regions);
}

} // namespace diptych
