// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QMetaType>
#include <QString>
#include <QUrl>

#include <chrono>
#include <optional>
#include <vector>

namespace diptych {

/// One header line, name as written on the wire.
struct HeaderField {
    QByteArray name {};
    QByteArray value {};
    bool operator==(const HeaderField &) const = default;
};
using HeaderList = std::vector<HeaderField>;

/// The first value of a header, case-insensitive; empty when absent.
[[nodiscard]] QByteArray headerValue(const HeaderList &headers, const QByteArray &name);
/// The list without any header of this name, case-insensitive.
[[nodiscard]] HeaderList headersWithout(HeaderList headers, const QByteArray &name);

/// When each phase of an exchange was over, in microseconds since the request was handed to the transport
/// (monotonic clock). Unset: the phase has not been reached, or did not happen (no TLS, reused connection).
struct PhaseTimes {
    using Time = std::optional<std::chrono::microseconds>;
    Time dequeued {}; ///< a connection slot was free
    Time resolved {}; ///< the host name was looked up
    Time connected {}; ///< TCP established; 0-length on a reused connection
    Time encrypted {}; ///< TLS handshake done
    Time sent {}; ///< the last byte of the request was handed to the system
    Time firstByte {}; ///< first byte of the answer
    Time firstToken {}; ///< first visible piece of text, reasoning or tool call
    Time firstText {}; ///< first piece of the answer's text: later than firstToken after reasoning
    Time finished {}; ///< last byte of the answer, or the failure
    bool operator==(const PhaseTimes &) const = default;
};

/// Gaps between consecutive pieces of a stream.
struct GapStatistics {
    qint64 count = 0;
    std::chrono::microseconds total {0};
    std::chrono::microseconds longest {0};
    bool operator==(const GapStatistics &) const = default;
};

/// One frame of a streamed answer: a server-sent event, an NDJSON line, or a raw read of a plain body.
struct ExchangeFrame {
    std::chrono::microseconds at {0}; ///< since the start of the exchange
    qint64 offset = 0; ///< where it begins in Exchange::responseBody
    qint64 size = 0; ///< bytes
    bool isVisible = false; ///< it brought text, reasoning or a tool call, not only counts or marks
    bool operator==(const ExchangeFrame &) const = default;
};

/// One recorded HTTP exchange: what went out, what came back, and when. Secrets never get in: the values of secret
/// headers and of key-like items of the URL's query are replaced by *** before they are stored here.
struct Exchange {
    QDateTime startedAt {}; ///< UTC wall clock, for display only
    QByteArray method {};
    QUrl url {};
    HeaderList requestHeaders {};
    QByteArray requestBody {}; ///< the bytes sent, verbatim
    int attempt = 1; ///< 1 for the first try; retries count up
    bool reusedConnection = false;
    int status = 0; ///< 0: no answer yet
    QByteArray reason {};
    HeaderList responseHeaders {};
    QByteArray responseBody {}; ///< decoded (after gzip); at most maxRecordedBody bytes
    std::vector<ExchangeFrame> frames {}; ///< at most maxRecordedFrames
    qint64 bytesReceived = 0; ///< of the body, also those not recorded
    qint64 framesReceived = 0; ///< also those not recorded
    PhaseTimes phases {};
    GapStatistics gaps {};
    QString peerAddress {}; ///< "127.0.0.1:8080"; empty when not connected
    QString tlsProtocol {}; ///< e.g. "TLS 1.3"; empty without TLS
    bool operator==(const Exchange &) const = default;

    static constexpr qint64 maxRecordedBody = 8 * 1024 * 1024;
    static constexpr qsizetype maxRecordedFrames = 100'000;
};

} // namespace diptych

Q_DECLARE_METATYPE(diptych::Exchange)
