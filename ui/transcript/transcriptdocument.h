// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transcript/markdownstream.h"
#include "transcript/reasoningsection.h"
#include "transcript/sourcewriter.h"
#include "transcript/transcriptblock.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QImage>
#include <QTextCursor>
#include <QTextDocument>

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace diptych {

/// The conversation of one pane inside a QTextDocument: what was said, how much of it is set in type, and the answer
/// that is being written. Text that arrives waits until renderSome() gives it time.
class TranscriptDocument
{
public:
    TranscriptDocument(QTextDocument &document, const TranscriptFormats &formats);

    void clear();
    /// Replaces everything; only the last `built` blocks are set in type.
    void setBlocks(std::deque<TranscriptBlock> blocks, size_t built);
    /// Sets up to `count` older blocks in type, above the others; returns how many there were.
    size_t buildOlder(size_t count);
    [[nodiscard]] size_t olderCount() const { return m_firstBuilt; }
    /// Everything anew in other colours or another font.
    void rebuild(const TranscriptFormats &formats);

    /// How answers are shown; takes effect with the next rebuild().
    void setSourceMode(SourceMode mode) { m_sourceMode = mode; }
    [[nodiscard]] SourceMode sourceMode() const { return m_sourceMode; }
    /// What stands below the text of a finished answer in the mode Characters.
    void setAppendix(std::function<QString(int turn)> appendix) { m_appendix = std::move(appendix); }
    /// Where the text of a turn's answer stands; null when it is not set in type as text.
    [[nodiscard]] const SourceMap *sourceOf(int turn) const;
    /// Turn and character at a position; -1 outside of answers.
    [[nodiscard]] std::pair<int, qsizetype> sourceAt(int position) const;
    /// The answers that stand between two positions.
    [[nodiscard]] std::vector<std::pair<int, const SourceMap *>> sourcesBetween(int from, int to) const;
    /// Sets in type what is needed to see a turn.
    void buildTurn(int turn);

    void add(const TranscriptBlock &block);
    /// Fills the room of all files with this picture.
    void setPicture(const QString &name, const QImage &picture);
    void beginAnswer(int turn, const QString &caption);
    void appendReasoning(const QString &text);
    void appendText(const QString &text);
    void endAnswer(const QString &footer);
    /// Works on what waits until the deadline; returns whether more waits.
    bool renderSome(const QDeadlineTimer &deadline);
    /// Whether the reasoning is folded when its answer begins.
    void setFoldsReasoning(bool folds) { m_foldsReasoning = folds; }
    /// Works on all that waits.
    void flush();

    /// Folds or unfolds the reasoning whose header is at `position`; false if there is none.
    bool toggleReasoning(int position);
    /// Position of the header of the reasoning that belongs to the answer at `position`; -1 if there is none.
    [[nodiscard]] int reasoningAt(int position) const;

    /// First block of a turn; invalid when the turn is not there or not set in type.
    [[nodiscard]] QTextBlock firstBlock(int turn) const;
    [[nodiscard]] qreal extraSpace(int turn) const;
    /// Pixels above the turn's first block, besides its own margin.
    void setExtraSpace(int turn, qreal space);

    /// Where the messages that are set in type begin.
    [[nodiscard]] std::vector<TranscriptPlace> places() const;
    /// What was said at a position; null in an empty document.
    [[nodiscard]] const TranscriptBlock *blockAt(int position) const;
    /// Everything said, the oldest first.
    [[nodiscard]] std::vector<const TranscriptBlock *> blocks() const;
    /// Null when nobody answered yet.
    [[nodiscard]] const TranscriptBlock *lastAnswer() const;
    /// Of the part that is not set in type.
    [[nodiscard]] const TranscriptBlock &olderBlock(size_t index) const { return m_entries[index].block; }
    [[nodiscard]] const MarkdownBuilder &builder() const { return m_builder; }

private:
    struct Entry {
        TranscriptBlock block {};
        QTextCursor start {}; ///< in its first block; null until set in type
        ReasoningSection reasoning {};
        std::shared_ptr<SourceMap> source {}; ///< of an answer that is shown as text
        qreal extraSpace = 0;
    };

    void build(Entry &entry, MarkdownBuilder &builder) const;
    void buildFile(const TranscriptFile &file, MarkdownBuilder &builder) const;
    void buildBody(Entry &entry, MarkdownBuilder &builder) const;
    /// Goes on with the answer of an entry.
    [[nodiscard]] std::unique_ptr<AnswerWriter> writerFor(Entry &entry, MarkdownBuilder &builder) const;
    void addAppendix(const TranscriptBlock &block, MarkdownBuilder &builder) const;
    void applySpace(const Entry &entry) const;
    void addFooter(const QString &footer);
    void showReasoning();
    void foldReasoning();
    void ensureAnswer();
    void finishAnswer();
    void takePending(const QDeadlineTimer &deadline);
    /// Index of the first entry of a turn that is set in type; -1 if there is none.
    [[nodiscard]] std::ptrdiff_t indexOf(int turn) const;

    QTextDocument *m_document;
    TranscriptFormats m_formats;
    MarkdownBuilder m_builder; ///< writes at the end
    std::deque<Entry> m_entries; ///< the oldest first
    size_t m_firstBuilt = 0;

    std::unique_ptr<AnswerWriter> m_stream; ///< of the answer under way, which is the last entry
    bool m_isAnswering = false;
    bool m_foldsReasoning = true;
    bool m_isEnding = false; ///< the answer ended, but some of it still waits
    QString m_pending; ///< text that waits
    qsizetype m_pendingStart = 0;
    QString m_pendingReasoning;
    int m_quietFrames = 0;
    QHash<QString, QImage> m_pictures;
    SourceMode m_sourceMode = SourceMode::Off;
    std::function<QString(int)> m_appendix;
};

} // namespace diptych
