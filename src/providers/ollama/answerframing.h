// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/common/streamframing.h"

namespace diptych::ollama {

/// Streams of JSON documents, one on each line, and a single document that is spread over lines, as servers that
/// imitate Ollama print it: one whose first line is a brace alone ends at the next line that is a brace alone.
class AnswerFraming
{
public:
    static constexpr bool isBraceWhole = false;

    void feed(QByteArrayView bytes) { m_lines.feed(bytes); }
    [[nodiscard]] bool next(StreamFrame &frame);
    [[nodiscard]] bool last(StreamFrame &frame);
    [[nodiscard]] const std::optional<Error> &error() const { return m_lines.error(); }
    [[nodiscard]] static bool isEndMark(const QByteArray &) { return false; }

private:
    /// Adds a line to the document that is open; true when it ends there, or when none is open.
    [[nodiscard]] bool close(StreamFrame &frame);

    NdjsonFraming m_lines;
    StreamFrame m_open; // empty: none
};

} // namespace diptych::ollama
