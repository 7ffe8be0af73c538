// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/ssedecoder.h"

#include "net/utf8.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace diptych {

namespace {

bool isNumber(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void assign(QByteArray &target, QByteArrayView text)
{
    target.resize(0); // keeps the buffer
    target.append(text);
}

} // namespace

void SseDecoder::feed(QByteArrayView bytes)
{
    if (!m_error)
        m_reader.feed(bytes);
}

bool SseDecoder::next(SseEvent &event)
{
    QByteArrayView line;
    while (!m_error && m_reader.next(line)) {
        if (!line.isEmpty()) {
            if (line.front() != ':')
                takeLine(line);
        } else if (takeEvent(event)) {
            return true;
        }
    }
    checkLength(m_reader.position() + m_reader.rest().size());
    return false;
}

bool SseDecoder::hasPartialEvent() const
{
    const QByteArrayView rest = m_reader.rest();
    return m_begin || (!rest.isEmpty() && rest.front() != ':' && rest != QByteArrayView("\n"));
}

void SseDecoder::takeLine(QByteArrayView line)
{
    if (!m_begin)
        m_begin = m_reader.position() - 1 - line.size();
    const qsizetype colon = line.indexOf(':');
    const QByteArrayView name = colon < 0 ? line : line.first(colon);
    QByteArrayView value = colon < 0 ? QByteArrayView() : line.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);

    if (name == QByteArrayView("data")) {
        if (std::exchange(m_hasData, true))
            m_event.data.append('\n');
        m_event.data.append(value);
        checkLength(m_reader.position());
    } else if (name == QByteArrayView("event")) {
        assign(m_event.name, value);
    } else if (name == QByteArrayView("error")) {
        assign(m_event.error, value);
    } else if (name == QByteArrayView("id")) {
        if (!value.contains('\0'))
            m_pendingEventId = value.toByteArray();
    } else if (name == QByteArrayView("retry")) {
        bool fits = false;
        const int milliseconds = isNumber(value) ? value.toByteArray().toInt(&fits) : 0;
        if (fits)
            m_retry = milliseconds;
    }
}

bool SseDecoder::takeEvent(SseEvent &event)
{
    const bool isEvent = m_hasData || !m_event.error.isEmpty();
    const qint64 begin = m_begin.value_or(0);
    m_begin.reset();
    m_hasData = false;
    if (m_pendingEventId) {
        m_lastEventId = *m_pendingEventId;
        m_pendingEventId.reset();
    }
    if (isEvent) {
        repairUtf8(m_event.name);
        repairUtf8(m_event.data);
        repairUtf8(m_event.error);
        m_event.offset = begin;
        m_event.size = m_reader.position() - begin;
        std::swap(event, m_event); // the buffers go round
    }
    m_event.name.resize(0);
    m_event.data.resize(0);
    m_event.error.resize(0);
    return isEvent;
}

void SseDecoder::checkLength(qint64 end)
{
    if (m_error || end - m_begin.value_or(m_reader.position()) <= maxFrame)
        return;
    m_error = Error {.kind = Error::Kind::Protocol,
        .message = QCoreApplication::translate("SseDecoder", "An event of the stream is longer than 16 MiB.")};
    m_reader.clear();
    m_event = {};
    m_begin.reset();
}

} // namespace diptych
