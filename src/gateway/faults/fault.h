// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QJsonObject>

#include <chrono>
#include <optional>

namespace diptych {

/// How the model `faulty` misbehaves, as a request asks for it in its extras:
///
///     "fault": "cut"   or   "fault": {"kind": "cut", "after": 3}
struct Fault {
    enum class Kind {
        Delay, ///< the answer begins late
        Stall, ///< it never goes on, and the connection stays open
        Cut, ///< the connection closes without an end mark
        Malformed, ///< one piece is no JSON
        WrongType, ///< one piece has members of another type
        RateLimit, ///< 429 with Retry-After
        Error, ///< 500, or another status
        Slow, ///< byte by byte
    };
    Kind kind = Kind::Delay;
    int after = 2; ///< pieces of the stream that pass before; an answer in one piece is spoilt in the middle
    std::chrono::milliseconds delay {1'000}; ///< "milliseconds", of Delay
    std::chrono::seconds retryAfter {1}; ///< "retry_after", of RateLimit
    int status = 500; ///< of Error, 500–599
    int bytesPerSecond = 200; ///< "bytes_per_second", of Slow
    bool operator==(const Fault &) const = default;
};

/// delay, stall, cut, malformed, wrong_type, rate_limit, error, slow
[[nodiscard]] QString faultName(Fault::Kind kind);
/// The fault that a body asks for, at its root or, as Ollama's clients send extras, in `options`. Unset: none. Errors:
/// InvalidRequest (not a known kind, a value out of range), with the path.
[[nodiscard]] Result<std::optional<Fault>> findFault(const QJsonObject &body);

} // namespace diptych
