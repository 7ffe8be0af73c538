// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connectionoptions.h"
#include "core/error.h"

#include <QDateTime>

#include <chrono>
#include <optional>

namespace diptych {

/// Decides whether and when a failed request is sent again. Pure.
/// Retries 408, 409, 429, 5xx, and network failures before any byte of an answer. Delay: `retry-after-ms`,
/// `x-ms-retry-after-ms`, `Retry-After` (seconds or HTTP date), else exponential with jitter.
class RetryPolicy
{
public:
    explicit RetryPolicy(const RetryOptions &options);

    /// `attempt` is the one that failed, from 1. `random` in [0, 1) spreads the delay by 0.8–1.3.
    /// Unset: do not send again.
    [[nodiscard]] std::optional<std::chrono::milliseconds> delayAfter(
        int attempt, const Error &error, double random) const;

private:
    RetryOptions m_options;
};

/// How long the server asks to wait, from its headers; unset when it does not say.
[[nodiscard]] std::optional<std::chrono::milliseconds> retryAfter(const HeaderList &headers, const QDateTime &now);

} // namespace diptych
