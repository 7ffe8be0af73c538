// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/ndjsondecoder.h"

#include "net/utf8.h"

#include <QCoreApplication>

#include <utility>

namespace diptych {

namespace {

QByteArrayView withoutCr(QByteArrayView line)
{
    return line.endsWith('\r') ? line.chopped(1) : line;
}

} // namespace

void NdjsonDecoder::feed(QByteArrayView bytes)
{
    if (!m_error)
        m_reader.feed(bytes);
}

bool NdjsonDecoder::next(QByteArray &line, qint64 &offset)
{
    QByteArrayView raw;
    while (!m_error && m_reader.next(raw)) {
        const QByteArrayView text = withoutCr(raw);
        if (text.size() > maxFrame)
            fail();
        if (m_error || text.trimmed().isEmpty())
            continue;
        offset = m_reader.position() - 1 - raw.size();
        line.resize(0); // keeps the buffer
        line.append(text);
        repairUtf8(line);
        return true;
    }
    if (!m_error && m_reader.rest().size() > maxFrame)
        fail();
    return false;
}

QByteArray NdjsonDecoder::finish()
{
    QByteArray line = withoutCr(m_reader.rest()).toByteArray();
    m_reader.clear();
    if (m_error || line.trimmed().isEmpty())
        return {};
    repairUtf8(line);
    return line;
}

void NdjsonDecoder::fail()
{
    m_error = Error {.kind = Error::Kind::Protocol,
        .message = QCoreApplication::translate("NdjsonDecoder", "A line of the stream is longer than 16 MiB.")};
    m_reader.clear();
}

} // namespace diptych
