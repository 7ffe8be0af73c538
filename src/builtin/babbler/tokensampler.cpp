// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/babbler/tokensampler.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace diptych {

namespace {

quint64 startOf(const SamplingParameters &parameters, int stream)
{
    const quint64 seed =
        parameters.seed ? static_cast<quint64>(*parameters.seed) : QRandomGenerator::global()->generate64();
    // An odd constant far from small numbers keeps the streams of neighbouring seeds apart.
    return seed + static_cast<quint64>(stream) * 0x9e3779b97f4a7c15ULL;
}

} // namespace

TokenSampler::TokenSampler(const SamplingParameters &parameters, int stream)
    : m_parameters(parameters)
    , m_temperature(parameters.temperature.value_or(defaultTemperature))
    , m_random(startOf(parameters, stream))
{
}

double TokenSampler::uniform()
{
    return static_cast<double>(m_random() >> 11) * 0x1.0p-53;
}

int TokenSampler::draw(std::vector<float> probabilities)
{
    applyPenalties(probabilities);
    int token = 0;
    if (m_temperature <= 0) {
        token = static_cast<int>(std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin());
    } else {
        applyTemperature(probabilities);
        keepTop(probabilities);
        double rest = uniform() * std::accumulate(probabilities.begin(), probabilities.end(), 0.0);
        int last = 0;
        for (token = 0; token < static_cast<int>(probabilities.size()); ++token) {
            const float probability = probabilities[static_cast<std::size_t>(token)];
            if (probability <= 0)
                continue;
            last = token;
            rest -= probability;
            if (rest < 0)
                break;
        }
        token = last; // rounding may leave a little beyond the end
    }
    ++m_drawn[token];
    return token;
}

void TokenSampler::applyPenalties(std::vector<float> &probabilities) const
{
    const double byCount = m_parameters.frequencyPenalty.value_or(0);
    const double once = m_parameters.presencePenalty.value_or(0);
    for (auto drawn = m_drawn.begin(); drawn != m_drawn.end(); ++drawn)
        probabilities[static_cast<std::size_t>(drawn.key())] *=
            static_cast<float>(std::exp(-byCount * drawn.value() - once));
}

void TokenSampler::applyTemperature(std::vector<float> &probabilities) const
{
    if (m_temperature == 1)
        return;
    // Relative to the largest, so that low temperatures do not underflow to nothing.
    const float largest = *std::max_element(probabilities.begin(), probabilities.end());
    const auto power = static_cast<float>(1 / m_temperature);
    for (float &probability : probabilities)
        probability = std::pow(probability / largest, power);
}

void TokenSampler::keepTop(std::vector<float> &probabilities) const
{
    const double share = m_parameters.topP.value_or(1);
    if (share >= 1)
        return;
    const double wanted = share * std::accumulate(probabilities.begin(), probabilities.end(), 0.0);
    std::vector<int> heap(probabilities.size()); // mostly few are kept: cheaper than to sort all
    std::iota(heap.begin(), heap.end(), 0);
    const auto at = [&](int token) { return probabilities[static_cast<std::size_t>(token)]; };
    const auto isBelow = [&](int a, int b) { return at(a) != at(b) ? at(a) < at(b) : a > b; };
    std::make_heap(heap.begin(), heap.end(), isBelow);
    std::vector<float> kept(probabilities.size(), 0);
    double reached = 0;
    do {
        const int token = heap.front();
        std::pop_heap(heap.begin(), heap.end(), isBelow);
        heap.pop_back();
        kept[static_cast<std::size_t>(token)] = at(token);
        reached += static_cast<double>(at(token));
    } while (reached < wanted && !heap.empty());
    probabilities = std::move(kept);
}

} // namespace diptych
