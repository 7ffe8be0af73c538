// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QPlainTextEdit;
class QPushButton;

namespace diptych {

class TranscriptView;

/// A prompt of the transcript being edited, in its place. Enter asks, Shift+Enter makes a new line, Escape leaves all
/// as it was. Goes away by itself.
class PromptEditor : public QFrame
{
    Q_OBJECT
public:
    PromptEditor(TranscriptView &view, int turn, const QString &text);

Q_SIGNALS:
    void accepted(int turn, const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void accept();
    void dismiss();
    void putInPlace();

    TranscriptView &m_view;
    int m_turn;
    QPlainTextEdit *m_edit;
    QPushButton *m_askButton;
};

} // namespace diptych
