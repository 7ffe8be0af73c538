// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/wordmap/spelling.h"

#include <algorithm>
#include <cmath>

namespace diptych {

void addRandom(std::uint64_t seed, float factor, std::span<float> sum)
{
    const float size = factor / std::sqrt(static_cast<float>(sum.size()));
    for (std::size_t i = 0; i < sum.size(); i += 64) {
        // splitmix64: 64 signs a step
        seed += 0x9e3779b97f4a7c15ULL;
        std::uint64_t bits = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9ULL;
        bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
        bits ^= bits >> 31;
        for (std::size_t j = 0; j < 64; ++j)
            sum[i + j] += (bits >> j & 1) != 0 ? size : -size;
    }
}

void addLook(std::string_view word, float factor, std::span<float> sum)
{
    std::size_t parts = 0;
    forEachPart(word, [&](std::string_view) { ++parts; });
    if (parts == 0)
        return;
    const float each = factor / std::sqrt(static_cast<float>(parts));
    forEachPart(word, [&](std::string_view part) { addRandom(hashOf(part), each, sum); });
}

bool isOneSlipAway(std::string_view a, std::string_view b)
{
    if (a.size() > b.size())
        std::swap(a, b);
    if (b.size() - a.size() > 1)
        return false;
    const auto differ = std::mismatch(a.begin(), a.end(), b.begin());
    const std::string_view restA = a.substr(static_cast<std::size_t>(differ.first - a.begin()));
    const std::string_view restB = b.substr(static_cast<std::size_t>(differ.second - b.begin()));
    if (a.size() < b.size())
        return restA == restB.substr(1);
    if (restA.empty() || restA.substr(1) == restB.substr(1))
        return true;
    return restA.size() > 1 && restA[0] == restB[1] && restA[1] == restB[0] && restA.substr(2) == restB.substr(2);
}

} // namespace diptych
