// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminaloutput.h"

#include <unistd.h>

namespace diptych {

namespace {

bool isDangerous(char16_t c)
{
    const bool isC0 = c < 0x20 && c != u'\n' && c != u'\t';
    const bool isDelOrC1 = c >= 0x7f && c <= 0x9f;
    const bool isBidi = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return isC0 || isDelOrC1 || isBidi;
}

bool endsOrMovesALine(char16_t c)
{
    constexpr char16_t lineSeparator = 0x2028;
    constexpr char16_t paragraphSeparator = 0x2029;
    return c == u'\n' || c == u'\t' || c == lineSeparator || c == paragraphSeparator;
}

template <typename Matches>
QString spelledOut(QStringView text, Matches matches)
{
    QString result;
    result.reserve(text.size());
    for (const QChar c : text) {
        if (c == u'\r')
            continue;
        if (matches(c.unicode()))
            result += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            result += c;
    }
    return result;
}

} // namespace

QString withoutControls(QStringView text)
{
    return spelledOut(text, isDangerous);
}

QString onOneLine(QStringView text)
{
    return spelledOut(text, [](char16_t c) { return isDangerous(c) || endsOrMovesALine(c); });
}

TerminalOutput::TerminalOutput(std::FILE *file)
    : TerminalOutput(file, isatty(fileno(file)) == 1)
{
}

TerminalOutput::TerminalOutput(std::FILE *file, bool isTerminal)
    : m_file(file)
    , m_isTerminal(isTerminal)
{
}

void TerminalOutput::write(const QString &text)
{
    put(m_encoder.encode(m_isTerminal ? withoutControls(text) : text));
}

void TerminalOutput::writeBytes(const QByteArray &bytes)
{
    if (m_isTerminal)
        write(m_decoder(bytes));
    else
        put(bytes);
}

void TerminalOutput::put(const QByteArray &bytes)
{
    const auto size = static_cast<std::size_t>(bytes.size());
    if (std::fwrite(bytes.constData(), 1, size, m_file) != size || std::fflush(m_file) != 0)
        m_hasFailed = true;
}

void TerminalOutput::writeLine(const QString &line)
{
    write(line);
    write(QStringLiteral("\n"));
}

} // namespace diptych
