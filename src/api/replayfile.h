// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "core/exchange.h"
#include "core/result.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace diptych {

/// A recorded exchange with everything that is known of it: what a replay needs, bytes and their times, and what the
/// Wire tab shows besides.
struct RecordedExchange {
    std::vector<Exchange> attempts {}; ///< the last one is the one that counted; never empty in a file
    QJsonObject commonRequest {}; ///< the request before the adapter; may be empty
    ChangeLog changeLog {};
    std::optional<Error> error {};
    bool operator==(const RecordedExchange &) const = default;
};

/// The usual end of such a file's name.
inline constexpr auto replayFileSuffix = ".diptych-exchange.json";

/// A recorded exchange as a file that can be replayed with its timing. Version 1:
///
///     {"format": "diptych-exchange", "version": 1, "commonRequest": {…}, "changes": […], "error": {…},
///      "attempts": [{"startedAt": ISO 8601, "attempt": 1, "peer": "…", "tls": "…", "reusedConnection": false,
///                    "request": {"method", "url", "headers": [{"name", "value"}], "bodyBase64"},
///                    "response": {"status", "reason", "headers", "bytesReceived", "framesReceived"},
///                    "frames": [{"at": µs since the start, "bytesBase64"}],
///                    "phases": {"sent": µs, …}, "gaps": {"count", "total": µs, "longest": µs}}]}
///
/// The frames one after the other are the body; bytes that were in no frame are frames with "isBetween": true. Secrets
/// are taken out before.
[[nodiscard]] QByteArray toReplayFile(const RecordedExchange &recorded);
/// Reads it back. Members that are unknown, missing or of another type are passed over; what would not be an exchange
/// at all is refused. At most Exchange::maxRecordedBody bytes and Exchange::maxRecordedFrames frames of an attempt are
/// taken. Errors: Error::Kind::InvalidRequest (not such a file, a newer version, too large).
[[nodiscard]] Result<RecordedExchange> fromReplayFile(const QByteArray &json);

/// A file larger than this is not read.
inline constexpr qint64 maxReplayFile = 256 * 1024 * 1024;

} // namespace diptych
