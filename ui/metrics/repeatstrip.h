// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/elidedlabel.h"

namespace diptych {

class Conversation;
class RepeatSeries;

/// One line of a pane that was asked the same several times: how many answers, how many distinct, how far they agree.
/// Pressed, it opens all of them. Hidden where there is nothing repeated.
class RepeatStrip : public ElidedLabel
{
    Q_OBJECT
public:
    /// Both must outlive the strip.
    RepeatStrip(
        const Conversation &conversation, const RepeatSeries &series, const QString &paneId, QWidget *parent = nullptr);

Q_SIGNALS:
    void openRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showState();
    void paint();

    const Conversation &m_conversation;
    const RepeatSeries &m_series;
    QString m_paneId;
};

} // namespace diptych
