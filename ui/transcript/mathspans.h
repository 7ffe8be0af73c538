// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace diptych {

/// A formula in Markdown.
struct MathSpan {
    QString raw {}; ///< as it stands there
    QString source {}; ///< with its delimiters, without the marks of a quote and the indentation of its lines
    QString formula {}; ///< the same without delimiters
    bool isDisplayed = false; ///< $$…$$ or \[…\]
};

/// Markdown with its formulas taken out, so that nothing in them is read as Markdown. Where one was stands a mark made
/// of characters that inertText() never lets through.
///
/// `$…$` is a formula only if no space stands inside next to the dollars, no letter or digit outside next to them, and
/// it does not read like prose: prices and shell variables stay. `$$…$$`, `\(…\)` and `\[…\]` end at a blank line.
/// Code is left alone; `\$` is a dollar.
class MathSpans
{
public:
    /// `markdown` is inert.
    explicit MathSpans(const QString &markdown);

    [[nodiscard]] const QString &markdown() const { return m_markdown; }
    [[nodiscard]] const std::vector<MathSpan> &spans() const { return m_spans; }

    /// The next mark in a text: where it begins and ends, and which span it stands for; `index` is -1 when there is
    /// none.
    struct Mark {
        qsizetype from = 0;
        qsizetype to = 0;
        int index = -1;
    };
    [[nodiscard]] Mark nextMark(QStringView text, qsizetype from = 0) const;
    /// The text with every formula as it stood there.
    [[nodiscard]] QString restored(const QString &text) const;

private:
    QString m_markdown;
    std::vector<MathSpan> m_spans;
};

} // namespace diptych
