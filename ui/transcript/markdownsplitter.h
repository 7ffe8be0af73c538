// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace diptych {

/// Decides, line by line, where one top-level block of Markdown ends and the next begins, so that what is complete can
/// be set in type for good while the rest still streams. Every item of a top-level list is a block of its own.
/// Pure: holds no text but the info string of a fence.
/// A displayed formula over several lines is one, too, so that its lines are not read as lists or underlines.
/// Source: CommonMark 0.30 sections 3-5, GFM section 4.10 (tables).
class MarkdownSplitter
{
public:
    enum class Kind { None, Flow, Table, ListItem, Quote, IndentedCode, Fence, Math };

    /// What one complete line means for the block that was open.
    struct Step {
        bool endsOpen = false; ///< the open block ended before this line
        bool isContent = false; ///< the line belongs to the block that is open now
        bool endsItself = false; ///< the block that is open now is complete with this line
    };

    /// `line` without its line end.
    [[nodiscard]] Step next(QStringView line);

    /// Kind of the open block.
    [[nodiscard]] Kind kind() const { return m_kind; }
    /// Number of the open item of an ordered list, counted on from the first item; unset in other blocks.
    [[nodiscard]] std::optional<int> itemNumber() const;
    /// Lines that, put before further lines of the open item or quote, have them read as what they are: the mark of the
    /// item, and the fence that is open inside. Empty when nothing is needed.
    [[nodiscard]] QString continuation() const;
    /// What the next line needs before it to belong to the open item or quote.
    [[nodiscard]] QString linePrefix() const;
    /// Info string of the open fence ("python").
    [[nodiscard]] QString fenceInfo() const { return m_fence.info; }
    /// A line inside the open fence without the indentation that the fence has itself.
    [[nodiscard]] QStringView codeLine(QStringView line) const;
    /// Whether the beginning of a line inside the open fence may still turn out to be the closing fence.
    [[nodiscard]] bool mayCloseFence(QStringView line) const;

private:
    struct FenceMark {
        QChar character {};
        qsizetype length = 0;
        qsizetype indent = 0;
        QString info {};
    };
    struct ListMark {
        QChar delimiter {}; ///< the bullet, or '.' or ')'
        std::optional<int> number {};
        qsizetype contentIndent = 0;
        bool isEmpty = false;
    };

    [[nodiscard]] static std::optional<FenceMark> fenceMark(QStringView line);
    [[nodiscard]] static std::optional<ListMark> listMark(QStringView line);
    [[nodiscard]] static bool isHeading(QStringView line);
    [[nodiscard]] static bool isRule(QStringView line);
    [[nodiscard]] static bool isQuote(QStringView line);
    /// Whether the line starts a block even right after a line of text.
    [[nodiscard]] bool interrupts(QStringView line) const;
    [[nodiscard]] Step begin(QStringView line);
    void beginItem(const ListMark &mark);
    [[nodiscard]] Step continueFence(QStringView line);
    [[nodiscard]] Step continueFlow(QStringView line);
    [[nodiscard]] Step continueItem(QStringView line);
    [[nodiscard]] Step continueQuote(QStringView line);
    [[nodiscard]] Step continueMath(QStringView line);
    /// Notes whether a later line may continue this one's paragraph lazily, without its indentation or '>'.
    void noteInnerLine(QStringView content);
    void endBlock();

    Kind m_kind = Kind::None;
    int m_lines = 0; ///< of the open block
    QString m_firstLine; ///< of a paragraph, while it may still become the head of a table
    FenceMark m_fence;
    QStringView m_mathEnd; ///< what closes the open displayed formula
    std::optional<ListMark> m_list; ///< of the open list, which outlives blank lines
    int m_itemNumber = 0;
    std::optional<FenceMark> m_innerFence; ///< open inside the open item or quote
    bool m_isLazy = false;
};

} // namespace diptych
