// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace diptych {

class Conversation;
class RenderScheduler;
class TranscriptView;

/// The first column of the table layout: the prompts, one a row, which stay in sight when the answers are scrolled
/// sideways.
class PromptColumn : public QWidget
{
    Q_OBJECT
public:
    PromptColumn(Conversation &conversation, RenderScheduler &scheduler, QWidget *parent = nullptr);

    [[nodiscard]] TranscriptView &transcript() { return *m_transcript; }
    void setHeaderHeight(int height); ///< of the panes beside it
    void showPrompts();

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintHeader();

    Conversation &m_conversation;
    QWidget *m_header;
    QWidget *m_line;
    TranscriptView *m_transcript;
};

} // namespace diptych
