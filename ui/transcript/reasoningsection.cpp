// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/reasoningsection.h"

#include "transcript/inerttext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTextBlock>

namespace diptych {

namespace {

QString title(qsizetype characters, bool isUnderWay)
{
    const QString count = QLocale().toString(characters);
    return isUnderWay
        ? QCoreApplication::translate("diptych::ReasoningSection", "Thinking: %1 characters").arg(count)
        : QCoreApplication::translate("diptych::ReasoningSection", "Thought for %1 characters").arg(count);
}

} // namespace

void ReasoningSection::start(MarkdownBuilder &builder, const QString &text, bool isUnderWay)
{
    builder.startBlock(BlockRole::ReasoningHeader);
    const int position = builder.cursor().position();
    builder.insertPlain(title(text.size(), isUnderWay));
    m_header = builder.cursor();
    m_header.setPosition(position);
    m_header.setKeepPositionOnInsert(true);
    if (!m_isFolded)
        builder.addLines(BlockRole::ReasoningText, inertText(text));
}

bool ReasoningSection::hasHeader(const QTextBlock &block) const
{
    return isShown() && m_header.block() == block;
}

QTextCursor ReasoningSection::headerEnd() const
{
    QTextCursor cursor(m_header.block());
    cursor.movePosition(QTextCursor::EndOfBlock);
    return cursor;
}

QTextCursor ReasoningSection::end() const
{
    QTextBlock last = m_header.block();
    while (last.next().isValid() && TranscriptFormats::role(last.next()) == BlockRole::ReasoningText)
        last = last.next();
    QTextCursor cursor(last);
    cursor.movePosition(QTextCursor::EndOfBlock);
    return cursor;
}

void ReasoningSection::setTitle(qsizetype characters, bool isUnderWay)
{
    QTextCursor cursor(m_header.block());
    const QString text = title(characters, isUnderWay);
    if (cursor.block().text() == text)
        return;
    // The last character stays, so that cursors behind the header do not move into it.
    const QTextCharFormat format = cursor.blockCharFormat();
    cursor.insertText(text, format);
    cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
}

void ReasoningSection::append(MarkdownBuilder &builder, const QString &text)
{
    if (m_isFolded)
        return;
    const QTextCursor last = end();
    const bool isFirst = TranscriptFormats::role(last.block()) == BlockRole::ReasoningHeader;
    if (last.position() != builder.cursor().position())
        return; // the answer has begun below; the whole is shown when it is unfolded again
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (i > 0 || isFirst)
            builder.startBlock(BlockRole::ReasoningText);
        builder.insertPlain(lines[i]);
    }
}

void ReasoningSection::insertLines(QTextCursor cursor, const QString &text, const TranscriptFormats &formats)
{
    const QTextBlockFormat block = formats.block(BlockRole::ReasoningText, {});
    const QTextCharFormat format = formats.text(BlockRole::ReasoningText);
    for (const QString &line : inertText(text).split(u'\n')) {
        cursor.insertBlock(block, format);
        cursor.insertText(line, format);
    }
}

void ReasoningSection::setFolded(bool folded, const QString &text, const TranscriptFormats &formats)
{
    if (m_isFolded == folded || !isShown())
        return;
    m_isFolded = folded;
    if (!folded) {
        insertLines(headerEnd(), text, formats);
        return;
    }
    QTextCursor all = headerEnd();
    all.setPosition(end().position(), QTextCursor::KeepAnchor);
    all.removeSelectedText();
}

} // namespace diptych
