// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "net/linereader.h"

#include <QByteArray>

namespace diptych {

/// One server-sent event.
struct SseEvent {
    QByteArray name {}; ///< field `event`; empty: "message"
    QByteArray data {}; ///< data lines joined by LF; valid UTF-8 (invalid bytes became U+FFFD)
    QByteArray error {}; ///< the non-standard field `error` of llama.cpp; non-empty: the stream failed
    qint64 offset = 0; ///< where the event begins in the whole stream, bytes
    qint64 size = 0; ///< bytes of the event with its blank line (of a CR LF there, the CR only)
    bool operator==(const SseEvent &) const = default;
};

/// Turns bytes into server-sent events, however the bytes were cut.
/// Source: WHATWG HTML §9.2.6 "Interpreting an event stream". Pure: no I/O, no signals.
///
///     decoder.feed(bytes);
///     while (decoder.next(event)) …
///     if (decoder.error()) …
class SseDecoder
{
public:
    static constexpr qsizetype maxFrame = 16 * 1024 * 1024; ///< bytes; a longer event is an Error::Kind::Protocol

    void feed(QByteArrayView bytes);
    /// The next complete event; false when there is none yet. `event` keeps its buffers from call to call.
    [[nodiscard]] bool next(SseEvent &event);
    /// Set when a frame is too long; next() then stays false.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// An unfinished event is pending: the stream was cut. (WHATWG drops it; we want to know.)
    [[nodiscard]] bool hasPartialEvent() const;
    [[nodiscard]] const QByteArray &lastEventId() const { return m_lastEventId; }
    [[nodiscard]] std::optional<int> retryMilliseconds() const { return m_retry; }

private:
    void takeLine(QByteArrayView line);
    bool takeEvent(SseEvent &event);
    void checkLength(qint64 end);

    LineReader m_reader {LineReader::Ends::Any};
    SseEvent m_event; // being put together
    std::optional<qint64> m_begin; // of the event being put together; unset: no line of it yet
    bool m_hasData = false;
    std::optional<QByteArray> m_pendingEventId;
    std::optional<Error> m_error;
    QByteArray m_lastEventId;
    std::optional<int> m_retry;
};

} // namespace diptych
