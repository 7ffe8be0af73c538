// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/ndjsondecoder.h"
#include "net/ssedecoder.h"

namespace diptych {

/// One document of a stream and where it stood.
struct StreamFrame {
    QByteArray data {}; ///< JSON, or the end mark
    QByteArray error {}; ///< non-empty: the frame's framing says that it is an error
    qint64 offset = 0;
    qint64 size = 0;
};

/// Streams of server-sent events. A body that does not begin like one is taken for one JSON document.
class SseFraming
{
public:
    static constexpr bool isBraceWhole = true; ///< a body that begins with a brace is one document

    void feed(QByteArrayView bytes) { m_decoder.feed(bytes); }
    [[nodiscard]] bool next(StreamFrame &frame);
    /// What is left when the body has ended; nothing here: an event without its blank line was cut.
    [[nodiscard]] bool last(StreamFrame &) { return false; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_decoder.error(); }
    [[nodiscard]] static bool isEndMark(const QByteArray &data)
    {
        return data.startsWith("[DONE]") && data.trimmed() == "[DONE]";
    }

private:
    SseDecoder m_decoder;
    SseEvent m_event;
};

/// Streams of JSON documents, one on each line; a body in one piece is a stream of one line.
class NdjsonFraming
{
public:
    static constexpr bool isBraceWhole = false;

    void feed(QByteArrayView bytes) { m_decoder.feed(bytes); }
    [[nodiscard]] bool next(StreamFrame &frame);
    [[nodiscard]] bool last(StreamFrame &frame);
    [[nodiscard]] const std::optional<Error> &error() const { return m_decoder.error(); }
    [[nodiscard]] static bool isEndMark(const QByteArray &) { return false; }

private:
    NdjsonDecoder m_decoder;
    qint64 m_end = 0; // of the last line that was given out
};

} // namespace diptych
