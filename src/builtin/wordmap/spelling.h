// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include <span>
#include <string>
#include <string_view>

namespace diptych {

/// How many vectors the parts of words share. The program that makes the table includes this file.
constexpr std::size_t spellingBuckets = 8192;

/// FNV-1a: the same on every machine and in every run, unlike qHash.
[[nodiscard]] constexpr std::uint64_t hashOf(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char byte : text)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    return hash;
}

/// Calls `visit` with each run of three to five bytes of "<word>".
template <typename Visitor>
void forEachPart(std::string_view word, Visitor visit)
{
    std::string padded;
    padded.reserve(word.size() + 2);
    padded.append(1, '<').append(word).append(1, '>');
    for (std::size_t length = 3; length <= 5; ++length) {
        for (std::size_t start = 0; start + length <= padded.size(); ++start)
            visit(std::string_view(padded).substr(start, length));
    }
}

/// Adds a random direction of length `factor` that belongs to the seed; the size of `sum` is a multiple of 64.
void addRandom(std::uint64_t seed, float factor, std::span<float> sum);
/// Adds a direction of about length `factor` that is alike for words spelt alike, whatever they mean.
void addLook(std::string_view word, float factor, std::span<float> sum);
/// Whether one letter added, dropped, changed or swapped with its neighbour turns one word into the other.
[[nodiscard]] bool isOneSlipAway(std::string_view a, std::string_view b);

} // namespace diptych
