// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transcript/transcriptformats.h"

#include <QString>

#include <vector>

class QTextCursor;

namespace diptych {

/// Characters of one look.
struct CopyRun {
    QString text {};
    bool isBold = false;
    bool isItalic = false;
    bool isStruckOut = false;
    bool isCode = false;
    QString link {}; ///< address; empty if it is none
    QString formula {}; ///< LaTeX with its delimiters that the text stands for; empty if it is none
    [[nodiscard]] bool hasSameLook(const CopyRun &other) const;
};

using CopyRuns = std::vector<CopyRun>;

/// A part of the transcript as it is put on the clipboard.
struct CopyBlock {
    enum class Kind { Paragraph, Heading, Item, Code, Table, Rule, Formula, Caption, Remark };

    Kind kind = Kind::Paragraph;
    int level = 0; ///< of a heading
    int quoteDepth = 0;
    qreal indent = 0; ///< pixels; items of a list and what belongs to them have the same
    QString mark {}; ///< of an item: "•", "3.", "☐"
    QString language {}; ///< of code
    CopyRuns runs {};
    QString code {};
    bool isWhole = true; ///< code with its caption, not some lines out of it
    std::vector<std::vector<CopyRuns>> rows {}; ///< of a table, the head first
    std::vector<Qt::Alignment> alignments {};
};

/// What is selected, block by block. Captions of reasoning and of code are left out.
[[nodiscard]] std::vector<CopyBlock> copyBlocks(const QTextCursor &selection);

} // namespace diptych
