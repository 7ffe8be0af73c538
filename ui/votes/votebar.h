// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

#include <QFrame>

#include <array>

class QComboBox;
class QToolButton;

namespace diptych {

class BlindRound;
class Conversation;
class ElidedLabel;
class VoteDesk;

/// One line below the panes: which of two answers is better. Shown when there is something to judge, or when names are
/// hidden.
class VoteBar : public QFrame
{
    Q_OBJECT
public:
    /// All must outlive the bar.
    VoteBar(const Conversation &conversation, VoteDesk &desk, BlindRound &blind, QWidget *parent = nullptr);

    /// False: it stays away until it is wanted again.
    void setWanted(bool isWanted);
    [[nodiscard]] bool isWanted() const { return m_isWanted; }

Q_SIGNALS:
    void resultsRequested();
    void wantedChanged(bool isWanted);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QToolButton *addChoice(Vote::Choice choice, const char *name);
    QToolButton *addTool(const QString &icon, const QString &text, const char *name);
    void showState();
    void showPairs();
    void showChoices();
    void paint();
    [[nodiscard]] QString nameOf(const QString &paneId) const;
    [[nodiscard]] QString question() const;

    const Conversation &m_conversation;
    VoteDesk &m_desk;
    BlindRound &m_blind;
    ElidedLabel *m_question;
    QComboBox *m_pairs;
    std::array<QToolButton *, 4> m_choices {}; ///< by Vote::Choice
    QToolButton *m_reveal = nullptr;
    QToolButton *m_undo = nullptr;
    bool m_isWanted = true;
};

} // namespace diptych
