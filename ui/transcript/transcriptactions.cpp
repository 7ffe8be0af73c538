// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/transcriptactions.h"

#include "theme/theme.h"
#include "transcript/transcriptdocument.h"
#include "transcript/transcriptview.h"
#include "transcript/transcriptwriters.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QMimeData>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextTable>

#include <algorithm>

namespace diptych {

namespace {

/// What somebody said, and no remark of ours between.
bool isMessage(const TranscriptBlock &block)
{
    return block.speaker != TranscriptSpeaker::Notice && block.speaker != TranscriptSpeaker::Mark;
}

/// What stands between the text of a block and that of the one before.
QString separator(const QTextBlock &block)
{
    if (block.blockFormat().boolProperty(TranscriptFormats::CodeContinuesProperty))
        return {};
    const QTextCursor cursor(block);
    const QTextTable *table = cursor.currentTable();
    const bool isInRow = table && table->cellAt(block.position()).column() > 0;
    return isInRow ? QStringLiteral("\t") : QStringLiteral("\n");
}

QString textBetween(const QTextDocument &document, int start, int end)
{
    QString text;
    for (QTextBlock block = document.findBlock(start); block.isValid() && block.position() < end;
         block = block.next()) {
        const BlockRole role = TranscriptFormats::role(block);
        if (role == BlockRole::CodeCaption || role == BlockRole::Spacer || role == BlockRole::ReasoningHeader)
            continue;
        const int from = std::max(0, start - block.position());
        const int to = std::min(int(block.text().size()), end - block.position());
        if (!text.isEmpty())
            text += separator(block);
        text += block.text().mid(from, to - from).replace(QChar::LineSeparator, u'\n');
    }
    return text;
}

QString heading(const TranscriptBlock &block)
{
    if (!block.caption.isEmpty())
        return block.caption;
    return block.speaker == TranscriptSpeaker::User ? TranscriptActions::tr("You") : TranscriptActions::tr("Answer");
}

void copyText(const QString &text)
{
    QApplication::clipboard()->setText(text);
}

void copyMarkdown(const QString &markdown)
{
    auto *data = new QMimeData; // the clipboard owns it
    data->setText(markdown);
    data->setData(QStringLiteral("text/markdown"), markdown.toUtf8());
    QApplication::clipboard()->setMimeData(data);
}

} // namespace

TranscriptActions::TranscriptActions(TranscriptView &view, const TranscriptDocument &transcript)
    : QObject(&view)
    , m_view(view)
    , m_transcript(transcript)
{
    add("copySelectionText", tr("Copy as plain text"), "Ctrl+Alt+C", &TranscriptActions::copySelectionAsText);
    add("copySelectionMarkdown", tr("Copy as Markdown"), "Ctrl+Shift+C", &TranscriptActions::copySelectionAsMarkdown);
    add("copyAnswerText", tr("Copy message"), "", &TranscriptActions::copyAnswerAsText);
    add("copyAnswerMarkdown", tr("Copy message as Markdown"), "Ctrl+Shift+A", &TranscriptActions::copyAnswerAsMarkdown);
    add("copyCode", tr("Copy code block"), "Ctrl+Shift+K", &TranscriptActions::copyCode);
    add("copyConversationText", tr("Copy conversation"), "", &TranscriptActions::copyConversationAsText);
    add("copyConversationMarkdown", tr("Copy conversation as Markdown"), "",
        &TranscriptActions::copyConversationAsMarkdown);
}

QAction *TranscriptActions::add(
    const char *name, const QString &text, const char *keys, void (TranscriptActions::*slot)())
{
    auto *action = new QAction(themeIcon(QStringLiteral("copy")), text, &m_view);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcut(QKeySequence(QString::fromLatin1(keys)));
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, slot);
    m_view.addAction(action);
    m_actions.append(action);
    return action;
}

QTextBlock TranscriptActions::codeCaption(QTextBlock block)
{
    while (block.isValid() && TranscriptFormats::role(block) == BlockRole::CodeLine)
        block = block.previous();
    return TranscriptFormats::role(block) == BlockRole::CodeCaption ? block : QTextBlock();
}

