// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ollama/answerframing.h"

#include <utility>

namespace diptych::ollama {

namespace {

/// Whether a line is this one character, apart from a little white space at its end.
bool isOnly(const QByteArray &line, char brace)
{
    return line.size() < 8 && line.startsWith(brace) && line.trimmed().size() == 1;
}

} // namespace

bool AnswerFraming::next(StreamFrame &frame)
{
    while (m_lines.next(frame)) {
        if (close(frame))
            return true;
    }
    return false;
}

bool AnswerFraming::last(StreamFrame &frame)
{
    if (m_lines.last(frame) && close(frame))
        return true;
    // Cut before its end: what is there tells what is wrong.
    frame = std::exchange(m_open, {});
    return !frame.data.isEmpty();
}

bool AnswerFraming::close(StreamFrame &frame)
{
    if (m_open.data.isEmpty()) {
        if (!isOnly(frame.data, '{'))
            return true;
        m_open = frame;
        return false;
    }
    m_open.data += '\n' + frame.data;
    m_open.size = frame.offset + frame.size - m_open.offset;
    // Longer than any line may be: no document, and no reason to keep more of it.
    if (!isOnly(frame.data, '}') && m_open.data.size() <= NdjsonDecoder::maxFrame)
        return false;
    frame = std::exchange(m_open, {});
    return true;
}

} // namespace diptych::ollama
