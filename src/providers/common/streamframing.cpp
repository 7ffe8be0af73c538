// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/streamframing.h"

namespace diptych {

bool SseFraming::next(StreamFrame &frame)
{
    if (!m_decoder.next(m_event))
        return false;
    // The buffers go round: one that is shared could not be filled again.
    frame.data.swap(m_event.data);
    frame.error.swap(m_event.error);
    if (frame.error.isEmpty() && m_event.name == "error")
        frame.error = frame.data;
    frame.offset = m_event.offset;
    frame.size = m_event.size;
    return true;
}

bool NdjsonFraming::next(StreamFrame &frame)
{
    if (!m_decoder.next(frame.data, frame.offset))
        return false;
    frame.size = frame.data.size() + 1;
    m_end = frame.offset + frame.size;
    return true;
}

bool NdjsonFraming::last(StreamFrame &frame)
{
    frame.data = m_decoder.finish();
    frame.offset = m_end;
    frame.size = frame.data.size();
    return !frame.data.trimmed().isEmpty();
}

} // namespace diptych