void TranscriptActions::addTo(QMenu &menu, int position)
{
    m_position = position;
    m_menu = &menu;
    // The actions act after the menu has been hidden.
    connect(&menu, &QObject::destroyed, this, [this, closed = &menu] {
        if (m_menu == closed)
            m_position = -1;
    });
    const bool hasSelection = m_view.textCursor().hasSelection();
    const bool hasCode = codeCaption(m_view.document()->findBlock(position)).isValid();
    menu.addSeparator();
    for (QAction *action : std::as_const(m_actions)) {
        const QString name = action->objectName();
        const bool isOfSelection = name.startsWith(u"copySelection");
        if ((isOfSelection && !hasSelection) || (name == u"copyCode" && !hasCode))
            continue;
        menu.addAction(action);
    }
}

QString TranscriptActions::selectionText() const
{
    const QTextCursor cursor = m_view.textCursor();
    return textBetween(*m_view.document(), cursor.selectionStart(), cursor.selectionEnd());
}

QMimeData *TranscriptActions::selectionMimeData() const
{
    const std::vector<CopyBlock> blocks = copyBlocks(m_view.textCursor());
    auto *data = new QMimeData; // owned by the caller
    data->setText(selectionText());
    data->setHtml(copiedHtml(blocks));
    data->setData(QStringLiteral("text/markdown"), copiedMarkdown(blocks).toUtf8());
    return data;
}

void TranscriptActions::copySelectionAsText()
{
    if (m_view.textCursor().hasSelection())
        copyText(selectionText());
}

void TranscriptActions::copySelectionAsMarkdown()
{
    // Without a selection the message is meant.
    if (m_view.textCursor().hasSelection())
        copyMarkdown(copiedMarkdown(copyBlocks(m_view.textCursor())));
    else
        copyAnswerAsMarkdown();
}

const TranscriptBlock *TranscriptActions::message() const
{
    if (m_position >= 0)
        return m_transcript.blockAt(m_position);
    if (m_view.textCursor().hasSelection())
        return m_transcript.blockAt(m_view.textCursor().selectionStart());
    return m_transcript.lastAnswer();
}

QString TranscriptActions::textOf(const TranscriptBlock &block) const
{
    if (block.speaker != TranscriptSpeaker::Assistant)
        return block.markdown;
    // As it is shown: with formulas as text and without marks.
    QTextDocument document;
    TranscriptDocument shown(document, TranscriptFormats(m_view.palette(), m_view.font()));
    shown.add({.speaker = block.speaker, .markdown = block.markdown});
    return textBetween(document, 0, document.characterCount());
}

void TranscriptActions::copyAnswerAsText()
{
    if (const TranscriptBlock *block = message())
        copyText(textOf(*block));
}

void TranscriptActions::copyAnswerAsMarkdown()
{
    if (const TranscriptBlock *block = message())
        copyMarkdown(block->markdown);
}

int TranscriptActions::codePosition() const
{
    const QTextDocument *document = m_view.document();
    const int position = m_position >= 0 ? m_position : m_view.textCursor().selectionStart();
    QTextBlock caption = codeCaption(document->findBlock(position));
    // Away from any code the last block of it is meant.
    for (QTextBlock block = document->lastBlock(); !caption.isValid() && block.isValid(); block = block.previous())
        caption = codeCaption(block);
    return caption.isValid() ? caption.position() : -1;
}

void TranscriptActions::copyCode()
{
    if (const int position = codePosition(); position >= 0)
        Q_EMIT codeCopyRequested(position);
}

QString TranscriptActions::conversationMarkdown() const
{
    QStringList parts;
    for (const TranscriptBlock *block : m_transcript.blocks()) {
        if (!isMessage(*block))
            continue;
        const bool isTool = block->speaker == TranscriptSpeaker::Tool;
        parts += QStringLiteral("## %1\n\n%2")
                     .arg(heading(*block),
                         isTool ? QStringLiteral("```\n%1\n```").arg(block->markdown) : block->markdown.trimmed());
    }
    return parts.join(QStringLiteral("\n\n"));
}

QString TranscriptActions::conversationText() const
{
    QStringList parts;
    for (const TranscriptBlock *block : m_transcript.blocks()) {
        if (isMessage(*block))
            parts += QStringLiteral("%1:\n%2").arg(heading(*block), textOf(*block).trimmed());
    }
    return parts.join(QStringLiteral("\n\n"));
}

void TranscriptActions::copyConversationAsText()
{
    copyText(conversationText());
}

void TranscriptActions::copyConversationAsMarkdown()
{
    copyMarkdown(conversationMarkdown());
}

} // namespace diptych
