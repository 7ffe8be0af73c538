// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

#include <QHash>
#include <QObject>

#include <optional>
#include <vector>

namespace diptych {

class BlindRound;
class Conversation;

/// Takes votes between the answers to a turn, two at a time, and keeps them in the store. A blind round ends when all
/// its pairs were judged.
class VoteDesk : public QObject
{
    Q_OBJECT
public:
    /// Two answers of different models, in the order shown.
    struct Pair {
        QString first {}; ///< pane id
        QString second {};
        std::optional<Vote> vote {}; ///< unset: not judged yet; First stands for `first`
        bool operator==(const Pair &) const = default;
    };
    /// Both must outlive it.
    VoteDesk(Conversation &conversation, BlindRound &blind, QObject *parent = nullptr);

    /// The turn that is judged, an index; the newest one unless another was chosen. -1: there is none.
    [[nodiscard]] int turn() const { return m_turn; }
    void setTurn(int turn);
    /// The pairs of the turn whose answers have come to an end; empty while one is still coming.
    [[nodiscard]] const std::vector<Pair> &pairs() const { return m_pairs; }
    [[nodiscard]] int current() const { return m_current; } ///< index into pairs(); -1: there are none
    void setCurrent(int pair);
    /// All answers of the turn are the same model's: there is nothing to choose between.
    [[nodiscard]] bool isOneModel() const { return m_isOneModel; }

    /// Judges the current pair, in place of an earlier vote on it, and goes on to the next one.
    void vote(Vote::Choice choice);
    [[nodiscard]] bool canUndo() const { return !m_given.empty(); }
    /// Takes back the last vote given since the session was opened. What was revealed stays so.
    void undo();
    [[nodiscard]] const std::vector<Vote> &votes() const { return m_votes; } ///< of the session, oldest first

Q_SIGNALS:
    void changed();
    void failed(const diptych::Error &error);

private:
    void load();
    void update();
    void takeBack(qint64 voteId);
    [[nodiscard]] std::optional<Vote> voteOn(const Pair &pair, std::vector<Vote> &open) const;
    [[nodiscard]] const Turn *shownTurn() const;

    Conversation &m_conversation;
    BlindRound &m_blind;
    std::vector<Vote> m_votes;
    std::vector<Pair> m_pairs;
    std::vector<qint64> m_given; ///< ids, to be undone
    QHash<qint64, std::pair<QString, QString>> m_panes; ///< of votes given since the session was opened
    qint64 m_lastTemporaryId = 0;
    int m_turn = -1;
    int m_current = -1;
    bool m_isOneModel = false;
};

} // namespace diptych
