// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentdump.h"

#include "transcript/transcriptformats.h"

#include <QTextBlock>
#include <QTextTable>

namespace diptych {

namespace {

QString fragmentDump(const QTextFragment &fragment)
{
    const QTextCharFormat format = fragment.charFormat();
    QString marks;
    marks += format.fontWeight() > QFont::Normal ? QString::number(format.fontWeight()) : QString();
    marks += format.fontItalic() ? u"i" : u"";
    marks += format.fontStrikeOut() ? u"s" : u"";
    marks += format.fontFixedPitch() ? u"c" : u"";
    marks += format.foreground().color().name();
    marks += format.fontPointSize() > 0 ? QString::number(format.fontPointSize()) : QString();
    marks += format.anchorHref();
    marks += format.stringProperty(TranscriptFormats::FormulaProperty);
    return QStringLiteral("{%1:%2}").arg(marks, fragment.text());
}

QString blockDump(const QTextBlock &block, const QTextTable *table)
{
    const QTextBlockFormat format = block.blockFormat();
    QString line = QStringLiteral("role %1 top %2 left %3 indent %4 quote %5 heading %6 align %7 ")
                       .arg(int(TranscriptFormats::role(block)))
                       .arg(format.topMargin())
                       .arg(format.leftMargin())
                       .arg(format.textIndent())
                       .arg(format.intProperty(TranscriptFormats::QuoteDepthProperty))
                       .arg(format.headingLevel())
                       .arg(int(format.alignment()));
    if (table) {
        const QTextTableCell cell = table->cellAt(block.position());
        line += QStringLiteral("cell %1,%2 of %3,%4 ")
                    .arg(cell.row())
                    .arg(cell.column())
                    .arg(table->rows())
                    .arg(table->columns());
    }
    for (auto it = block.begin(); !it.atEnd(); ++it)
        line += fragmentDump(it.fragment());
    return line;
}

} // namespace

QString documentDump(const QTextDocument &document)
{
    QStringList lines;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        lines += blockDump(block, cursor.currentTable());
    }
    // A document may end in one empty block that waits for what comes next.
    const bool endsFresh = document.lastBlock().length() <= 1
        && (TranscriptFormats::role(document.lastBlock()) == BlockRole::Spacer || document.blockCount() == 1);
    if (endsFresh)
        lines.removeLast();
    return lines.join(u'\n');
}

} // namespace diptych
