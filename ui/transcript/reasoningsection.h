// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transcript/markdownbuilder.h"

namespace diptych {

/// The reasoning above an answer: a header that tells its length and, while unfolded, its text. Folded text is not in
/// the document at all.
class ReasoningSection
{
public:
    /// Writes the header, and the text unless folded.
    void start(MarkdownBuilder &builder, const QString &text, bool isUnderWay);
    void reset() { m_header = {}; }
    [[nodiscard]] bool isShown() const { return !m_header.isNull(); }
    /// Whether `block` is the header of this section.
    [[nodiscard]] bool hasHeader(const QTextBlock &block) const;

    /// Of the header in the document; -1 while not shown.
    [[nodiscard]] int position() const { return isShown() ? m_header.position() : -1; }

    void setTitle(qsizetype characters, bool isUnderWay);
    /// More text at the end; `builder` writes on below the section.
    void append(MarkdownBuilder &builder, const QString &text);
    void setFolded(bool folded, const QString &text, const TranscriptFormats &formats);
    [[nodiscard]] bool isFolded() const { return m_isFolded; }
    void startUnfolded() { m_isFolded = false; }
    /// The reader folded or unfolded it, so it stays that way.
    void setChosen() { m_isChosen = true; }
    [[nodiscard]] bool isChosen() const { return m_isChosen; }

private:
    [[nodiscard]] QTextCursor headerEnd() const;
    [[nodiscard]] QTextCursor end() const;
    static void insertLines(QTextCursor cursor, const QString &text, const TranscriptFormats &formats);

    QTextCursor m_header; ///< null while nothing is in the document
    bool m_isFolded = true;
    bool m_isChosen = false;
};

} // namespace diptych
