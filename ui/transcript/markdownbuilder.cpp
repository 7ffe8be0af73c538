// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/markdownbuilder.h"

#include "theme/theme.h"
#include "transcript/tablerules.h"

#include <QCoreApplication>
#include <QTextBlock>
#include <QTextTable>

#include <md4c.h>

#include <algorithm>
#include <utility>

namespace diptych {

namespace {

constexpr int mostIndents = 12; ///< levels of lists and quotes that move to the right
constexpr int mostColumns = 64;
constexpr qsizetype longestCodeLine = 4000; ///< characters; laying out a longer one would stall the window

} // namespace

/// Calls from C back into the builder.
struct MarkdownCallbacks {
    static int enterBlock(MD_BLOCKTYPE type, void *detail, void *builder)
    {
        static_cast<MarkdownBuilder *>(builder)->enterBlock(type, detail);
        return 0;
    }
    static int leaveBlock(MD_BLOCKTYPE type, void *, void *builder)
    {
        static_cast<MarkdownBuilder *>(builder)->leaveBlock(type);
        return 0;
    }
    static int enterSpan(MD_SPANTYPE type, void *detail, void *builder)
    {
        static_cast<MarkdownBuilder *>(builder)->enterSpan(type, detail);
        return 0;
    }
    static int leaveSpan(MD_SPANTYPE type, void *, void *builder)
    {
        static_cast<MarkdownBuilder *>(builder)->leaveSpan(type);
        return 0;
    }
    static int addText(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *builder)
    {
        static_cast<MarkdownBuilder *>(builder)->addText(type, QString::fromUtf8(text, qsizetype(size)));
        return 0;
    }
};

MarkdownBuilder::MarkdownBuilder(const QTextCursor &cursor, const TranscriptFormats &formats)
    : m_cursor(cursor)
    , m_formats(&formats)
{
}

void MarkdownBuilder::build(const QString &markdown, const Piece &piece)
{
    m_parsed += markdown.size();
    m_piece = piece;
    m_containers.clear();
    m_spans = {m_formats->text(BlockRole::Text)};
    m_itemMark.clear();
    m_isBlockOpen = false;
    m_codeSpans = 0;
    m_break.reset();
    m_math = MathSpans(markdown);
    const MD_PARSER parser {.abi_version = 0,
        .flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML,
        .enter_block = &MarkdownCallbacks::enterBlock,
        .leave_block = &MarkdownCallbacks::leaveBlock,
        .enter_span = &MarkdownCallbacks::enterSpan,
        .leave_span = &MarkdownCallbacks::leaveSpan,
        .text = &MarkdownCallbacks::addText,
        .debug_log = nullptr,
        .syntax = nullptr};
    const QByteArray utf8 = withWideTableRules(m_math.markdown()).toUtf8();
    md_parse(utf8.constData(), MD_SIZE(utf8.size()), &parser, this);
}

BlockPlace MarkdownBuilder::place() const
{
    BlockPlace place {.previous = m_state.previous};
    for (const Container &container : m_containers) {
        if (container.isQuote && place.quoteDepth == 0)
            place.quoteIndent = place.indent;
        place.indent += container.indent;
        place.quoteDepth += container.isQuote ? 1 : 0;
    }
    place.quoteDepth = std::min(place.quoteDepth, mostIndents);
    return place;
}

void MarkdownBuilder::insertBlock(const QTextBlockFormat &block, const QTextCharFormat &text)
{
    if (m_state.isFresh) {
        m_cursor.setBlockFormat(block);
        m_cursor.setBlockCharFormat(text);
    } else {
        m_cursor.insertBlock(block, text);
    }
    m_state = {.previous = TranscriptFormats::role(block), .isFresh = false};
    m_plain = text;
}

void MarkdownBuilder::resetFresh()
{
    if (!m_state.isFresh)
        return;
    m_cursor.setBlockFormat(m_formats->block(BlockRole::Spacer, {}));
    m_cursor.setBlockCharFormat(m_formats->text(BlockRole::Spacer));
}

void MarkdownBuilder::freshen()
{
    if (m_state.isFresh)
        return;
    m_cursor.insertBlock(m_formats->block(BlockRole::Spacer, {}), m_formats->text(BlockRole::Spacer));
    m_state.isFresh = true;
}

void MarkdownBuilder::startBlock(BlockRole role, int headingLevel)
{
    const QTextCharFormat text = headingLevel > 0 ? m_formats->heading(headingLevel) : m_formats->text(role);
    insertBlock(m_formats->block(role, place(), headingLevel), text);
}

void MarkdownBuilder::addLines(BlockRole role, const QString &text)
{
    for (const QString &line : text.split(u'\n')) {
        startBlock(role);
        insertPlain(line);
    }
}

void MarkdownBuilder::startCode(const QString &caption, const QString &language)
{
    QTextBlockFormat block = m_formats->block(BlockRole::CodeCaption, place());
    block.setProperty(TranscriptFormats::LanguageProperty, language);
    insertBlock(block, m_formats->text(BlockRole::CodeCaption));
    insertPlain(caption.isEmpty() ? QCoreApplication::translate("diptych::MarkdownBuilder", "code") : caption);
}

void MarkdownBuilder::startCodeLine(bool continues)
{
    QTextBlockFormat block = m_formats->block(BlockRole::CodeLine, place());
    if (continues)
        block.setProperty(TranscriptFormats::CodeContinuesProperty, true);
    if (m_state.previous == BlockRole::CodeCaption)
        block.setTopMargin(spacing::tight);
    insertBlock(block, m_formats->text(BlockRole::CodeLine));
}

void MarkdownBuilder::startSourceLine(bool isCode, bool continues)
{
    const BlockRole role = isCode ? BlockRole::SourceCode : BlockRole::SourceLine;
    QTextBlockFormat block = m_formats->block(role, place());
    if (continues)
        block.setProperty(TranscriptFormats::CodeContinuesProperty, true);
    insertBlock(block, m_formats->text(role));
}

void MarkdownBuilder::insertPlain(const QString &text)
{
    if (m_state.previous != BlockRole::CodeLine) {
        m_cursor.insertText(text, m_plain);
        return;
    }
    QStringView rest = text;
    while (!rest.isEmpty()) {
        qsizetype room = longestCodeLine - m_cursor.positionInBlock();
        if (room <= 0) {
            startCodeLine(true);
            room = longestCodeLine;
        }
        m_cursor.insertText(rest.left(room).toString(), m_plain);
        rest = rest.mid(room);
    }
}

void MarkdownBuilder::enterBlock(int type, void *detail)
{
    switch (type) {
    case MD_BLOCK_QUOTE:
        enterContainer({.isQuote = true, .indent = TranscriptFormats::quoteStep});
        break;
    case MD_BLOCK_UL:
        enterContainer({.indent = TranscriptFormats::bulletHang});
        break;
    case MD_BLOCK_OL: {
        const bool isTop = m_containers.empty();
        const int start = int(static_cast<MD_BLOCK_OL_DETAIL *>(detail)->start);
        const int number = isTop && m_piece.itemNumber ? *m_piece.itemNumber : start;
        enterContainer({.isOrdered = true, .number = number, .indent = TranscriptFormats::numberHang});
        break;
    }
    case MD_BLOCK_LI:
        enterItem(detail);
        break;
    case MD_BLOCK_HR:
        if (!m_itemMark.isEmpty())
            ensureBlock();
        startBlock(BlockRole::Rule);
        m_isBlockOpen = false;
        break;
    case MD_BLOCK_H:
        m_headingLevel = int(static_cast<MD_BLOCK_H_DETAIL *>(detail)->level);
        m_isBlockOpen = false;
        m_spans = {m_formats->heading(m_headingLevel)};
        break;
    case MD_BLOCK_CODE:
        m_isInCode = true;
        m_code.clear();
        m_codeLanguage = attributeText(static_cast<MD_BLOCK_CODE_DETAIL *>(detail)->info);
        break;
    case MD_BLOCK_TABLE:
        enterTable(detail);
        break;
    case MD_BLOCK_TR:
        ++m_row;
        m_column = -1;
        m_isBlockOpen = m_isBlockOpen && !m_isTableText;
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        enterCell(detail, type == MD_BLOCK_TH);
        break;
    default:
        break;
    }
}

void MarkdownBuilder::leaveBlock(int type)
{
    m_break.reset();
    switch (type) {
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        leaveContainer();
        break;
    case MD_BLOCK_LI:
        if (!m_itemMark.isEmpty())
            ensureBlock();
        m_isBlockOpen = false;
        break;
    case MD_BLOCK_H:
        m_headingLevel = 0;
        m_isBlockOpen = false;
        m_spans = {m_formats->text(BlockRole::Text)};
        break;
    case MD_BLOCK_P:
        m_isBlockOpen = false;
        break;
    case MD_BLOCK_CODE:
        leaveCode();
        break;
    case MD_BLOCK_TABLE:
        leaveTable();
        break;
    default:
        break;
    }
}

void MarkdownBuilder::enterContainer(const Container &container)
{
    // A list or quote that begins an item: the item's bullet stands on a line of its own.
    if (!m_itemMark.isEmpty())
        ensureBlock();
    m_isBlockOpen = false;
    m_containers.push_back(container);
    if (m_containers.size() > size_t(mostIndents))
        m_containers.back().indent = 0;
}

void MarkdownBuilder::leaveContainer()
{
    m_containers.pop_back();
    m_isBlockOpen = false;
}

void MarkdownBuilder::enterItem(void *detail)
{
    const auto *item = static_cast<MD_BLOCK_LI_DETAIL *>(detail);
    Container &list = m_containers.back();
    if (item->is_task)
        m_itemMark = item->task_mark == ' ' ? QStringLiteral("\u2610") : QStringLiteral("\u2611");
    else if (list.isOrdered)
        m_itemMark = QStringLiteral("%1.").arg(list.number);
    else
        m_itemMark = QStringLiteral("\u2022");
    ++list.number;
    m_isBlockOpen = false;
    if (m_piece.hidesItemMark && m_containers.size() == 1)
        m_itemMark.clear();
    m_piece.hidesItemMark = m_piece.hidesItemMark && m_containers.size() > 1;
}

void MarkdownBuilder::ensureBlock()
{
    if (m_isBlockOpen || m_table)
        return;
    if (!m_itemMark.isEmpty()) {
        const qreal hang = m_containers.back().indent;
        const QTextCharFormat text = m_formats->text(BlockRole::Text);
        insertBlock(m_formats->listItem(place(), hang), text);
        m_cursor.insertText(QString(m_itemMark + u'\t'), text);
        m_itemMark.clear();
        m_isBlockOpen = true;
    } else {
        startBlock(BlockRole::Text, m_headingLevel);
        m_isBlockOpen = true;
    }
}

void MarkdownBuilder::enterTable(void *detail)
{
    if (!m_itemMark.isEmpty())
        ensureBlock();
    const auto *size = static_cast<MD_BLOCK_TABLE_DETAIL *>(detail);
    m_isTableText = size->col_count > unsigned(mostColumns);
    if (m_isTableText)
        return;
    const int headRows = m_piece.hidesTableHead ? 0 : int(size->head_row_count);
    const int rows = std::max(1, int(size->body_row_count) + headRows);
    const BlockPlace above = place();
    startBlock(BlockRole::Spacer);
    QTextTableFormat format = m_formats->table(above);
    if (m_piece.hidesTableHead)
        format.setHeaderRowCount(0);
    m_table = m_cursor.insertTable(rows, std::max(1, int(size->col_count)), format);
    m_row = m_piece.hidesTableHead ? -2 : -1;
}

void MarkdownBuilder::enterCell(void *detail, bool isHead)
{
    ++m_column;
    if (m_isTableText) {
        insertText(QStringLiteral(" | "));
        return;
    }
    m_spans = {isHead ? m_formats->tableHeader() : m_formats->text(BlockRole::Text)};
    if (m_row < 0)
        return;
    QTextTableCell cell = m_table->cellAt(m_row, m_column);
    if (!cell.isValid())
        return;
    m_cursor = cell.firstCursorPosition();
    QTextBlockFormat block;
    const int align = static_cast<MD_BLOCK_TD_DETAIL *>(detail)->align;
    if (align == MD_ALIGN_CENTER)
        block.setAlignment(Qt::AlignHCenter);
    else if (align == MD_ALIGN_RIGHT)
        block.setAlignment(Qt::AlignRight | Qt::AlignAbsolute);
    m_cursor.setBlockFormat(block);
    m_cursor.setBlockCharFormat(m_spans.back());
    if (isHead) {
        QTextCharFormat shaded = cell.format();
        shaded.setBackground(themeColor(ThemeColor::Panel, m_formats->palette()));
        cell.setFormat(shaded);
    }
}

void MarkdownBuilder::leaveTable()
{
    m_row = -1;
    m_isBlockOpen = false;
    if (std::exchange(m_isTableText, false))
        return;
    m_cursor.setPosition(m_table->lastPosition() + 1);
    m_cursor.setBlockFormat(m_formats->block(BlockRole::Spacer, {}));
    m_cursor.setBlockCharFormat(m_formats->text(BlockRole::Spacer));
    m_table = nullptr;
    m_state = {.previous = BlockRole::Spacer, .isFresh = true};
    m_spans = {m_formats->text(BlockRole::Text)};
}

void MarkdownBuilder::leaveCode()
{
    m_isInCode = false;
    if (!m_itemMark.isEmpty())
        ensureBlock();
    m_isBlockOpen = false;
    startCode(m_codeLanguage.section(u' ', 0, 0), m_codeLanguage);
    if (m_code.isEmpty())
        return;
    if (m_code.endsWith(u'\n'))
        m_code.chop(1);
    for (const QString &line : m_code.split(u'\n')) {
        startCodeLine();
        insertPlain(line);
    }
}

} // namespace diptych
