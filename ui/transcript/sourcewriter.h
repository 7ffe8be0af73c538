// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transcript/answerwriter.h"
#include "transcript/markdownbuilder.h"

namespace diptych {

/// How answers are shown: set in type, or as the text that the model wrote.
enum class SourceMode {
    Off, ///< as Markdown
    Prose, ///< the text; code in fences in the fixed-width font
    Characters, ///< the text, all of it in the fixed-width font
};

/// Where the characters of an answer's text stand in a document. One character of the text is one of the document; the
/// document may have further blocks in between. Follows changes of the document elsewhere.
class SourceMap
{
public:
    /// What comes next in the text begins at the cursor.
    void begin(const QTextCursor &cursor);
    void grow(qsizetype size) { m_size += size; }
    /// Characters that are shown.
    [[nodiscard]] qsizetype size() const { return m_size; }
    /// Position in the document; -1 when nothing is shown. Beyond the end: the end.
    [[nodiscard]] int position(qsizetype offset) const;
    /// The character at a position of the document; -1 outside of the answer.
    [[nodiscard]] qsizetype offset(int position) const;
    /// The document got blocks above its first character.
    void moveTop(int position);

private:
    struct Segment {
        qsizetype offset = 0;
        QTextCursor start {};
    };
    std::vector<Segment> m_segments; // sorted
    qsizetype m_size = 0;
};

/// Writes an answer as the text that it is, a block for every line; very long lines go on in further blocks.
class SourceWriter : public AnswerWriter
{
public:
    /// Both outlive the writer. What is written goes on where the map ends.
    SourceWriter(MarkdownBuilder &builder, SourceMode mode, SourceMap &map);

    void append(QStringView text) override;
    void showOpen() override { }
    void settle() override { }
    void finish() override;
    [[nodiscard]] bool isRough() const override { return false; }

private:
    void write(QStringView text);
    void startLine(bool continues);
    void noteFence();

    MarkdownBuilder *m_builder;
    SourceMap *m_map;
    SourceMode m_mode;
    QString m_held; ///< half of a surrogate pair
    QString m_line; ///< the beginning of the open line
    QString m_fence; ///< what closes the open fence; empty outside
    qsizetype m_room = 0; ///< characters that the open block may still take
    bool m_isOpen = false; ///< a block for the open line is there
};

} // namespace diptych
