// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/enginelog.h"

#include <QRegularExpression>

#include <algorithm>

namespace diptych {

namespace {

/// Colours and cursor movements mean nothing in a log view, and a program must not draw there.
QString readable(const QByteArray &line)
{
    static const QRegularExpression escapes(QStringLiteral("\x1b(\\[[0-?]*[ -/]*[@-~]|\\][^\x07]*\x07?|.)?"));
    QString text = QString::fromUtf8(line);
    text.remove(escapes);
    text.replace(u'\t', QStringLiteral("    "));
    text.removeIf([](QChar letter) { return letter.category() == QChar::Other_Control; });
    return text;
}

} // namespace

QStringList EngineLog::append(const QByteArray &bytes)
{
    QStringList complete;
    m_rest += bytes;
    qsizetype begin = 0;
    while (begin < m_rest.size()) {
        const qsizetype end = m_rest.indexOf('\n', begin);
        const qsizetype length = (end < 0 ? m_rest.size() : end) - begin;
        if (length > maxLineLength) {
            take(m_rest.mid(begin, maxLineLength), complete);
            begin += maxLineLength;
        } else if (end >= 0) {
            take(m_rest.mid(begin, length), complete);
            begin = end + 1;
        } else {
            break;
        }
    }
    m_rest.remove(0, begin);
    return complete;
}

QStringList EngineLog::flush()
{
    QStringList complete;
    if (!m_rest.isEmpty())
        take(m_rest, complete);
    m_rest.clear();
    return complete;
}

void EngineLog::clear()
{
    m_rest.clear();
    m_lines.clear();
}

QStringList EngineLog::tail(int count) const
{
    const auto wanted = std::min<std::ptrdiff_t>(count, std::ptrdiff_t(m_lines.size()));
    return {m_lines.end() - wanted, m_lines.end()};
}

void EngineLog::take(const QByteArray &line, QStringList &complete)
{
    m_lines.push_back(readable(line));
    if (m_lines.size() > maxLines)
        m_lines.pop_front();
    complete.append(m_lines.back());
}

} // namespace diptych
