// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/transfer/jsonelements.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych {

namespace {

bool isSpace(char character)
{
    return character == ' ' || character == '\n' || character == '\t' || character == '\r';
}

} // namespace

JsonElements::JsonElements(QByteArrayView text)
    : m_text(text)
{
    if (m_text.startsWith("\xef\xbb\xbf"))
        m_position = 3;
    skipSpace();
    m_isArray = m_position < m_text.size() && m_text[m_position] == '[';
    if (m_isArray) {
        ++m_position;
        skipSpace();
    }
    m_atEnd = m_position >= m_text.size() || (m_isArray && m_text[m_position] == ']');
}

void JsonElements::skipSpace()
{
    while (m_position < m_text.size() && isSpace(m_text[m_position]))
        ++m_position;
}

/// The comma or bracket that ends the value at the position, or the end of the text.
qsizetype JsonElements::endOfValue() const
{
    int depth = 0;
    bool isInString = false;
    for (qsizetype index = m_position; index < m_text.size(); ++index) {
        const char character = m_text[index];
        if (isInString) {
            if (character == '\\')
                ++index;
            else if (character == '"')
                isInString = false;
            continue;
        }
        if (character == '"')
            isInString = true;
        else if (character == '{' || character == '[')
            ++depth;
        else if (depth > 0 && (character == '}' || character == ']'))
            --depth;
        else if (depth == 0 && (character == ',' || character == ']'))
            return index;
    }
    return m_text.size();
}

QByteArrayView JsonElements::next()
{
    if (m_atEnd)
        return {};
    m_offset = m_position;
    if (!m_isArray) {
        m_atEnd = true;
        return m_text.sliced(m_position);
    }
    const qsizetype end = endOfValue();
    const QByteArrayView element = m_text.sliced(m_position, end - m_position);
    m_position = end;
    const bool hasMore = m_position < m_text.size() && m_text[m_position] == ',';
    if (hasMore)
        ++m_position;
    skipSpace();
    m_atEnd = !hasMore || m_position >= m_text.size();
    return element;
}

QString placeInText(QByteArrayView text, qsizetype offset)
{
    const QByteArrayView before = text.first(std::clamp(offset, qsizetype(0), text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const qsizetype column = before.size() - before.lastIndexOf('\n');
    return QCoreApplication::translate("diptych::SessionImport", "line %1, column %2").arg(line).arg(column);
}

} // namespace diptych
