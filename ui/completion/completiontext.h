// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/completionboard.h"
#include "models/tokenspans.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace diptych {

class CompletionEdit;

/// What of the answers stands in the text: one sample, which it follows while that is still being written.
class CompletionText : public QObject
{
    Q_OBJECT
public:
    /// Both outlive this.
    CompletionText(CompletionEdit &editor, CompletionBoard &board, QObject *parent = nullptr);

    /// A continuation begins at a place of the text; the first sample of a column is written there, 0: none.
    void start(int position, int column);
    /// Puts a sample into the text, in place of the one that is there, and follows it.
    void take(int column, int sample);
    void take(const CompletionRequest &request, const CompletionChoice &choice);
    /// Makes the text what it was when this was asked; one step of undo together with what is put there next.
    void goBackTo(const CompletionRequest &request);
    [[nodiscard]] bool isStreaming() const; ///< a sample is being written into the text

    /// The token that the user points at, in the text (without `request`) or in an answer to `request`.
    void point(CompletionEdit *text, const CompletionRequest *request, const TokenSpans::Span *span);
    [[nodiscard]] CompletionEdit *pointed() const { return m_pointed; }
    /// Puts another token in the place of the one that was pointed at, which stands at `position` of its text; what
    /// followed goes. Gives where the text goes on, or -1.
    [[nodiscard]] int putAlternative(qsizetype position, const QString &token);

Q_SIGNALS:
    void sampleChanged(int column, int sample); ///< which one stands in the text; column 0: none of the board's
    void wentBack(); ///< the text was another one

private:
    void follow(int column, int sample);
    void show(bool isFinal);

    CompletionEdit &m_editor;
    CompletionBoard &m_board;
    QTimer m_timer;
    int m_column = 0;
    int m_sample = 0;
    QPointer<CompletionEdit> m_pointed;
    CompletionRequest m_pointedRequest;
};

} // namespace diptych
