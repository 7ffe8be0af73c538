// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/wordpieces.h"

namespace diptych {

namespace {

constexpr qsizetype longestPiece = 12; // letters

bool isWordUnit(QChar unit)
{
    return unit.isLetterOrNumber() || unit.isMark() || unit == u'_';
}

/// Where the piece that begins at `start` ends.
qsizetype pieceEnd(QStringView text, qsizetype start)
{
    qsizetype end = start;
    while (end < text.size() && text[end].isSpace())
        ++end;
    if (end == text.size())
        return end;
    if (!isWordUnit(text[end])) {
        end += text[end].isHighSurrogate() && end + 1 < text.size() && text[end + 1].isLowSurrogate() ? 2 : 1;
        while (end < text.size() && (text[end].isMark() || text[end] == QChar(0x200d)))
            ++end;
        return end;
    }
    const qsizetype limit = end + longestPiece;
    while (end < text.size() && isWordUnit(text[end]) && (end < limit || text[end].isMark()))
        ++end;
    return end;
}

} // namespace

QStringList wordPieces(QStringView text)
{
    QStringList pieces;
    for (qsizetype start = 0; start < text.size();) {
        const qsizetype end = pieceEnd(text, start);
        pieces.push_back(text.mid(start, end - start).toString());
        start = end;
    }
    return pieces;
}

qint64 countWordPieces(QStringView text)
{
    qint64 count = 0;
    for (qsizetype start = 0; start < text.size(); ++count)
        start = pieceEnd(text, start);
    return count;
}

} // namespace diptych
