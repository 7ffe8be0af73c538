// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/mathbox.h"

#include <algorithm>
#include <map>

namespace diptych {

namespace {

/// The pieces of a tall delimiter.
struct Pieces {
    QString top {};
    QString middle {};
    QString bottom {};
    QString extension {};
};

Pieces piecesOf(const QString &delimiter)
{
    static const std::map<QString, Pieces> known {
        {QStringLiteral("("), {QStringLiteral("⎛"), QStringLiteral("⎜"), QStringLiteral("⎝"), QStringLiteral("⎜")}},
        {QStringLiteral(")"), {QStringLiteral("⎞"), QStringLiteral("⎟"), QStringLiteral("⎠"), QStringLiteral("⎟")}},
        {QStringLiteral("["), {QStringLiteral("⎡"), QStringLiteral("⎢"), QStringLiteral("⎣"), QStringLiteral("⎢")}},
        {QStringLiteral("]"), {QStringLiteral("⎤"), QStringLiteral("⎥"), QStringLiteral("⎦"), QStringLiteral("⎥")}},
        {QStringLiteral("{"), {QStringLiteral("⎧"), QStringLiteral("⎨"), QStringLiteral("⎩"), QStringLiteral("⎪")}},
        {QStringLiteral("}"), {QStringLiteral("⎫"), QStringLiteral("⎬"), QStringLiteral("⎭"), QStringLiteral("⎪")}}};
    const auto found = known.find(delimiter);
    return found == known.end() ? Pieces {delimiter, delimiter, delimiter, delimiter} : found->second;
}

MathBox tallDelimiter(const QString &delimiter, qsizetype height, qsizetype base)
{
    const Pieces pieces = piecesOf(delimiter);
    MathBox box {.lines = {}, .base = base};
    for (qsizetype line = 0; line < height; ++line) {
        if (line == 0)
            box.lines += pieces.top;
        else if (line == height - 1)
            box.lines += pieces.bottom;
        else
            box.lines += line == height / 2 ? pieces.middle : pieces.extension;
    }
    return box;
}

QString padded(const QString &text, qsizetype width, Qt::Alignment align)
{
    const qsizetype room = std::max<qsizetype>(0, width - mathColumns(text));
    const qsizetype before = align == Qt::AlignRight ? room : align == Qt::AlignHCenter ? room / 2 : 0;
    return QString(before, u' ') + text + QString(room - before, u' ');
}

MathBox padded(const MathBox &box, qsizetype width, Qt::Alignment align)
{
    MathBox result {.lines = {}, .base = box.base};
    for (const QString &line : box.lines)
        result.lines += padded(padded(line, box.width(), Qt::AlignLeft), width, align);
    return result;
}

Qt::Alignment alignmentOf(ColumnAlign align, size_t column)
{
    if (align == ColumnAlign::RightLeft)
        return column % 2 == 0 ? Qt::AlignRight : Qt::AlignLeft;
    return align == ColumnAlign::Center ? Qt::AlignHCenter : Qt::AlignLeft;
}

MathBox trimmedAtTheEnd(MathBox box)
{
    for (QString &line : box.lines) {
        while (line.endsWith(u' '))
            line.chop(1);
    }
    return box;
}

} // namespace

qsizetype mathColumns(const QString &text)
{
    return std::count_if(text.begin(), text.end(), [](QChar c) { return !c.isMark() && !c.isLowSurrogate(); });
}

qsizetype MathBox::width() const
{
    qsizetype widest = 0;
    for (const QString &line : lines)
        widest = std::max(widest, mathColumns(line));
    return widest;
}

MathBox besideEachOther(const std::vector<MathBox> &boxes)
{
    qsizetype above = 0;
    qsizetype below = 0;
    for (const MathBox &box : boxes) {
        above = std::max(above, box.base);
        below = std::max(below, box.lines.size() - box.base - 1);
    }
    MathBox result {.lines = QStringList(above + 1 + below), .base = above};
    for (const MathBox &box : boxes) {
        const qsizetype width = box.width();
        for (qsizetype line = 0; line < result.lines.size(); ++line) {
            const qsizetype own = line - (above - box.base);
            const bool isOwn = own >= 0 && own < box.lines.size();
            result.lines[line] +=
                result.isTall() ? padded(isOwn ? box.lines[own] : QString(), width, Qt::AlignLeft) : box.lines[own];
        }
    }
    return result;
}

MathBox belowEachOther(const std::vector<MathBox> &boxes)
{
    MathBox result {.lines = {}};
    for (const MathBox &box : boxes)
        result.lines += box.lines;
    if (result.lines.isEmpty())
        result.lines += QString();
    result.base = (result.lines.size() - 1) / 2;
    return result;
}

MathBox mathTable(const std::vector<std::vector<MathBox>> &rows, ColumnAlign align, const QString &separator)
{
    std::vector<qsizetype> widths;
    for (const auto &row : rows) {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (size_t column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], row[column].width());
    }
    std::vector<MathBox> lines;
    for (const auto &row : rows) {
        std::vector<MathBox> cells;
        for (size_t column = 0; column < row.size(); ++column) {
            if (column > 0)
                cells.push_back(MathBox::fromText(separator));
            cells.push_back(padded(row[column], widths[column], alignmentOf(align, column)));
        }
        lines.push_back(besideEachOther(cells));
    }
    return trimmedAtTheEnd(belowEachOther(lines));
}

MathBox withDelimiters(const QString &open, const MathBox &box, const QString &close)
{
    if (!box.isTall())
        return MathBox::fromText(open + box.lines.front() + close);
    std::vector<MathBox> parts;
    if (!open.isEmpty())
        parts.push_back(tallDelimiter(open, box.lines.size(), box.base));
    parts.push_back(box);
    if (!close.isEmpty())
        parts.push_back(tallDelimiter(close, box.lines.size(), box.base));
    return besideEachOther(parts);
}

} // namespace diptych
