// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/message.h"

#include <QFrame>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace diptych {

class ElidedLabel;

/// One call of a tool: its name, its arguments while they arrive and put in order afterwards, what is wrong with them,
/// and a field for the result when a person has to give it.
class ToolCallCard : public QFrame
{
    Q_OBJECT
public:
    explicit ToolCallCard(QWidget *parent = nullptr);

    /// The arguments as far as they have arrived.
    void showArriving(const ToolCall &call);
    /// `fault`: what is wrong with the call; empty: nothing.
    void showWaiting(const ToolCall &call, const QString &fault);
    /// All results are there, but the rounds are used up.
    void showLimit(int rounds);

Q_SIGNALS:
    void resultGiven(const QString &text);
    void goOnRequested();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showCall(const ToolCall &call, const QString &arguments, const QString &state);
    void give();
    void fitArguments();
    void paint();

    QLabel *m_icon;
    ElidedLabel *m_name;
    ElidedLabel *m_state;
    QPlainTextEdit *m_arguments;
    QLabel *m_fault;
    QPlainTextEdit *m_result;
    QPushButton *m_give;
    bool m_isLimit = false;
};

} // namespace diptych
