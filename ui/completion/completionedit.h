// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    /// Tokens for text that stands at `start`, given after the text itself.
    void addTokens(qsizetype start, const QString &text, const std::vector<TokenLogprob> &tokens);
    /// Takes what this generation wrote out again, to show another sample in its place.
    void removeGenerated();
    /// Removes from `position` to the end of the model's text around it.
    void truncateGenerated(int position);

    void setHeat(bool isOn);
    [[nodiscard]] const std::vector<TextRange> &generated() const { return m_generated; }
    [[nodiscard]] const TokenSpans &spans() const { return m_spans; }

Q_SIGNALS:
    /// The token under the mouse or at the caret changed; null when there is none. Valid during the signal only.
    void tokenPointed(const diptych::TokenSpans::Span *span);

protected:
    void mouseMoveEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void setEnds(int first, int last);
    void follow(int position, int removed, int added);
    void point(qsizetype position);
    void pointAtCaret();

    std::vector<TextRange> m_generated;
    TokenSpans m_spans;
    TokenHighlighter *m_highlighter;
    QTextCursor m_first; // both ends of the latest generation; they follow edits
    QTextCursor m_last;
    bool m_isFirstPiece = true;
    bool m_isInserting = false;
    qsizetype m_pointed = -1; // start of the token last pointed at
};

} // namespace diptych
