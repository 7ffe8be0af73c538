// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/tape/recordingwriter.h"

#include "gateway/receivedexchange.h"

namespace diptych {

RecordingWriter::RecordingWriter(const HttpServerRequest &request, AnswerWriter &next, Keep keep)
    : AnswerRelay(next)
    , m_exchange(receivedExchange(request))
    , m_keep(std::move(keep))
{
    m_clock.start();
    m_exchange.phases.sent = std::chrono::microseconds(0);
}

void RecordingWriter::begin(int status, const HeaderList &headers)
{
    m_exchange.status = status;
    m_exchange.responseHeaders = headers;
    m_exchange.phases.firstByte = now();
}

void RecordingWriter::note(const QByteArray &bytes)
{
    m_exchange.frames.push_back({.at = now(), .offset = m_exchange.responseBody.size(), .size = bytes.size()});
    m_exchange.responseBody += bytes;
    m_exchange.bytesReceived += bytes.size();
    ++m_exchange.framesReceived;
}

void RecordingWriter::end()
{
    m_exchange.phases.finished = now();
    const bool isWhole = m_exchange.bytesReceived <= Exchange::maxRecordedBody
        && m_exchange.framesReceived <= Exchange::maxRecordedFrames;
    if (isWhole)
        m_keep(m_exchange);
}

void RecordingWriter::answer(int status, const HeaderList &headers, const QByteArray &body)
{
    begin(status, headers);
    note(body);
    AnswerRelay::answer(status, headers, body); // first: keeping it takes the disk's time
    end();
}

void RecordingWriter::beginStream(const QByteArray &contentType, const HeaderList &headers)
{
    HeaderList all = headers;
    all.push_back({"Content-Type", contentType});
    begin(200, all);
    AnswerRelay::beginStream(contentType, headers);
}

void RecordingWriter::write(const QByteArray &bytes)
{
    if (m_exchange.bytesReceived <= Exchange::maxRecordedBody)
        note(bytes);
    AnswerRelay::write(bytes);
}

void RecordingWriter::endStream(bool close)
{
    AnswerRelay::endStream(close);
    end();
}

} // namespace diptych
