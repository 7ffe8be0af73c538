// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formatting.h"

#include <QCoreApplication>
#include <QLocale>

namespace diptych {

namespace {

QString translated(const char *source)
{
    return QCoreApplication::translate("diptych::formatting", source);
}

} // namespace

QString formatDuration(std::chrono::microseconds duration)
{
    const double milliseconds = static_cast<double>(duration.count()) / 1000.0;
    const QLocale locale;
    if (milliseconds < 10)
        return translated("%1 ms").arg(locale.toString(milliseconds, 'f', 1));
    if (milliseconds < 1000)
        return translated("%1 ms").arg(locale.toString(milliseconds, 'f', 0));
    const double seconds = milliseconds / 1000.0;
    if (seconds < 60)
        return translated("%1 s").arg(locale.toString(seconds, 'f', seconds < 10 ? 2 : 1));
    const auto whole = static_cast<qint64>(seconds);
    return translated("%1 min %2 s").arg(whole / 60).arg(whole % 60);
}

QString formatDuration(const std::optional<std::chrono::microseconds> &duration)
{
    return duration ? formatDuration(*duration) : QStringLiteral("–");
}

QString formatBytes(qint64 bytes)
{
    const QLocale locale;
    if (bytes < 1000)
        return translated("%1 B").arg(bytes);
    if (bytes < 1'000'000)
        return translated("%1 KB").arg(locale.toString(static_cast<double>(bytes) / 1e3, 'f', 1));
    if (bytes < 1'000'000'000)
        return translated("%1 MB").arg(locale.toString(static_cast<double>(bytes) / 1e6, 'f', 1));
    return translated("%1 GB").arg(locale.toString(static_cast<double>(bytes) / 1e9, 'f', 1));
}

QString shortenedLines(const QString &text)
{
    // A text layout needs seconds for a line of some 100,000 characters.
    constexpr qsizetype longest = 4000;
    constexpr qsizetype kept = 500;
    if (text.size() <= longest)
        return text;
    QStringList lines = text.split(u'\n');
    for (QString &line : lines) {
        if (line.size() > longest)
            line = QString(line.left(kept) + translated(" … %1 characters more … ").arg(line.size() - 2 * kept)
                + line.right(kept));
    }
    return lines.join(u'\n');
}

QString visibleToken(const QString &token)
{
    QString shown;
    for (const QChar letter : token) {
        if (letter == u' ')
            shown += QChar(0x00B7);
        else if (letter == u'\n')
            shown += QChar(0x23CE);
        else if (letter == u'\t')
            shown += QChar(0x21E5);
        else if (letter.category() == QChar::Other_Control || letter.category() == QChar::Other_Format)
            shown += QStringLiteral("\\u%1").arg(static_cast<int>(letter.unicode()), 4, 16, QLatin1Char('0'));
        else
            shown += letter;
    }
    return shown;
}

} // namespace diptych
