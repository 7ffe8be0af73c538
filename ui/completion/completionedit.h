// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/completion.h"
#include "completion/tokenhighlighter.h"
#include "models/tokenspans.h"

#include <QPlainTextEdit>

#include <vector>

namespace diptych {

/// A text that a person and a model write in turn. Knows which parts the model wrote and, where the provider said so,
/// how likely every token was; both follow later edits.
class CompletionEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit CompletionEdit(QWidget *parent = nullptr);
    ~CompletionEdit() override;

    /// Where a continuation begins: the caret if text follows it, else the end.
    [[nodiscard]] int insertionPoint() const;
    /// Starts a continuation; everything that beginGeneration(), appendGenerated() and removeGenerated() do until the
    /// next start is one step of undo.
    void beginGeneration(int position);
    [[nodiscard]] int generationStart() const { return m_first.position(); }
    void appendGenerated(const QString &text);
    /// Shows the whole of a choice as this generation: appends what is new of its text and tokens. `isFinal`: all
    /// tokens are placed once more, now that the whole text is there.
    void showChoice(const CompletionRequest &request, const CompletionChoice &choice, bool isFinal);
    /// Takes what this generation wrote out again, to show another sample in its place.
    void removeGenerated();
    /// Puts another text in the place of all, as one step of undo; the caret goes to its end.
    void replaceText(const QString &text);
    /// The same, and a continuation begins between the two pieces, in the same step of undo.
    void restart(const QString &before, const QString &behind);
    /// What the model wrote in a text that was kept; replaces what is known.
    void setGenerated(std::vector<TextRange> ranges);
    /// Removes from `position` to the end of the model's text around it.
    void truncateGenerated(int position);

    void setHeat(bool isOn);
    void setMarksGenerated(bool marks); ///< on by default; off where all the text is the model's
    /// Moves the caret to the next token that was a close choice, or the one before; false when there is none.
    bool goToUncertain(bool backwards);
    [[nodiscard]] const std::vector<TextRange> &generated() const { return m_generated; }
    [[nodiscard]] const TokenSpans &spans() const { return m_spans; }

Q_SIGNALS:
    /// The token under the mouse or at the caret changed; null when there is none. Valid during the signal only.
    void tokenPointed(const diptych::TokenSpans::Span *span);
    void spansChanged(); ///< tokens came, moved or went
    void alternativesRequested(); ///< the user turned to the other candidates for the token at the caret

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void addTokens(qsizetype start, const QString &text, const std::vector<TokenLogprob> &tokens);
    void setEnds(int first, int last);
    void follow(int position, int removed, int added);
    void point(qsizetype position);
    void pointAtCaret();

    std::vector<TextRange> m_generated;
    TokenSpans m_spans;
    TokenHighlighter *m_highlighter;
    QTextCursor m_first; // both ends of the latest generation; they follow edits
    QTextCursor m_last;
    qsizetype m_shownLength = 0; // characters of the shown choice that are in the text
    qsizetype m_tokensLength = 0; // characters of it, the echoed prompt included, whose tokens are placed
    std::size_t m_tokenCount = 0; // tokens of it that are placed
    bool m_isFirstPiece = true;
    bool m_isInserting = false;
    qsizetype m_pointed = -1; // start of the token last pointed at
};

} // namespace diptych
