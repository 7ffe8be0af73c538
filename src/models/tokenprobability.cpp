// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tokenprobability.h"

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

/// A probability's part of an entropy.
double bits(double probability)
{
    return probability > 0 ? -probability * std::log2(probability) : 0;
}

} // namespace

std::optional<double> surpriseBits(const TokenLogprob &token)
{
    if (!token.logprob)
        return std::nullopt;
    return std::max(0.0, -*token.logprob / std::log(2.0));
}

std::vector<TokenLogprob::Alternative> candidates(const TokenLogprob &token)
{
    std::vector<TokenLogprob::Alternative> all = token.top;
    const bool isListed =
        std::any_of(all.begin(), all.end(), [&token](const auto &candidate) { return candidate.token == token.token; });
    if (!isListed && token.logprob)
        all.push_back({.token = token.token, .logprob = *token.logprob});
    std::stable_sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.logprob > b.logprob; });
    return all;
}

std::optional<double> entropyBits(const TokenLogprob &token)
{
    if (token.top.empty())
        return std::nullopt;
    double sum = 0;
    double known = 0;
    for (const TokenLogprob::Alternative &candidate : candidates(token)) {
        const double probability = std::exp(candidate.logprob);
        known += probability;
        sum += bits(probability);
    }
    return sum + bits(std::clamp(1 - known, 0.0, 1.0));
}

bool isUncertain(const TokenLogprob &token)
{
    if (!token.logprob)
        return false;
    const bool isBeaten = std::any_of(token.top.begin(), token.top.end(), [&token](const auto &candidate) {
        return candidate.token != token.token && candidate.logprob > *token.logprob;
    });
    return isBeaten || *token.logprob < std::log(0.5);
}

} // namespace diptych
