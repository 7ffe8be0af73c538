// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QRandomGenerator>
#include <QStringList>

namespace diptych {

class Conversation;

/// Blind comparison: which model answers in which pane is hidden, and the panes are shuffled, until the answers were
/// judged. The question after that begins a new round with another order. Turns before the round are hidden as well:
/// they would tell who is who.
class BlindRound : public QObject
{
    Q_OBJECT
public:
    /// The conversation must outlive it.
    explicit BlindRound(Conversation &conversation, QRandomGenerator random = QRandomGenerator::securelySeeded(),
        QObject *parent = nullptr);

    [[nodiscard]] bool isEnabled() const { return m_isEnabled; }
    void setEnabled(bool isEnabled); ///< begins a round, or ends it with all names shown
    /// Names are hidden at present.
    [[nodiscard]] bool isHidden() const { return m_isEnabled && !m_isRevealed; }
    void reveal();

    /// The panes as they are to be shown, by id; the session's order when nothing is hidden.
    [[nodiscard]] QStringList order() const;
    /// What a pane is called while its name is hidden: "A", "B" … in the order shown; empty when nothing is hidden.
    [[nodiscard]] QString alias(const QString &paneId) const;
    /// The first turn that may be seen, as an index; 0 when nothing is hidden.
    [[nodiscard]] int firstTurn() const { return isHidden() ? m_firstTurn : 0; }

Q_SIGNALS:
    void changed();

private:
    void begin(int firstTurn);
    void takeTurn(int turn);
    void takePanes();

    Conversation &m_conversation;
    QRandomGenerator m_random;
    QStringList m_order; ///< of the round
    int m_firstTurn = 0;
    bool m_isEnabled = false;
    bool m_isRevealed = true;
};

} // namespace diptych
