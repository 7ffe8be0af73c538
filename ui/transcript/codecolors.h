// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transcript/codehighlighter.h"

#include <QDeadlineTimer>
#include <QPalette>
#include <QTextBlock>

namespace diptych {

/// Colours the code that is in sight, a line at a time. The colours lie over the document's formats and are gone with
/// the blocks.
class CodeColors
{
public:
    explicit CodeColors(CodeHighlighter &highlighter)
        : m_highlighter(highlighter)
    {
    }

    /// Colours code from `first` to `last`, and what stands before it in the same piece of code, until the deadline;
    /// returns whether some is left.
    [[nodiscard]] bool color(
        const QTextBlock &first, const QTextBlock &last, const QPalette &palette, const QDeadlineTimer &deadline);

private:
    void colorLine(QTextBlock block, const QString &language, const QPalette &palette);

    CodeHighlighter &m_highlighter;
};

} // namespace diptych
