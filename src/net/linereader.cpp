// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/linereader.h"

#include <cstring>

namespace diptych {

namespace {

constexpr QByteArrayView byteOrderMark = "\xEF\xBB\xBF";
constexpr qsizetype compactFrom = 64 * 1024; // bytes read before what is left is moved to the front

const char *find(QByteArrayView bytes, char byte)
{
    return bytes.isEmpty() ? nullptr
                           : static_cast<const char *>(std::memchr(bytes.data(), byte, std::size_t(bytes.size())));
}

} // namespace

LineReader::LineReader(Ends ends)
    : m_ends(ends)
{
}

void LineReader::feed(QByteArrayView bytes)
{
    if (m_begin == m_bytes.size() || m_begin >= compactFrom) {
        const qsizetype left = m_bytes.size() - m_begin;
        if (left > 0)
            std::memmove(m_bytes.data(), m_bytes.constData() + m_begin, std::size_t(left));
        m_bytes.resize(left);
        m_dropped += m_begin;
        m_searched -= m_begin;
        m_begin = 0;
    }
    m_bytes.append(bytes);
    if (m_ends == Ends::Any && !m_hasCr)
        m_hasCr = find(bytes, '\r') != nullptr;
}

bool LineReader::next(QByteArrayView &line)
{
    if (m_atStart)
        skipByteOrderMark();
    if (m_skipLf)
        skipSecondHalfOfCrLf();
    const QByteArrayView unsearched = QByteArrayView(m_bytes).sliced(m_searched);
    const char *end = find(unsearched, '\n');
    if (m_hasCr) {
        const qsizetype upTo = end ? end - unsearched.data() : unsearched.size();
        if (const char *cr = find(unsearched.first(upTo), '\r')) {
            end = cr;
            m_skipLf = true;
        }
    }
    if (!end || m_atStart) {
        m_searched = m_atStart ? 0 : m_bytes.size();
        return false;
    }
    const qsizetype position = end - m_bytes.constData();
    line = QByteArrayView(m_bytes).sliced(m_begin, position - m_begin);
    m_begin = position + 1;
    m_searched = m_begin;
    return true;
}

QByteArrayView LineReader::rest() const
{
    return QByteArrayView(m_bytes).sliced(m_begin);
}

void LineReader::clear()
{
    m_dropped += m_bytes.size();
    m_bytes.clear();
    m_begin = 0;
    m_searched = 0;
}

void LineReader::skipSecondHalfOfCrLf()
{
    if (m_begin >= m_bytes.size())
        return;
    m_skipLf = false;
    if (m_bytes.at(m_begin) == '\n') {
        ++m_begin;
        m_searched = m_begin;
    }
}

void LineReader::skipByteOrderMark()
{
    const QByteArrayView start(m_bytes);
    if (start.startsWith(byteOrderMark)) {
        m_begin = byteOrderMark.size();
        m_searched = m_begin;
    } else if (byteOrderMark.startsWith(start)) {
        return; // may still become one
    }
    m_atStart = false;
}

} // namespace diptych
