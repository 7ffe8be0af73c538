// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/tape/tapeplayer.h"

#include <algorithm>

namespace diptych {

TapePlayer::TapePlayer(Exchange exchange, double speed, AnswerWriter &writer)
    : m_exchange(std::move(exchange))
    , m_speed(speed)
    , m_writer(writer)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &TapePlayer::play);
    m_clock.start();
    wait();
}

bool TapePlayer::isStream() const
{
    const QByteArray type = headerValue(m_exchange.responseHeaders, "Content-Type");
    return type.startsWith("text/event-stream") || type.startsWith("application/x-ndjson");
}

void TapePlayer::wait()
{
    std::chrono::microseconds until {0};
    if (m_speed > 0 && m_frame < m_exchange.frames.size()) {
        const auto recorded = static_cast<double>(m_exchange.frames[m_frame].at.count());
        until = std::chrono::microseconds(static_cast<qint64>(recorded / m_speed));
    }
    const std::chrono::microseconds passed(m_clock.nsecsElapsed() / 1000);
    m_timer.start(std::chrono::duration_cast<std::chrono::milliseconds>(std::max(until - passed, {})));
}

void TapePlayer::play()
{
    if (!isStream()) {
        m_writer.answer(m_exchange.status, m_exchange.responseHeaders, m_exchange.responseBody);
        return;
    }
    if (m_frame == 0 && !m_writer.hasBegun()) {
        const HeaderList &headers = m_exchange.responseHeaders;
        m_writer.beginStream(headerValue(headers, "Content-Type"), headersWithout(headers, "Content-Type"));
    }
    if (m_frame < m_exchange.frames.size()) {
        playFrame();
        wait();
        return;
    }
    m_writer.endStream();
}

void TapePlayer::playFrame()
{
    const ExchangeFrame &frame = m_exchange.frames[m_frame++];
    m_writer.write(m_exchange.responseBody.mid(frame.offset, frame.size));
}

} // namespace diptych
