// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/transferrate.h"

#include <cmath>

namespace diptych {

namespace {

constexpr std::chrono::milliseconds window {5'000};
constexpr std::chrono::milliseconds shortest {500}; // less says nothing
constexpr std::chrono::milliseconds resolution {100};

} // namespace

void TransferRate::add(qint64 bytes, std::chrono::milliseconds now)
{
    if (!m_samples.empty() && bytes < m_samples.back().bytes)
        m_samples.clear();
    // A fast server reports thousands of times a second.
    if (m_samples.size() > 1 && now - m_samples[m_samples.size() - 2].time < resolution)
        m_samples.pop_back();
    m_samples.push_back({bytes, now});
    while (m_samples.size() > 2 && now - m_samples[1].time >= window)
        m_samples.pop_front();
}

std::optional<double> TransferRate::bytesPerSecond() const
{
    if (m_samples.size() < 2)
        return std::nullopt;
    const auto time = m_samples.back().time - m_samples.front().time;
    if (time < shortest)
        return std::nullopt;
    return double(m_samples.back().bytes - m_samples.front().bytes) / std::chrono::duration<double>(time).count();
}

std::optional<std::chrono::seconds> TransferRate::timeFor(qint64 bytes) const
{
    const std::optional<double> rate = bytesPerSecond();
    if (!rate || *rate < 1)
        return std::nullopt;
    return std::chrono::seconds(std::llround(std::ceil(double(bytes) / *rate)));
}

} // namespace diptych
