// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>
#include <QTextBlockFormat>
#include <QTextCharFormat>
#include <QTextFormat>
#include <QTextTableFormat>

class QTextBlock;

namespace diptych {

/// What a block of the transcript's document is; kept in its format, so that painting and copying need no second book.
enum class BlockRole {
    Text, ///< paragraphs, headings, list items, cells
    Rule,
    Spacer, ///< an empty block, one pixel high, that QTextDocument needs before and after a table
    CodeCaption,
    CodeLine,
    AnswerCaption,
    UserCaption,
    UserText,
    ReasoningHeader,
    ReasoningText,
    Footer,
    Notice,
    ErrorNotice,
    SourceLine, ///< of an answer that is shown as the text it is
    SourceCode, ///< the same in the fixed-width font
};

/// Where in lists and quotes a block stands.
struct BlockPlace {
    qreal indent = 0; ///< pixels from the left edge of the text
    int quoteDepth = 0;
    qreal quoteIndent = 0; ///< of the outermost quote
    BlockRole previous = BlockRole::Footer; ///< the block above, which decides the space between
};

/// Every format and colour of the transcript, for one palette and font.
class TranscriptFormats
{
public:
    enum Property {
        RoleProperty = QTextFormat::UserProperty + 1,
        LanguageProperty, ///< of a code caption: what the fence said
        QuoteDepthProperty,
        QuoteIndentProperty,
        CodeContinuesProperty, ///< bool: the line goes on from the one above (very long lines are cut)
        FormulaProperty, ///< of characters: the LaTeX that they stand for, with its delimiters
        EntryProperty, ///< bool: the first block of a message, tool call or notice
    };

    TranscriptFormats() = default;
    TranscriptFormats(const QPalette &palette, const QFont &font);

    [[nodiscard]] static BlockRole role(const QTextBlock &block);
    [[nodiscard]] static BlockRole role(const QTextFormat &format);

    /// Margins by role. `headingLevel` is 0 for anything but a heading.
    [[nodiscard]] QTextBlockFormat block(BlockRole role, const BlockPlace &place, int headingLevel = 0) const;
    [[nodiscard]] QTextBlockFormat listItem(const BlockPlace &place, qreal hang) const;
    [[nodiscard]] QTextTableFormat table(const BlockPlace &place) const;

    [[nodiscard]] QTextCharFormat text(BlockRole role) const;
    [[nodiscard]] QTextCharFormat heading(int level) const;
    [[nodiscard]] QTextCharFormat tableHeader() const;
    /// What is merged into the surrounding format.
    [[nodiscard]] QTextCharFormat inlineCode() const;
    [[nodiscard]] QTextCharFormat link(const QString &target) const;
    [[nodiscard]] QTextCharFormat muted() const;
    /// `latex` is what the formula is written as; one of several lines needs a fixed-width font.
    [[nodiscard]] QTextCharFormat formula(const QString &latex, bool isTall) const;

    [[nodiscard]] const QPalette &palette() const { return m_palette; }

    static constexpr qreal margin = 16; ///< of the document
    static constexpr qreal codePadding = 10;
    static constexpr qreal cardPadding = 8;
    static constexpr qreal noticeIcon = 20; ///< room for it, left of the text
    static constexpr qreal quoteStep = 14;
    static constexpr qreal bulletHang = 20;
    static constexpr qreal numberHang = 25;
    static constexpr qreal formulaIndent = 24; ///< of one on lines of its own

private:
    [[nodiscard]] QTextCharFormat sized(qreal factor) const;
    [[nodiscard]] static qreal spaceAbove(BlockRole role, BlockRole previous, int headingLevel);

    QPalette m_palette;
    QFont m_font;
    QFont m_codeFont;
};

} // namespace diptych
