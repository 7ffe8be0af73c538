// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transcript/mathspans.h"
#include "transcript/transcriptformats.h"

#include <QTextCursor>

#include <optional>
#include <vector>

struct MD_ATTRIBUTE;

namespace diptych {

/// Sets Markdown in type at a cursor of a QTextDocument, through md4c. Raw HTML stays text, images become inert text
/// and only http, https and mailto links are links: nothing that a document would load is ever put into it. Everything
/// it writes is made of root-level blocks (and tables), so that appending costs the same at any length.
class MarkdownBuilder
{
public:
    /// Where writing goes on. Copied before a block that may have to be written again.
    struct State {
        BlockRole previous = BlockRole::Footer; ///< role of the block above
        bool isFresh = true; ///< the block under the cursor is empty and waits to be used
        bool isClosed = false; ///< what follows begins a block of its own, though it is the same paragraph
    };
    /// How a piece cut out of a longer text is to be read.
    struct Piece {
        std::optional<int> itemNumber {}; ///< of the first ordered item at the top; unset takes the text's own
        bool hidesTableHead = false; ///< the table goes on from the one above
        bool hidesItemMark = false; ///< the first item goes on from the one above
    };

    MarkdownBuilder(const QTextCursor &cursor, const TranscriptFormats &formats);

    void build(const QString &markdown, const Piece &piece);
    /// A block of our own, not Markdown. Puts the cursor into it.
    void startBlock(BlockRole role, int headingLevel = 0);
    /// Lines of plain text, each a block of `role`.
    void addLines(BlockRole role, const QString &text);
    void startCode(const QString &caption, const QString &language);
    void startCodeLine(bool continues = false);
    /// A line of an answer that is shown as the text it is.
    void startSourceLine(bool isCode, bool continues);
    /// Text without line ends at the cursor, in the format of the block written last.
    void insertPlain(const QString &text);
    /// After what was written has been taken away: a block that waits to be used looks as it did before.
    void resetFresh();
    /// Makes an empty block wait under the cursor, so that what follows begins there.
    void freshen();

    [[nodiscard]] QTextCursor &cursor() { return m_cursor; }
    [[nodiscard]] const TranscriptFormats &formats() const { return *m_formats; }
    [[nodiscard]] const State &state() const { return m_state; }
    void setState(const State &state) { m_state = state; }
    /// Characters parsed so far: the work done, for the tests of streaming.
    [[nodiscard]] qint64 parsedCharacters() const { return m_parsed; }

private:
    struct Container {
        bool isQuote = false;
        bool isOrdered = false;
        int number = 0; ///< of the next item
        qreal indent = 0; ///< pixels that what is inside moves to the right
    };
    friend struct MarkdownCallbacks;

    void enterBlock(int type, void *detail);
    void leaveBlock(int type);
    void enterSpan(int type, void *detail);
    void leaveSpan(int type);
    void addText(int type, const QString &text);

    void enterContainer(const Container &container);
    void leaveContainer();
    void enterItem(void *detail);
    void enterTable(void *detail);
    void enterCell(void *detail, bool isHead);
    void leaveTable();
    void leaveCode();
    void leaveImage();
    void insert(const QString &text);
    void insertText(const QString &text);
    void insertFormula(const MathSpan &span);
    void insertDisplayed(const MathSpan &span);
    /// The rest of a text behind a displayed formula, which the punctuation is put next to.
    [[nodiscard]] QString behindFormula(const QString &text);
    void ensureBlock();
    void insertBlock(const QTextBlockFormat &block, const QTextCharFormat &text);
    [[nodiscard]] BlockPlace place() const;
    [[nodiscard]] QString attributeText(const MD_ATTRIBUTE &attribute);

    QTextCursor m_cursor;
    const TranscriptFormats *m_formats;
    State m_state;
    QTextCharFormat m_plain; ///< of the block written last
    qint64 m_parsed = 0;

    // While parsing:
    Piece m_piece;
    std::vector<Container> m_containers;
    std::vector<QTextCharFormat> m_spans; ///< the innermost last
    MathSpans m_math {QString()};
    int m_codeSpans = 0; ///< open ones
    std::optional<QTextCharFormat> m_break; ///< a line end that becomes a space when text follows; its format
    QString m_itemMark; ///< bullet, number or box that the next block begins with
    bool m_isBlockOpen = false;
    int m_headingLevel = 0;
    QString m_code;
    QString m_codeLanguage;
    bool m_isInCode = false;
    int m_imageDepth = 0;
    QString m_imageText;
    QTextTable *m_table = nullptr;
    bool m_isTableText = false; ///< it has more columns than may be laid out
    int m_row = -1;
    int m_column = -1;
};

} // namespace diptych
