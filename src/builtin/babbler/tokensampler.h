// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"

#include <QHash>

#include <random>
#include <vector>

namespace diptych {

/// Draws tokens from distributions as the sampling parameters say. The same seed and distributions give the same draws
/// on every machine.
/// Source: the descriptions of temperature, top_p and the penalties in the OpenAI API reference.
class TokenSampler
{
public:
    static constexpr double defaultTemperature = 0.8;

    /// Without a seed in the parameters, a random one. Choices of one request differ by `stream`.
    TokenSampler(const SamplingParameters &parameters, int stream);

    /// One token, and remembers it for the penalties.
    [[nodiscard]] int draw(std::vector<float> probabilities);

private:
    [[nodiscard]] double uniform(); // in [0, 1)
    void applyPenalties(std::vector<float> &probabilities) const;
    void applyTemperature(std::vector<float> &probabilities) const;
    void keepTop(std::vector<float> &probabilities) const;

    SamplingParameters m_parameters;
    double m_temperature;
    std::mt19937_64 m_random;
    QHash<int, int> m_drawn;
};

} // namespace diptych
