// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>
#include <deque>
#include <optional>

namespace diptych {

/// How fast something comes, over the last seconds.
class TransferRate
{
public:
    /// `bytes` so far at `now` of a steady clock. Fewer bytes than before begin anew.
    void add(qint64 bytes, std::chrono::milliseconds now);
    void clear() { m_samples.clear(); }

    /// Unset until it can be told.
    [[nodiscard]] std::optional<double> bytesPerSecond() const;
    /// Unset when it can not be told, or when nothing comes.
    [[nodiscard]] std::optional<std::chrono::seconds> timeFor(qint64 bytes) const;

private:
    struct Sample {
        qint64 bytes = 0;
        std::chrono::milliseconds time {};
    };
    std::deque<Sample> m_samples;
};

} // namespace diptych
