// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transcript/answerwriter.h"
#include "transcript/linkdefinitions.h"
#include "transcript/markdownbuilder.h"
#include "transcript/markdownsplitter.h"

namespace diptych {

/// One answer in Markdown, written into a document while it arrives. What is complete is never touched again, code is
/// appended line by line, and only the open block is read again, and that only when a character with a meaning in
/// Markdown arrives. Links by name whose definition comes later become links at the end. However the text was cut on
/// its way, the finished document is the same.
class MarkdownStream : public AnswerWriter
{
public:
    /// Writes where `builder` stands; the builder outlives the stream.
    explicit MarkdownStream(MarkdownBuilder &builder);

    /// Takes the next part; what it completes is set in type.
    void append(QStringView text) override;
    /// Brings the open block up to date, cheaply: marks of a long block may stay visible until settle().
    void showOpen() override;
    /// Sets the open block in type properly; for when the stream pauses.
    void settle() override;
    void finish() override;

    /// Whether marks stand in the text that settle() would set in type.
    [[nodiscard]] bool isRough() const override { return m_isRough; }

private:
    void takeLine();
    void takeCodeLine();
    void takeContent(const MarkdownSplitter::Step &step);
    void showCode(bool isComplete);
    /// Gives up a block that has grown beyond what may be set in type at once.
    void cutLongBlock();
    void cutLongLine();
    void closeBlock();
    /// Keeps a closed block that may name a link whose definition comes later.
    void keepForLater();
    /// Sets the blocks anew that name links which were defined behind them.
    void resolveLater();
    void render(const QString &text);
    void removeShown();
    static void remove(
        MarkdownBuilder &builder, const QTextCursor &start, int end, const MarkdownBuilder::State &state);
    [[nodiscard]] bool mayInsertPlain(QStringView added) const;
    [[nodiscard]] bool mayRender(qsizetype size) const;

    MarkdownBuilder *m_builder;
    MarkdownSplitter m_splitter;
    QString m_held; ///< half of a line end or of a surrogate pair
    QString m_text; ///< complete lines of the open block
    QString m_partial; ///< the line that is not complete
    QString m_head; ///< of a table, item or quote that was cut: what its later lines are read with
    struct Later {
        QTextCursor start {};
        QTextCursor end {};
        MarkdownBuilder::State state {};
        QString markdown {};
        MarkdownBuilder::Piece piece {};
        size_t known = 0; ///< definitions when it was set
    };

    LinkDefinitions m_definitions;
    std::vector<Later> m_later;
    MarkdownBuilder::Piece m_piece;

    QTextCursor m_start; ///< of the open block as it is shown; null when nothing of it is
    MarkdownBuilder::State m_startState;
    qsizetype m_shown = 0; ///< characters of the open block that the document shows
    qsizetype m_rendered = 0; ///< of these, characters that were read as Markdown
    bool m_isRough = false;
    bool m_isCodeLineOpen = false;
    qsizetype m_codeShown = 0; ///< characters of the open line of code that the document shows
};

} // namespace diptych
