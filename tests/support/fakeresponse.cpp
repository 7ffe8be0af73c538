// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"

#include <algorithm>

namespace diptych {

namespace {

QByteArray statusLine(int status)
{
    return "HTTP/1.1 " + QByteArray::number(status) + (status < 400 ? " OK\r\n" : " Error\r\n");
}

QByteArray chunk(const QByteArray &piece)
{
    return QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n";
}

} // namespace

FakeResponse FakeResponse::json(int status, const QByteArray &body)
{
    return text(status, "application/json", body);
}

FakeResponse FakeResponse::text(int status, const QByteArray &contentType, const QByteArray &body)
{
    FakeResponse response;
    response.m_head = statusLine(status);
    response.header("Content-Type", contentType).header("Content-Length", QByteArray::number(body.size()));
    response.m_pieces = {body};
    return response;
}

FakeResponse FakeResponse::sse(const std::vector<QByteArray> &events)
{
    std::vector<QByteArray> pieces;
    for (const QByteArray &event : events)
        pieces.push_back("data: " + event + "\n\n");
    return chunked("text/event-stream", pieces);
}

FakeResponse FakeResponse::chunked(const QByteArray &contentType, const std::vector<QByteArray> &pieces)
{
    FakeResponse response;
    response.m_head = statusLine(200);
    response.header("Content-Type", contentType).header("Transfer-Encoding", "chunked");
    for (const QByteArray &piece : pieces)
        response.m_pieces.push_back(chunk(piece));
    response.m_tail = "0\r\n\r\n";
    return response;
}

FakeResponse FakeResponse::raw(const std::vector<QByteArray> &pieces)
{
    FakeResponse response;
    response.m_pieces = pieces;
    return response;
}

FakeResponse &FakeResponse::header(const QByteArray &name, const QByteArray &value)
{
    m_head += name + ": " + value + "\r\n";
    return *this;
}

FakeResponse &FakeResponse::delayBefore(int milliseconds)
{
    m_delayBefore = milliseconds;
    return *this;
}

FakeResponse &FakeResponse::delayBetween(int milliseconds)
{
    m_delayBetween = milliseconds;
    return *this;
}

FakeResponse &FakeResponse::byteByByte(int milliseconds)
{
    m_delayPerByte = milliseconds;
    return *this;
}

FakeResponse &FakeResponse::cutAfter(qsizetype bytes)
{
    m_cutAfter = bytes;
    return *this;
}

FakeResponse &FakeResponse::thenStall()
{
    m_tail.clear();
    m_end = End::Stall;
    return *this;
}

FakeResponse &FakeResponse::thenClose()
{
    m_tail.clear();
    m_end = End::Close;
    return *this;
}

FakeResponse &FakeResponse::thenReset()
{
    m_tail.clear();
    m_end = End::Reset;
    return *this;
}

FakeResponse &FakeResponse::closeAtEnd()
{
    m_end = End::Close;
    return *this;
}

std::vector<FakeResponse::Step> FakeResponse::steps() const
{
    std::vector<Step> result;
    const QByteArray head = m_head.isEmpty() ? QByteArray() : QByteArray(m_head + "\r\n");
    result.push_back({.delay = m_delayBefore, .bytes = head});
    for (const QByteArray &piece : m_pieces)
        result.push_back({.delay = result.size() > 1 || !head.isEmpty() ? m_delayBetween : 0, .bytes = piece});
    result.push_back({.bytes = m_tail});

    if (m_cutAfter >= 0) {
        qsizetype left = m_cutAfter;
        for (Step &step : result) {
            step.bytes.truncate(left);
            left -= step.bytes.size();
        }
    }
    if (m_delayPerByte >= 0) {
        std::vector<Step> bytes;
        for (const Step &step : result) {
            for (const char byte : step.bytes)
                bytes.push_back({.delay = m_delayPerByte, .bytes = QByteArray(1, byte)});
        }
        result = std::move(bytes);
    }
    std::erase_if(result, [](const Step &step) { return step.bytes.isEmpty() && step.delay == 0; });
    return result;
}

} // namespace diptych
