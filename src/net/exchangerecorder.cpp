// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/exchangerecorder.h"

#include "core/secret.h"
#include "net/httpclient.h"

#include <algorithm>

namespace diptych {

ExchangeRecorder::ExchangeRecorder(const HttpRequest &request)
    : m_secrets(request)
{
    exchange.startedAt = QDateTime::currentDateTimeUtc();
    exchange.method = request.method;
    exchange.url = redactedUrl(request.url);
    exchange.requestBody = request.body;
    exchange.attempt = request.attempt;
    m_clock.start();
}

void ExchangeRecorder::tick()
{
    m_now = std::chrono::microseconds(m_clock.nsecsElapsed() / 1000);
}

void ExchangeRecorder::mark(PhaseTimes::Time &phase)
{
    tick();
    phase = m_now;
}

void ExchangeRecorder::restartConnection()
{
    exchange.phases = {.dequeued = exchange.phases.dequeued};
    exchange.peerAddress.clear();
    exchange.tlsProtocol.clear();
}

void ExchangeRecorder::recordHeaders(int status, const QByteArray &reason, const HeaderList &headers)
{
    exchange.status = status;
    exchange.reason = m_secrets.hidden(reason);
    exchange.responseHeaders = m_secrets.hidden(headers);
}

void ExchangeRecorder::recordBody(QByteArrayView bytes)
{
    exchange.bytesReceived += bytes.size();
    const qsizetype known = exchange.responseBody.size();
    const qint64 room = Exchange::maxRecordedBody - known;
    if (room <= 0)
        return;
    exchange.responseBody.append(bytes.first(std::min<qint64>(room, bytes.size())));
    m_secrets.mask(exchange.responseBody, known);
}

void ExchangeRecorder::recordFrame(qint64 offset, qint64 size)
{
    if (exchange.framesReceived++ > 0) {
        const std::chrono::microseconds gap = m_now - m_lastFrame;
        ++exchange.gaps.count;
        exchange.gaps.total += gap;
        exchange.gaps.longest = std::max(exchange.gaps.longest, gap);
    }
    m_lastFrame = m_now;
    if (qsizetype(exchange.frames.size()) < Exchange::maxRecordedFrames)
        exchange.frames.push_back({.at = m_now, .offset = offset, .size = size});
}

void ExchangeRecorder::recordVisible()
{
    if (!exchange.phases.firstToken)
        exchange.phases.firstToken = m_now;
    if (exchange.framesReceived == qint64(exchange.frames.size()) && !exchange.frames.empty())
        exchange.frames.back().isVisible = true;
}

} // namespace diptych
